import datetime as dt

import pytest

from tests.factories import (
    AreaFactory,
    ClaimFactory,
    FindingFactory,
    PersonFactory,
    ReviewFactory,
    StandardFactory,
    TeamFactory,
    ThemeFactory,
    person,
)
from trigpoint.judgements.findings import operations
from trigpoint.judgements.findings.operations import FindingFacts
from trigpoint.judgements.models import Finding, Theme
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused, Stale
from trigpoint.records.revisions import revision_of
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 11, 13)


@pytest.fixture
def review():
    return ReviewFactory.create(status=Review.Status.REPORTING)


@pytest.fixture
def lead(review):
    return person(Role.QA_LEAD, at=review.trust)


def raise_one(review, by, **more):
    facts = {
        "kind": "DEVELOPMENT",
        "area": AreaFactory.create(version=review.policy_version),
        "title": "Check understanding",
        **more,
    }
    return operations.raise_finding(review=review, facts=FindingFacts(**facts), by=by, on=TODAY)


def test_raise_finding_stays_with_the_team_until_published(review, lead):
    claim = ClaimFactory.create(review=review)

    found = raise_one(review, lead, claim=claim, theme="  Checking   understanding ")

    assert (found.status, found.academy, found.claim) == ("AGREED", review.academy, claim)
    assert found.theme == Theme.objects.get(name="Checking understanding")


def test_raise_finding_once_however_often_it_is_sent(review, lead):
    area = AreaFactory.create(version=review.policy_version)
    raise_one(review, lead, title="Words return", area=area)

    with pytest.raises(Refused, match="“Words return” is among"):
        raise_one(review, lead, title="Words return", area=area)

    assert raise_one(review, lead, title="Words return").area != area


def test_raise_finding_uses_the_theme_that_is_there(review, lead):
    theme = ThemeFactory.create(trust=review.trust, name="Vocabulary")
    ThemeFactory.create(name="Vocabulary")

    assert raise_one(review, lead, theme="vocabulary").theme == theme


@pytest.mark.parametrize(
    ("scope", "parts", "words"),
    [
        ("TEAM", {}, "which team"),
        ("INDIVIDUAL", {}, "which person"),
        ("ACADEMY", {"person"}, "Leave the person out"),
        ("TRUST", {"team"}, "Leave the team out"),
    ],
)
def test_raise_finding_says_whom_it_is_about(review, lead, scope, parts, words):
    whom = {
        "person": PersonFactory.create(trust=review.trust),
        "team": TeamFactory.create(academy=review.academy),
    }

    with pytest.raises(Refused, match=words):
        raise_one(review, lead, scope=scope, **{part: whom[part] for part in parts})


def test_raise_finding_about_a_team_and_a_person(review, lead):
    team = TeamFactory.create(academy=review.academy)
    teacher = PersonFactory.create(trust=review.trust)

    assert raise_one(review, lead, scope="TEAM", team=team).team == team
    assert raise_one(review, lead, scope="INDIVIDUAL", person=teacher).person == teacher


@pytest.mark.parametrize("wrong", ["area", "standard", "claim", "team", "person"])
def test_raise_finding_never_mixes_trusts(review, lead, wrong):
    thing = {
        "area": AreaFactory.create,
        "standard": StandardFactory.create,
        "claim": ClaimFactory.create,
        "team": TeamFactory.create,
        "person": PersonFactory.create,
    }[wrong]()
    scope = {"team": "TEAM", "person": "INDIVIDUAL"}.get(wrong, "ACADEMY")

    with pytest.raises(ValueError, match="own|policy version"):
        raise_one(review, lead, scope=scope, **{wrong: thing})


@pytest.mark.parametrize(("status", "words"), [("PLANNED", "once fieldwork"), ("CLOSED", "over")])
def test_raise_finding_only_while_the_review_runs(review, lead, status, words):
    closed_on = TODAY if status == "CLOSED" else None
    Review.objects.filter(pk=review.pk).update(status=status, closed_on=closed_on)

    with pytest.raises(Refused, match=words):
        raise_one(review, lead)


def test_raise_finding_is_for_the_team(review):
    with pytest.raises(Refused, match="Only the review's team"):
        raise_one(review, person(Role.HEADTEACHER, at=review.academy))


def test_publish_for_lets_all_of_a_reviews_findings_out_once(review, lead):
    waiting = FindingFactory.create(review=review)
    FindingFactory.create(review=review, published=True)
    elsewhere = FindingFactory.create()

    assert operations.publish_for(review=review, by=lead, on=TODAY) == 1
    assert operations.publish_for(review=review, by=lead, on=TODAY) == 0

    waiting.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (waiting.status, waiting.published_on) == (Finding.Status.PUBLISHED, TODAY)
    assert elsewhere.status == Finding.Status.AGREED
    assert HistoryEntry.objects.filter(subject_id=waiting.pk, verb="published").count() == 1


def test_publish_for_is_not_for_the_academy(review):
    with pytest.raises(Refused, match="Only the lead"):
        operations.publish_for(
            review=review, by=person(Role.HEADTEACHER, at=review.academy), on=TODAY
        )


def correct(finding, by, *, seen=None, **more):
    facts = {"kind": "DEVELOPMENT", "area": finding.area, "title": finding.title, **more}
    base = revision_of(seen or (finding.title, finding.detail))
    return operations.correct(
        finding=finding, facts=FindingFacts(**facts), base_revision=base, by=by
    )


def test_correct_says_a_finding_otherwise_and_keeps_how_it_read(review, lead):
    finding = raise_one(review, lead, detail="Now and then.")

    correct(finding, lead, kind="STRENGTH", title="Books are marked", detail="Every week.")

    finding.refresh_from_db()
    assert (finding.kind, finding.title, finding.raised_on) == (
        "STRENGTH",
        "Books are marked",
        TODAY,
    )
    entry = HistoryEntry.objects.get(subject_id=finding.pk, verb="corrected")
    assert entry.detail["before"] == {"title": "Check understanding", "detail": "Now and then."}


def test_correct_keeps_what_somebody_else_wrote_meanwhile(review, lead):
    finding = raise_one(review, lead)
    correct(finding, lead, title="Theirs")

    with pytest.raises(Stale) as stale:
        correct(finding, lead, title="Mine")

    assert stale.value.current == {"title": "Theirs", "detail": ""}


def test_withdraw_keeps_the_finding_and_lets_nobody_else_read_it(review, lead):
    finding = raise_one(review, lead)

    operations.withdraw(finding=finding, because="Seen once only.", by=lead)

    operations.publish_for(review=review, by=lead, on=TODAY)
    finding.refresh_from_db()
    assert finding.status == "WITHDRAWN"
    assert not Finding.objects.visible_to(person(Role.HEADTEACHER, at=review.academy)).exists()
    assert HistoryEntry.objects.get(verb="withdrawn").detail["because"] == "Seen once only."
    with pytest.raises(Refused, match="was withdrawn"):
        correct(finding, lead, title="Again")


def test_what_the_academy_has_read_stands(review, lead):
    finding = raise_one(review, lead)
    operations.publish_for(review=review, by=lead, on=TODAY)

    with pytest.raises(Refused, match="it stands"):
        correct(finding, lead, title="Otherwise")
    with pytest.raises(Refused, match="it stands"):
        operations.withdraw(finding=finding, because="No.", by=lead)
