import datetime as dt
import time

import pytest

from tests.factories import BodyFactory, TrustFactory, person
from trigpoint.people.roles import Role
from trigpoint.policies.drafts import operations
from trigpoint.policies.frameworks import rules
from trigpoint.policies.models import (
    Area,
    CadenceRule,
    Crosswalk,
    Descriptor,
    LookFor,
    Policy,
    PolicyVersion,
    Responsibility,
    Section,
    Standard,
)
from trigpoint.policies.versions.operations import PolicyAdopted
from trigpoint.policies.versions.rules import Approval
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db


def approval(trust, **changes):
    facts = {
        "body": BodyFactory.create(trust=trust),
        "approved_on": dt.date(2026, 7, 9),
        "effective_on": dt.date(2026, 9, 1),
        "review_due_on": dt.date(2027, 6, 30),
        "summary": "Our first.",
    }
    return Approval(**facts | changes)


def adopt(trust, framework=None, by=None, **changes):
    return operations.adopt(
        trust=trust,
        framework=framework or rules.shipped(),
        approval=approval(trust, **changes),
        by=by,
    )


def test_adopt_puts_the_shipped_framework_in_force_whole():
    trust = TrustFactory.create()
    lead = person(Role.QA_LEAD, at=trust)

    version = adopt(trust, by=lead)

    tables = (Area, Standard, LookFor, Descriptor, Section, CadenceRule)
    assert (version.number, version.status) == (1, PolicyVersion.Status.IN_FORCE)
    assert [it.objects.filter(trust=trust).count() for it in tables] == [7, 38, 152, 190, 5, 12]
    assert Responsibility.objects.filter(version=version).count() == 33
    assert Crosswalk.objects.filter(version=version, standard=None).count() == 29
    assert version.settings["clock"]["final"] == 15
    assert version.policy.name == "Quality assurance policy"
    look_for = LookFor.objects.get(standard__code="T2", position=1)
    assert look_for.lineage == "teaching-checking-understanding-everyone-answers"
    verbs = HistoryEntry.objects.filter(subject_id=version.pk).values_list("verb", "actor")
    assert list(verbs.order_by("created_at")) == [
        ("begun", lead.pk),
        ("approved", lead.pk),
        ("in force", lead.pk),
    ]


def test_adopt_takes_well_under_a_second():
    trust = TrustFactory.create()
    rules.shipped()

    started = time.process_time()
    adopt(trust)

    assert time.process_time() - started < 1


def test_adopt_supersedes_the_version_before_on_the_day():
    trust = TrustFactory.create()
    first = adopt(trust)
    framework = rules.shipped()
    framework["policy"] = "How we know"

    second = adopt(
        trust,
        framework,
        approved_on=dt.date(2027, 7, 8),
        effective_on=dt.date(2027, 9, 1),
        review_due_on=dt.date(2028, 7, 1),
    )

    first.refresh_from_db()
    assert (first.status, first.superseded_on) == ("SUPERSEDED", dt.date(2027, 9, 1))
    assert (second.number, second.status) == (2, "IN_FORCE")
    assert list(Policy.objects.filter(trust=trust).values_list("name", flat=True)) == [
        "How we know"
    ]
    lineages = [
        set(version.standards.values_list("lineage", flat=True)) for version in (first, second)
    ]
    assert lineages[0] == lineages[1]


def test_adopt_tells_whoever_listens(hear):
    heard = hear(PolicyAdopted)

    version = adopt(TrustFactory.create())

    assert heard == [PolicyAdopted(version.pk)]


def test_adopt_is_refused_to_other_roles_and_trusts():
    trust = TrustFactory.create()
    strangers = [person(Role.QA_LEAD, at=TrustFactory.create()), person(Role.TRUSTEE, at=trust)]

    for stranger in strangers:
        with pytest.raises(Refused, match="QA lead or trust administrator"):
            adopt(trust, by=stranger)

    assert not PolicyVersion.objects.exists()


def test_adopt_saves_nothing_of_a_framework_that_is_not_in_order():
    framework = rules.shipped()
    framework["areas"][0]["standards"][1]["code"] = "C1"

    with pytest.raises(Refused, match="C1 is used twice"):
        adopt(TrustFactory.create(), framework)

    assert not Policy.objects.exists()


def test_adopt_saves_nothing_when_the_approval_is_not_in_order():
    with pytest.raises(Refused, match="two dates"):
        adopt(TrustFactory.create(), approved_on=dt.date(2026, 9, 2))

    assert not Policy.objects.exists()
