"""Who may see and bring in an instrument, when it may be published, and the ready-made set."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from trigpoint.instruments.contents.rules import DATA, ReadyMade, check, questions
from trigpoint.instruments.library.models import Instrument, InstrumentVersion
from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.workflow import Step, Workflow
from trigpoint.trusts.models import Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User

LIFECYCLE = Workflow(
    "instrument",
    initial=InstrumentVersion.Status.DRAFT,
    steps=(
        Step(
            "publish",
            frozenset({InstrumentVersion.Status.DRAFT}),
            InstrumentVersion.Status.PUBLISHED,
        ),
    ),
)


def may_view(user: "User", instrument: Instrument) -> Verdict:
    """Whoever works with instruments, in their own trust. Agrees with ``visible_to``."""
    if user.access.holds(Capability.INSTRUMENT_VIEW) and instrument.trust_id == user.trust_id:
        return ALLOWED
    return denied("This instrument belongs to another trust, or your role does not use them.")


def may_install(user: "User", trust: Trust) -> Verdict:
    """Those who look after the trust's policy bring in its forms as well."""
    if user.access.covers(Capability.POLICY_ADOPT, trust_id=trust.pk):
        return ALLOWED
    return denied(
        "Only a trust QA lead or trust administrator can add instruments. Ask one of them."
    )


def may_prefer(user: "User", instrument: Instrument, *, is_published: bool) -> Verdict:
    """Those who write forms choose the usual one of each kind, among what is published."""
    if not user.access.covers(Capability.INSTRUMENT_EDIT, trust_id=instrument.trust_id):
        return denied(
            "Only a trust QA lead or trust administrator chooses the usual form. Ask one of them."
        )
    if not is_published:
        return denied(f"“{instrument.name}” is still a draft. Publish it first.")
    return ALLOWED


def may_name(content: Mapping[str, Any]) -> Verdict:
    """Say whether a record made with this form may name the person observed."""
    if content.get("naming") == "OFF":
        return denied(
            "This instrument names nobody. Use a lesson visit if a person needs to be named."
        )
    return ALLOWED


def asks_level(version: InstrumentVersion) -> bool:
    """Say whether a form asks for a level."""
    return any(question["type"] == "level" for question in questions(version.content))


@dataclass(frozen=True, slots=True)
class Card:
    """An instrument at a glance."""

    version: InstrumentVersion
    question_count: int
    required_count: int
    sections: list[str]
    names_nobody: bool


def card(version: InstrumentVersion) -> Card:
    """Sum up a version, its instrument loaded."""
    asked = list(questions(version.content))
    return Card(
        version=version,
        question_count=len(asked),
        required_count=sum(bool(question.get("required")) for question in asked),
        sections=[part["title"] for part in version.content.get("sections", [])],
        names_nobody=not may_name(version.content),
    )


@lru_cache(maxsize=1)
def ready_made() -> tuple[ReadyMade, ...]:
    """Return the instruments that come with the product, one for each kind of activity.

    Raises:
        ValueError: a file is not in order, which a test catches before anybody installs it.

    """
    return tuple(_read(path) for path in sorted(DATA.glob("*.yaml")))


def _read(path: Path) -> ReadyMade:
    problems, content = check(path.read_bytes())
    if problems:
        msg = f"{path.name}: {'; '.join(problems)}"
        raise ValueError(msg)
    return cast("ReadyMade", content)
