"""Bring academies in: read the files, preview one trust, then write exactly what was previewed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from trigpoint.records import history, tables
from trigpoint.records.refusals import Refused
from trigpoint.trusts.gias import rules
from trigpoint.trusts.gias.models import TRUST_KINDS, ImportRun
from trigpoint.trusts.gias.rules import Outcome
from trigpoint.trusts.structure import operations as structure
from trigpoint.trusts.structure.models import Academy, Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User

Row = dict[str, Any]
Each = Callable[[list[Row]], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Files:
    """What was uploaded, as bytes; ``places`` is the optional establishments file."""

    groups: bytes
    links: bytes
    places: bytes = b""
    names: str = ""


def read(files: Files) -> dict[str, Any]:
    """Read the files into what an import keeps of them.

    Raises:
        Refused: a file is not what it should be; the sentence says which and why.

    """
    groups = rules.read_groups(tables.read_csv(files.groups, name="The groups file"))
    trusts = {uid for uid, (_, kind, *_) in groups.items() if kind in TRUST_KINDS}
    if not trusts:
        reason = (
            "The groups file has no academy trust in it. Download \u201call groups\u201d again."
        )
        raise Refused(reason)
    links = rules.read_links(tables.read_csv(files.links, name="The links file"), trusts=trusts)
    places = (
        rules.read_places(tables.read_csv(files.places, name="The establishments file"))
        if files.places
        else {}
    )
    wanted = {cells[1] for rows in links.values() for cells in rows}
    return {
        "groups": groups,
        "links": links,
        "places": {urn: cells for urn, cells in places.items() if urn in wanted},
    }


@transaction.atomic
def upload(*, trust: Trust, files: Files, by: "User | None") -> ImportRun:
    """Read the register's files and keep them until a trust is chosen. Writes no academy.

    Raises:
        Refused: the person may not, or a file is not what it should be.

    """
    if by:
        rules.may_upload(by, trust).enforce()
    return _keep(trust, read(files), files.names, by)


@transaction.atomic
def choose(*, run: ImportRun, group_uid: str, by: "User | None") -> ImportRun:
    """Choose the trust by its Group UID and check each of its rows. Writes no academy.

    Raises:
        Refused: that Group UID is not an open trust, or not this one.

    """
    run = _locked(run)
    if by:
        rules.may_upload(by, run.trust).enforce()
    taken = Trust.objects.filter(group_uid=group_uid).exclude(pk=run.trust_id).exists()
    rules.may_choose(run, group_uid, taken=taken).enforce()
    rules.check_group(run.register["groups"], group_uid).enforce()
    run.group_uid, run.group_name = group_uid, run.register["groups"][group_uid][0][:200]
    run.rows = rules.preview(
        run.register["links"].get(group_uid, []), run.register["places"], _academies(run.trust)
    )
    run.status = rules.LIFECYCLE.target("choose")
    run.save(update_fields=["group_uid", "group_name", "rows", "status"])
    run.refresh_from_db()
    return run


@transaction.atomic
def confirm(
    *, run: ImportRun, by: "User | None", at: datetime, is_ours: bool = False, each: Each = iter
) -> ImportRun:
    """Write what was previewed, all of it or nothing.

    Args:
        run: an import whose trust has been chosen.
        by: who confirms; None for a command on the server.
        at: when.
        is_ours: they said that a group of another number or name is this trust.
        each: wraps the rows, for a progress bar.

    Raises:
        Refused: it was confirmed already, nothing is left to import, the group may be another
            trust, or the academies have changed since the preview.

    """
    run = _locked(run)
    if by:
        rules.may_upload(by, run.trust).enforce()
    rules.may_confirm(run).enforce()
    if not is_ours and (question := rules.question(run)):
        reason = f"{question} Tick that this is your trust, or choose yours."
        raise Refused(reason)
    _claim(run)
    academies = _academies(run.trust)
    for row in each(run.rows):
        if row["outcome"] != Outcome.REFUSED:
            _write(run, row, academies, by)
    run.status, run.confirmed_at = rules.LIFECYCLE.target("confirm"), at
    run.register = {}
    run.save(update_fields=["status", "confirmed_at", "register"])
    history.write(run, "confirmed", by=by, group_uid=run.group_uid, **rules.tally(run.rows))
    return run


@transaction.atomic
def system_import(
    *, files: Files, group_uid: str, at: datetime, is_ours: bool = False, each: Each = iter
) -> ImportRun:
    """Do it all at once for a command on the server; the trust is founded when it is new.

    ``is_ours``: whoever runs it said that a group unknown here is a trust of theirs.

    Raises:
        Refused: a file or the Group UID is not right, or it may be another's. Nothing has been
            written then.

    """
    register = read(files)
    rules.check_group(register["groups"], group_uid).enforce()
    name, here = register["groups"][group_uid][0], Trust.objects.order_by("name")
    trust = here.filter(group_uid=group_uid).first()
    if trust is None and not is_ours and (names := ", ".join(map(str, here[:3]))):
        reason = (
            f"{name} (Group UID {group_uid}) is none of the trusts here ({names}). "
            "Check the number, or say --our-trust when it is one more of yours."
        )
        raise Refused(reason)
    trust = trust or structure.found_trust(name=name, group_uid=group_uid)
    run = choose(run=_keep(trust, register, files.names, None), group_uid=group_uid, by=None)
    return confirm(run=run, by=None, at=at, each=each) if rules.may_confirm(run) else run


def _keep(trust: Trust, register: dict[str, Any], names: str, by: "User | None") -> ImportRun:
    run = ImportRun.objects.create(trust=trust, register=register, file_names=names[:400])
    history.write(run, "uploaded", by=by, files=names)
    return run


def _locked(run: ImportRun) -> ImportRun:
    return ImportRun.objects.select_for_update(of=("self",)).select_related("trust").get(pk=run.pk)


def _academies(trust: Trust) -> dict[int, Academy]:
    ours = Academy.objects.filter(trust=trust, urn__isnull=False)
    return {academy.urn: academy for academy in ours if academy.urn}


def _claim(run: ImportRun) -> None:
    """Write the Group UID down as the trust's own."""
    if run.trust.group_uid != run.group_uid:
        run.trust.group_uid = run.group_uid
        run.trust.save(update_fields=["group_uid"])


def _write(run: ImportRun, row: Row, academies: dict[int, Academy], by: "User | None") -> None:
    """Write one row, unless it would now do something else than was previewed."""
    facts = rules.facts_of(row)
    academy = academies.get(facts.urn or 0)
    if rules.compare(facts, academy) != (row["outcome"], row["words"]):
        reason = (
            f"{facts.name} has changed since this preview. Choose the trust again to see a new one."
        )
        raise Refused(reason)
    if academy is None:
        structure.open_academy(trust=run.trust, facts=facts, by=by)
    elif row["outcome"] == Outcome.UPDATE:
        structure.revise_academy(academy=academy, facts=facts, by=by)
