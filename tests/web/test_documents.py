"""The commands that write documents, and the one that says where a screen's files are."""

import pytest
from django.core.management import CommandError, call_command

from trigpoint.web.management.commands import diagrams, schema, where


@pytest.fixture
def copy(settings, tmp_path):
    """A repository of which only the documents can be written."""
    for name in ("trigpoint", "tests"):
        (tmp_path / name).symlink_to(settings.ROOT / name)
    (tmp_path / "ARCHITECTURE.md").write_text(
        f"# Words\n\n{diagrams.STARTS}\nold\n{diagrams.ENDS}\n\nMore words.\n"
    )
    settings.ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize("command", ["diagrams", "schema"])
def test_documents_are_written_once_and_then_fresh(command, copy, capsys):
    with pytest.raises(CommandError, match=f"make {command}"):
        call_command(command, "--check")

    call_command(command)
    call_command(command)
    call_command(command, "--check")

    assert "Nothing to change." in capsys.readouterr().out


def test_diagrams_change_only_their_part_of_a_page(copy):
    call_command("diagrams")

    said = (copy / "ARCHITECTURE.md").read_text()
    assert said.startswith("# Words\n")
    assert said.endswith("More words.\n")
    assert "| `policies` | Policy" in said
    assert "old" not in said


def test_diagrams_draw_every_workflow(copy):
    call_command("diagrams")

    for name, table in diagrams.workflows():
        page = (copy / "docs" / "workflows" / f"{name}.md").read_text()
        assert table.mermaid() in page


def test_schema_describes_the_api():
    assert schema.described().startswith("openapi: 3")


def test_where_lists_the_files_of_a_screen(capsys):
    call_command("where", "http://localhost:8000/improvement/actions/?status=OPEN")

    said = capsys.readouterr().out
    assert "actions.view" in said
    assert "trigpoint/improvement/actions/views.py" in said
    assert "trigpoint/improvement/templates/improvement/actions/index.html" in said
    assert "tests/improvement/actions" in said


def test_where_says_when_there_is_no_such_screen():
    with pytest.raises(CommandError, match="No screen at /nothing/"):
        call_command("where", "/nothing/")


def test_where_names_the_route_map_for_what_a_library_answers(capsys):
    call_command("where", "/people/sign-in/")

    assert "trigpoint/config/urls.py" in capsys.readouterr().out
    assert where.files("allauth.account.views", "login").keys() == {"routes"}
