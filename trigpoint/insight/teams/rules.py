"""Who sees a team's overview."""

from typing import TYPE_CHECKING

from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.trusts.models import Team

if TYPE_CHECKING:
    from trigpoint.people.models import User


def may_view(user: "User", team: Team) -> Verdict:
    """Its leader, the academy's head and the trust. Agrees with ``queries.mine``."""
    if user.access.covers(
        Capability.TEAM_OVERVIEW,
        trust_id=team.trust_id,
        academy_id=team.academy_id,
        team_id=team.pk,
    ):
        return ALLOWED
    return denied("Only the team's leader and the academy's headteacher see a team's overview.")
