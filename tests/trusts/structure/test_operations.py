import datetime as dt

import pytest

from tests.factories import (
    AcademyFactory,
    BodyFactory,
    ClusterFactory,
    TeamFactory,
    TrustFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.trusts.models import Academy, Body, Team
from trigpoint.trusts.structure import operations
from trigpoint.trusts.structure.rules import AcademyFacts

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 2)


def administrator(trust):
    return person(Role.ADMINISTRATOR, at=trust)


def test_found_trust_refuses_a_second_one_with_the_same_group_uid():
    operations.found_trust(name="Ash Trust", group_uid="4119")
    operations.found_trust(name="No number")
    operations.found_trust(name="No number either")

    with pytest.raises(Refused, match="4119 is here already"):
        operations.found_trust(name="Ash Trust again", group_uid="4119")


def test_open_academy_writes_history_and_refuses_a_twin():
    trust = TrustFactory.create()
    by = administrator(trust)

    academy = operations.open_academy(trust=trust, facts=AcademyFacts("Ash", urn=136001), by=by)

    assert HistoryEntry.objects.get(subject_id=academy.pk).actor == by
    with pytest.raises(Refused, match="already"):
        operations.open_academy(trust=trust, facts=AcademyFacts("Other", urn=136001), by=by)
    operations.open_academy(trust=trust, facts=AcademyFacts("Ash"), by=by)
    with pytest.raises(Refused, match="already"):
        operations.open_academy(trust=trust, facts=AcademyFacts("Ash"), by=by)


def test_open_academy_is_refused_in_another_trust():
    with pytest.raises(Refused):
        operations.open_academy(
            trust=TrustFactory.create(),
            facts=AcademyFacts("Ash"),
            by=administrator(TrustFactory.create()),
        )


def test_revise_academy_changes_only_what_is_said_and_new():
    academy = AcademyFactory.create(name="Ash", age_from=3, age_to=11)
    by = administrator(academy.trust)

    facts = AcademyFacts("Ash Primary", phase=academy.phase, age_to=13)
    changed = operations.revise_academy(academy=academy, facts=facts, by=by)
    again = operations.revise_academy(academy=academy, facts=facts, by=by)

    academy.refresh_from_db()
    assert (changed, again) == (["name", "age_to"], [])
    assert (academy.name, academy.ages) == ("Ash Primary", "3 to 13")
    assert HistoryEntry.objects.filter(subject_id=academy.pk).count() == 1


def test_set_tier_keeps_its_history_and_tells_whoever_listens(hear):
    heard = hear(operations.TierSet)
    academy = AcademyFactory.create()
    body = BodyFactory.create(trust=academy.trust)

    change = operations.set_tier(
        academy=academy,
        tier=Academy.Tier.CONCERN,
        reason="Outcomes fell.",
        body=body,
        by=administrator(academy.trust),
        on=TODAY,
    )

    academy.refresh_from_db()
    assert (academy.tier, academy.tier_reason) == (4, "Outcomes fell.")
    assert (change.decided_on, change.body) == (TODAY, body)
    assert operations.TierSet(academy.pk) in heard


def test_set_tier_refuses_another_trusts_body():
    academy = AcademyFactory.create()

    with pytest.raises(Refused, match="does not oversee"):
        operations.set_tier(
            academy=academy,
            tier=1,
            reason="x",
            body=BodyFactory.create(),
            by=administrator(academy.trust),
            on=TODAY,
        )


def test_form_team_refuses_a_taken_name_and_another_trusts_academy():
    team = TeamFactory.create(name="Maths")
    by = administrator(team.trust)
    facts = {"trust": team.trust, "kind": Team.Kind.DEPARTMENT, "name": "Maths", "by": by}

    with pytest.raises(Refused, match="already a team called Maths"):
        operations.form_team(academy=team.academy, **facts)
    with pytest.raises(Refused, match="another trust"):
        operations.form_team(academy=AcademyFactory.create(), **facts)
    made = operations.form_team(academy=AcademyFactory.create(trust=team.trust), **facts)
    assert made.name == "Maths"


def test_form_body_makes_a_local_governing_body():
    academy = AcademyFactory.create()
    by = administrator(academy.trust)

    body = operations.form_body(
        trust=academy.trust, kind=Body.Kind.LOCAL, name="Ash governors", academy=academy, by=by
    )

    assert body.academy == academy
    with pytest.raises(Refused, match="already"):
        operations.form_body(
            trust=academy.trust, kind=Body.Kind.BOARD, name="Ash governors", academy=None, by=by
        )


def test_set_tier_entered_late_is_history_and_not_the_tier_of_today():
    academy = AcademyFactory.create()
    body, by = BodyFactory.create(trust=academy.trust), administrator(academy.trust)
    for tier, on in ((4, TODAY), (1, TODAY - dt.timedelta(days=90))):
        operations.set_tier(academy=academy, tier=tier, reason="So.", body=body, by=by, on=on)

    academy.refresh_from_db()
    assert academy.tier == 4
    assert [*academy.tier_changes.order_by("decided_on").values_list("tier", flat=True)] == [1, 4]


def test_reshape_cluster_says_who_was_in_it_and_who_is():
    own, foreign = AcademyFactory.create(name="Ash"), AcademyFactory.create()
    by = administrator(own.trust)
    cluster = ClusterFactory.create(trust=own.trust)

    operations.reshape_cluster(cluster=cluster, academies=[own, foreign], by=by)
    operations.reshape_cluster(cluster=cluster, academies=[], by=by)

    assert not cluster.academy_set.exists()
    told = HistoryEntry.objects.filter(subject_id=cluster.pk).order_by("created_at")
    assert [entry.detail for entry in told] == [
        {"before": [], "academies": ["Ash"]},
        {"before": ["Ash"], "academies": []},
    ]
    with pytest.raises(Refused):
        operations.reshape_cluster(cluster=cluster, academies=[], by=administrator(foreign.trust))


def test_form_cluster_takes_only_the_trusts_own_academies():
    own, foreign = AcademyFactory.create(), AcademyFactory.create()
    by = administrator(own.trust)

    cluster = operations.form_cluster(
        trust=own.trust, name="North", academies=[own, foreign], by=by
    )

    assert list(cluster.academy_set.all()) == [own]
    with pytest.raises(Refused, match="already"):
        operations.form_cluster(trust=own.trust, name="North", academies=[], by=by)
    with pytest.raises(Refused):
        operations.form_cluster(
            trust=ClusterFactory.create().trust, name="South", academies=[], by=by
        )
