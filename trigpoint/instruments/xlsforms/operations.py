"""The verb of other people's forms: bring in."""

from typing import TYPE_CHECKING

from trigpoint.instruments.contents.rules import check
from trigpoint.instruments.drafts import operations as drafts
from trigpoint.instruments.drafts.rules import Beginning, may_write
from trigpoint.instruments.library.models import InstrumentVersion
from trigpoint.instruments.workbooks import rules as workbooks
from trigpoint.instruments.xlsforms import rules
from trigpoint.records.refusals import Refused
from trigpoint.trusts.models import Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User


def bring_in(
    *, trust: Trust, kind: str, name: str, file_name: str, data: bytes, by: "User"
) -> InstrumentVersion:
    """Bring in a form as the draft of a new instrument: an XLSForm, or a YAML file of ours.

    Args:
        trust: whose it becomes.
        kind: of activity it is for.
        name: of the new instrument; empty for the name the file gives it.
        file_name: as the person calls the file.
        data: its bytes.
        by: who brings it in.

    Raises:
        Refused: the person writes no forms, the file is not in order, or the name is taken.

    """
    may_write(by, trust.pk).enforce()
    stem, _, ending = file_name.rpartition(".")
    read = _from_yaml if ending.lower() in {"yaml", "yml"} else _from_xlsform
    return drafts.begin(trust=trust, start=read(kind, name, stem, data), by=by)


def _from_xlsform(kind: str, name: str, stem: str, data: bytes) -> Beginning:
    carried = rules.carried(workbooks.read(data), name=stem)
    return Beginning(
        kind=kind,
        name=name or carried.name,
        purpose=f"Brought in from the form “{carried.name}”.",
        content=carried.content,
        left_out=tuple(carried.left_out),
    )


def _from_yaml(kind: str, name: str, _stem: str, data: bytes) -> Beginning:
    problems, file = check(data)
    if problems:
        raise Refused(problems[0])
    return Beginning(
        kind=kind, name=name or file["name"], purpose=file["purpose"], content=file["content"]
    )
