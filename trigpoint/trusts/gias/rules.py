"""What the register's files mean, row by row, and who may bring them in.

Everything is matched on Group UID and URN: 124 names in the register belong to two or more groups.
Columns, codes and dates differ between editions of the files, so each is looked for in every form
it has had.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from trigpoint.records.days import KEPT, day_words
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.tables import Columns, Line, Table, read_day
from trigpoint.records.workflow import Step, Workflow
from trigpoint.trusts.gias.models import TRUST_KINDS, ImportRun
from trigpoint.trusts.structure.models import Academy, Trust
from trigpoint.trusts.structure.rules import AcademyFacts

if TYPE_CHECKING:
    from trigpoint.people.models import User

GROUPS: Columns = {
    "uid": ("Group UID", "Linked UID", "UID"),
    "name": ("Group Name",),
    "kind": ("Group Type (code)",),
    "status": ("Group Status (code)", "Group Status"),
}
LINKS: Columns = {
    "urn": ("URN",),
    "uid": ("Group UID", "Linked UID", "UID"),
    "name": ("EstablishmentName",),
}
LINKS_TOO: Columns = {
    "type": ("TypeOfEstablishment (name)",),
    "phase": ("PhaseOfEducation (code)",),
    "joined": ("Joined date",),
}
PLACES: Columns = {
    "urn": ("URN",),
    "name": ("EstablishmentName",),
    "low": ("StatutoryLowAge",),
    "high": ("StatutoryHighAge",),
}
PLACES_TOO: Columns = {"pupils": ("NumberOfPupils",), "closed": ("CloseDate",)}
GROUPS_TOO: Columns = {"town": ("Group Town",), "closed": ("Closed Date",)}
OTHER_KINDS = {
    "1": "a federation", "2": "a foundation trust", "5": "a school sponsor", "7": "an umbrella trust",
    "8": "a group of children\u2019s centres", "9": "a group of children\u2019s centres",
}  # fmt: skip
PHASES = {
    "": Academy.Phase.NOT_KNOWN,
    "0": Academy.Phase.NOT_KNOWN,
    "1": Academy.Phase.PRIMARY,
    "2": Academy.Phase.PRIMARY,
    "3": Academy.Phase.PRIMARY,
    "4": Academy.Phase.SECONDARY,
    "5": Academy.Phase.SECONDARY,
    "6": Academy.Phase.POST_16,
    "7": Academy.Phase.ALL_THROUGH,
}
LOST_LETTER = "\N{REPLACEMENT CHARACTER}"
URN_LENGTH = 6
LONGEST_NAME = 200
Status = ImportRun.Status
LIFECYCLE = Workflow(
    "import",
    initial=Status.UPLOADED,
    steps=(
        Step("choose", frozenset({Status.UPLOADED, Status.PREVIEWED}), Status.PREVIEWED),
        Step("confirm", frozenset({Status.PREVIEWED}), Status.CONFIRMED),
    ),
)


class Outcome(StrEnum):
    """What an import does with one row."""

    CREATE = "CREATE"
    UPDATE = "UPDATE"
    UNCHANGED = "UNCHANGED"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one row cannot be imported, for the person who can correct it."""

    words: str


def may_upload(user: "User", trust: Trust) -> Verdict:
    """Administrators of the whole trust."""
    if trust.pk == user.trust_id and user.access.is_trust_wide("academies.import"):
        return ALLOWED
    return denied("Only an administrator of the whole trust imports its academies. Ask one.")


def may_view(user: "User", run: ImportRun) -> Verdict:
    """Whoever may import into the trust. Agrees with ``visible_to``."""
    return may_upload(user, run.trust)


def may_choose(run: ImportRun, uid: str, *, taken: bool) -> Verdict:
    """Only one's own trust: the one this trust already is, or one nobody here has claimed."""
    if run.status == Status.CONFIRMED:
        return _already(run)
    if run.trust.group_uid and run.trust.group_uid != uid:
        return denied(
            f"{run.trust} is Group UID {run.trust.group_uid} in the register, so {uid} is another "
            f"trust. Choose {run.trust.group_uid}."
        )
    if taken:
        return denied(
            f"Group UID {uid} is in use on this installation. If it is yours, ask whoever runs it."
        )
    return LIFECYCLE.may("choose", run.status)


def may_confirm(run: ImportRun) -> Verdict:
    """Once, after a preview that has at least one row to import."""
    if run.status == Status.CONFIRMED:
        return _already(run)
    if run.status != Status.PREVIEWED:
        return denied("No trust has been chosen yet. Choose it, look at the preview, then confirm.")
    if not any(row["outcome"] != Outcome.REFUSED for row in run.rows):
        return denied(
            "There is no row to import. Upload corrected files, or add academies by hand."
        )
    return LIFECYCLE.may("confirm", run.status)


def question(run: ImportRun) -> str:
    """Name both when the group is not known to be the trust; empty when it is."""
    uid, name = run.trust.group_uid, run.trust.name
    if run.group_uid == uid or (not uid and run.group_name.casefold() == name.casefold()):
        return ""
    ours = f"{name} (Group UID {uid})" if uid else name
    return f"These are the academies of {run.group_name} (Group UID {run.group_uid}), and here is {ours}."


def _already(run: ImportRun) -> Verdict:
    when = day_words(timezone.localtime(run.confirmed_at)) if run.confirmed_at else "before"
    return denied(f"This was imported already ({when}). To import again, upload the files again.")


def code(text: str) -> str:
    """Return a code without leading zeros: ``06`` and ``6`` are the same group type."""
    return text.lstrip("0") or text[:1]


def read_groups(table: Table) -> dict[str, list[str]]:
    """Read the groups file.

    Returns:
        For each Group UID: name, kind code, status, town, the day it closed (as written).

    Raises:
        Refused: it is not the groups file.

    """
    at = table.columns_for(GROUPS, GROUPS_TOO, name="The groups file")
    return {
        line.value(at["uid"]): [
            line.value(at["name"]),
            code(line.value(at["kind"])),
            line.value(at["status"]).upper(),
            line.value(at["town"]),
            line.value(at["closed"]),
        ]
        for line in table.lines
        if line.value(at["uid"])
    }


def read_links(table: Table, *, trusts: set[str]) -> dict[str, list[list[str]]]:
    """Read the group links of trusts; those of sponsors and federations say nothing we need.

    Returns:
        For each Group UID, its rows: number, URN, name, type, phase code, joined, surplus values.

    Raises:
        Refused: it is not the links file.

    """
    at = table.columns_for(LINKS, LINKS_TOO, name="The links file")
    links: dict[str, list[list[str]]] = {}
    for line in table.lines:
        if (uid := line.value(at["uid"])) in trusts:
            cells = [line.value(at[key]) for key in ("urn", "name", "type", "phase", "joined")]
            links.setdefault(uid, []).append(_numbered(table, line, cells))
    return links


def read_places(table: Table) -> dict[str, list[str]]:
    """Read the establishments file.

    Returns:
        For each URN: row number, name, lowest age, highest age, pupils, closed, surplus values.

    Raises:
        Refused: it is not an establishments file.

    """
    at = table.columns_for(PLACES, PLACES_TOO, name="The establishments file")
    return {
        line.value(at["urn"]): _numbered(
            table,
            line,
            [line.value(at[key]) for key in ("name", "low", "high", "pupils", "closed")],
        )
        for line in table.lines
    }


def _numbered(table: Table, line: Line, cells: list[str]) -> list[str]:
    return [str(line.number), *cells, str(table.surplus(line))]


def check_link(cells: list[str]) -> AcademyFacts | Problem:
    """Turn one row of the links file into facts, or say what is wrong with it."""
    _, urn, name, kind, phase, joined, surplus = cells
    if not (urn.isdecimal() and len(urn) == URN_LENGTH):
        return Problem(f"\u201c{urn}\u201d is not a URN: it needs six digits.")
    if problem := _name_problem(name):
        return Problem(problem)
    if code(phase) not in PHASES:
        extra = f" The row has {surplus} values too many." if int(surplus) else ""
        return Problem(f"\u201c{phase}\u201d is not a phase code the register uses.{extra}")
    try:
        day = read_day(joined)
    except ValueError:
        return Problem(f"\u201c{joined}\u201d in \u201cJoined date\u201d is not a day {KEPT}.")
    return AcademyFacts(
        name=name,
        urn=int(urn),
        phase=phase_of(code(phase), kind),
        establishment_type=kind[:120],
        joined_on=day,
    )


def _name_problem(name: str) -> str:
    if not name:
        return "The academy has no name."
    if LOST_LETTER in name:
        return "A letter of the name was lost when the file was saved. Download the file again."
    if len(name) > LONGEST_NAME:
        return f"The name is longer than {LONGEST_NAME} letters."
    return ""


def phase_of(phase: str, kind: str) -> Academy.Phase:
    """Say which phase an academy is; special schools are known by their type alone."""
    words = kind.casefold()
    if "alternative provision" in words:
        return Academy.Phase.ALTERNATIVE
    if "special" in words:
        return Academy.Phase.SPECIAL
    return PHASES[phase]


def add_place(facts: AcademyFacts, cells: list[str] | None) -> AcademyFacts | Problem:
    """Add ages and numbers from the establishments file to what the links file said."""
    if cells is None:
        return facts
    row, name, low, high, pupils, closed, _ = cells
    if problem := _name_problem(name):
        return Problem(f"{problem} (row {row} of the establishments file)")
    for label, text in (("youngest age", low), ("oldest age", high), ("pupil number", pupils)):
        if text and not text.isdecimal():
            return Problem(
                f"The {label} \u201c{text}\u201d is not a number (row {row} of the establishments file)."
            )
    try:
        closed_on = read_day(closed)
    except ValueError:
        return Problem(
            f"\u201c{closed}\u201d in \u201cCloseDate\u201d is not a day {KEPT} "
            f"(row {row} of the establishments file)."
        )
    return AcademyFacts(
        name=facts.name,
        urn=facts.urn,
        phase=facts.phase,
        establishment_type=facts.establishment_type,
        age_from=int(low) if low else None,
        age_to=int(high) if high else None,
        pupil_count=int(pupils) if pupils else None,
        joined_on=facts.joined_on,
        closed_on=closed_on,
    )


LABELS = {
    "name": "name",
    "phase": "phase",
    "establishment_type": "type",
    "age_from": "youngest age",
    "age_to": "oldest age",
    "pupil_count": "pupils",
    "joined_on": "day it joined",
    "closed_on": "day it closed",
}


def check_group(groups: dict[str, list[str]], uid: str) -> Verdict:
    """Say whether a Group UID is an open academy trust of the groups file."""
    if uid not in groups:
        return denied(
            f"The groups file has no Group UID {uid}. Look the trust up by name, or upload a newer file."
        )
    name, kind, status, _, closed = groups[uid]
    if kind not in TRUST_KINDS:
        what = OTHER_KINDS.get(kind, "another kind of group")
        return denied(
            f"{uid} ({name}) is {what}, not an academy trust. Names repeat in the register: "
            "search by name and choose the trust."
        )
    if status.startswith("CLOSED"):
        when = f" on {closed}" if closed else ""
        return denied(f"{name} ({uid}) closed{when}. Choose the trust that runs its academies now.")
    return ALLOWED


def compare(facts: AcademyFacts, academy: Academy | None) -> tuple[Outcome, str]:
    """Say what importing the facts does, in words."""
    if academy is None:
        return Outcome.CREATE, "New to the trust."
    changes = [
        f"{LABELS[field]} {_shown(getattr(academy, field))} becomes {_shown(value)}"
        for field, value in facts.said().items()
        if field in LABELS and getattr(academy, field) != value
    ]
    if not changes:
        return Outcome.UNCHANGED, "Nothing to change."
    words = "; ".join(changes)
    return Outcome.UPDATE, f"{words[:1].upper()}{words[1:]}."


def _shown(value: object) -> str:
    if value in (None, ""):
        return "unknown"
    if isinstance(value, date):
        return f"{value:%-d %b %Y}"
    return str(Academy.Phase(value).label) if value in Academy.Phase.values else str(value)


def preview(
    links: list[list[str]], places: dict[str, list[str]], academies: dict[int, Academy]
) -> list[dict[str, object]]:
    """Check every row of one trust.

    Args:
        links: the trust's rows of the links file (:func:`read_links`).
        places: rows of the establishments file by URN; empty when there is none.
        academies: the trust's academies here, by URN.

    Returns:
        One plain dict a row: row, urn, name, outcome, words, facts (empty when refused).

    """
    rows: list[dict[str, object]] = []
    seen: dict[str, str] = {}
    for cells in links:
        number, urn, name = cells[0], cells[1], cells[2]
        facts = check_link(cells)
        if isinstance(facts, AcademyFacts):
            facts = add_place(facts, places.get(urn))
        if urn in seen:
            facts = Problem(f"URN {urn} is in row {seen[urn]} already; this row is not needed.")
        seen.setdefault(urn, number)
        row: dict[str, object] = {"row": int(number), "urn": urn, "name": name, "facts": {}}
        if isinstance(facts, Problem):
            row |= {"outcome": Outcome.REFUSED, "words": facts.words}
        else:
            outcome, words = compare(facts, academies.get(facts.urn or 0))
            row |= {"outcome": outcome, "words": words, "facts": facts.said()}
        rows.append(row)
    return rows


def facts_of(row: dict[str, Any]) -> AcademyFacts:
    """Return the facts a stored row of a preview holds."""
    said = dict(row["facts"])
    for field in ("joined_on", "closed_on"):
        if field in said:
            said[field] = date.fromisoformat(str(said[field]))
    return AcademyFacts(**said)


def tally(rows: list[dict[str, Any]]) -> dict[str, int]:
    """Count rows by outcome, those that are none included."""
    return {
        outcome.value.lower(): sum(row["outcome"] == outcome for row in rows) for outcome in Outcome
    }
