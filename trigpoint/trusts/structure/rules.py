"""Who may change the trust's shape, and when a change makes no sense."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.trusts.structure.models import Academy, Body, Team, Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class AcademyFacts:
    """What is known of an academy. None means "not said", so that nothing known is overwritten."""

    name: str
    urn: int | None = None
    phase: str = Academy.Phase.NOT_KNOWN
    establishment_type: str = ""
    age_from: int | None = None
    age_to: int | None = None
    pupil_count: int | None = None
    joined_on: date | None = None
    closed_on: date | None = None

    def said(self) -> dict[str, object]:
        """Return the facts that say something, by field name."""
        return {field: value for field, value in asdict(self).items() if value not in (None, "")}


def may_view(user: "User", academy: Academy) -> Verdict:
    """Everybody whose role reaches the academy."""
    if user.access.covers("academies.view", trust_id=academy.trust_id, academy_id=academy.pk):
        return ALLOWED
    return denied("That academy is not one you work with. Ask your administrator for a role there.")


def may_open(user: "User", trust: Trust) -> Verdict:
    """Administrators and the QA lead of the trust, across the whole of it."""
    return _may_form(user, trust)


def may_set_tier(user: "User", academy: Academy, body: Body | None) -> Verdict:
    """Administrators and the QA lead, for a body of the same trust that sees the academy."""
    if not user.access.covers("tiers.set", trust_id=academy.trust_id, academy_id=academy.pk):
        return denied(
            "Your role does not reach this academy\u2019s tier. Ask the trust\u2019s QA lead."
        )
    if body is None:
        return ALLOWED
    if body.trust_id != academy.trust_id or body.academy_id not in (None, academy.pk):
        return denied(f"{body.name} does not oversee {academy.name}. Choose the body that decided.")
    return ALLOWED


def may_form_team(user: "User", trust: Trust, academy: Academy | None) -> Verdict:
    """Administrators and the QA lead; somebody whose role is at one academy, only there."""
    if academy is not None and academy.trust_id != trust.pk:
        return denied("That academy belongs to another trust. Choose one of your own.")
    if academy is None:
        return _may_form(user, trust)
    if user.access.covers("structure.form", trust_id=trust.pk, academy_id=academy.pk):
        return ALLOWED
    return denied("Your role does not add teams there. Ask your trust\u2019s administrator.")


def may_form_body(user: "User", trust: Trust, academy: Academy | None) -> Verdict:
    """As for a team."""
    return may_form_team(user, trust, academy)


def may_form_cluster(user: "User", trust: Trust) -> Verdict:
    """Somebody who shapes the whole trust."""
    return _may_form(user, trust)


def _may_form(user: "User", trust: Trust) -> Verdict:
    if trust.pk == user.trust_id and user.access.is_trust_wide("structure.form"):
        return ALLOWED
    return denied("Your role does not change how the whole trust is set up. Ask its administrator.")


def fits_team(kind: str, academy: Academy | None, name: str, *, taken: bool) -> Verdict:
    """Say whether a team of this kind can stand there under this name."""
    if (kind == Team.Kind.NETWORK) != (academy is None):
        return denied("A trust network has no academy; every other team has one.")
    if taken:
        where = academy.name if academy else "the trust"
        return denied(f"There is already a team called {name} at {where}. Choose another name.")
    return ALLOWED


def fits_body(kind: str, academy: Academy | None, name: str, *, taken: bool) -> Verdict:
    """Say whether a body of this kind can oversee that, under this name."""
    if (kind == Body.Kind.LOCAL) != (academy is not None):
        return denied("A local governing body oversees one academy; boards and committees none.")
    if taken:
        return denied(f"There is already a body called {name}. Choose another name.")
    return ALLOWED
