"""Generated documents say what the code says, and `where` answers for every address."""

import re
import uuid

import pytest
from django.core.management import call_command

from tests.architecture.routes import routes

STAND_INS = {
    "uuid": str(uuid.UUID(int=7)),
    "uuidstr": str(uuid.UUID(int=7)),
    "int": "7",
    "slug": "word",
    "str": "word",
}


@pytest.mark.parametrize("command", ["diagrams", "schema"])
def test_generated_documents_are_fresh(command):
    call_command(command, "--check")


def example(route):
    """Fill an address's gaps with something of the right kind."""
    filled = re.sub(r"<(\w+):\w+>", lambda gap: STAND_INS.get(gap[1], "word"), route.pattern)
    filled = re.sub(r"<\w+>", "word", filled)
    return re.sub(r"\^|\$|\(\?P[^)]*\)", "word", filled).replace("word/people", "/people")


@pytest.mark.parametrize(
    "route", [route for route in routes() if "(?P" not in route.pattern], ids=str
)
def test_where_answers_for_every_screen(route, capsys):
    call_command("where", example(route))

    said = capsys.readouterr().out
    assert "who" in said
    assert "view" in said
