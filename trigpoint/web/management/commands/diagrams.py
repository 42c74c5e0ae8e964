"""Write the documents that say what the code says: state diagrams, permissions, the areas."""

import ast
import importlib
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from trigpoint.records import events
from trigpoint.records.workflow import Workflow

STARTS, ENDS = "<!-- generated: make diagrams -->", "<!-- end of generated -->"
FILES = {"models", "rules", "queries", "operations", "forms", "views", "api", "tasks"}
ROLES_NOTE = (
    "A role counts in the place it was given for: the trust, a cluster, an academy, a team or one "
    "review. What the situation asks besides is in each thing's `rules.py`."
)
NOTE = "Written by `make diagrams`; change the code instead."


class Command(BaseCommand):
    """``manage.py diagrams``, and ``--check`` for CI."""

    help = "Write docs/workflows, docs/permissions.md and the table in ARCHITECTURE.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--check``: change nothing, fail if something would change."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Compare every document with what it should say, and write the ones that differ."""
        stale = {
            path: text
            for path, text in documents().items()
            if not path.exists() or path.read_text(encoding="utf-8") != text
        }
        names = ", ".join(str(path.relative_to(settings.ROOT)) for path in stale)
        if check and stale:
            msg = f"Not what the code says any more: {names}. Run `make diagrams`."
            raise CommandError(msg)
        for path, text in stale.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.stdout.write(f"Written: {names}" if stale else "Nothing to change.")


def documents() -> dict[Path, str]:
    """Return every generated document by its path."""
    docs = settings.ROOT / "docs"
    found = {docs / "permissions.md": permissions()}
    for name, table in workflows():
        found[docs / "workflows" / f"{name}.md"] = workflow_page(table)
    architecture = settings.ROOT / "ARCHITECTURE.md"
    if architecture.exists():
        text = architecture.read_text(encoding="utf-8")
        before, rest = text.split(STARTS)
        after = rest.split(ENDS)[1]
        found[architecture] = f"{before}{STARTS}\n{areas()}\n{ENDS}{after}"
    return found


def workflows() -> Iterator[tuple[str, Workflow]]:
    """Yield each workflow table of every ``rules.py``, with its file name."""
    for path in sorted((settings.ROOT / "trigpoint").glob("*/**/rules.py")):
        module = importlib.import_module(
            ".".join(path.relative_to(settings.ROOT).with_suffix("").parts)
        )
        for table in vars(module).values():
            if isinstance(table, Workflow):
                yield table.name.replace(" ", "-"), table


def workflow_page(table: Workflow) -> str:
    """Return one state diagram with the same steps as a table."""
    rows = "\n".join(
        f"| {step.verb} | {', '.join(sorted(step.sources))} | {step.target} |" for step in table
    )
    return (
        f"# {table.name.capitalize()}\n\n{NOTE}\n\n```mermaid\n{table.mermaid()}```\n\n"
        f"| verb | from | to |\n|---|---|---|\n{rows}\n"
    )


def permissions() -> str:
    """Return who may do what: a row for each capability, a column for each role."""
    # The matrix is above ``web`` in the stack, so it is found by name, as Django finds the user.
    roles: Any = import_string("trigpoint.people.roles.Role")
    matrix: Any = import_string("trigpoint.people.roles.ROLE_CAPABILITIES")
    capabilities: Any = import_string("trigpoint.people.roles.Capability")
    lines = [
        "# Who may do what",
        "",
        f"{NOTE} {ROLES_NOTE}",
        "",
        "| | " + " | ".join(role.label for role in roles) + " |",
        "|---|" + "---|" * len(roles),
    ]
    for capability in capabilities:
        marks = ["yes" if capability in matrix[role] else "" for role in roles]
        lines.append(f"| `{capability.value}` | " + " | ".join(marks) + " |")
    return "\n".join(lines) + "\n"


def areas() -> str:
    """Return the areas from top to bottom: what each owns, its things, what it imports; events."""
    lines = ["| area | owns | things | imports |", "|---|---|---|---|"]
    for area in ["demo", *(area for area in reversed(settings.AREAS) if area != "demo")]:
        home = settings.ROOT / "trigpoint" / area
        charter = (importlib.import_module(f"trigpoint.{area}").__doc__ or "").replace("\n", " ")
        owns = charter.partition("Owns:")[2].partition("Does not own:")[0].strip().rstrip(".")
        things = ", ".join(f"`{thing}`" for thing in things_of(home)) or "–"
        lines.append(f"| `{area}` | {owns} | {things} | {', '.join(imports_of(home)) or '–'} |")
    heard = events.listeners()
    lines += ["", "| event | heard by |", "|---|---|"]
    lines += [
        f"| `{kind}` | {', '.join(f'`{one}`' for one in heard[kind])} |" for kind in sorted(heard)
    ]
    return "\n".join(lines)


def things_of(home: Path) -> list[str]:
    """Return the folders of an area that hold a thing."""
    return sorted(
        {path.parent.name for path in home.glob("*/*.py") if path.stem in FILES} - {"migrations"}
    )


def imports_of(home: Path) -> list[str]:
    """Return the names of the areas that an area's code imports when it runs."""
    found: set[str] = set()
    for path in home.rglob("*.py"):
        for node in running(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("trigpoint."):
                found.add(str(node.module).split(".")[1])
    return sorted(found - {home.name})


def running(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what a module’s code is made of, without what only a type checker reads."""
    yield node
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    for inner in ast.iter_child_nodes(node):
        yield from running(inner)
