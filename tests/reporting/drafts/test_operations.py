"""A draft says what was agreed, and keeps what was edited by hand."""

import datetime as dt

import pytest

from tests.factories import (
    CitationFactory,
    ClaimFactory,
    FactualCommentFactory,
    FindingFactory,
    JudgementFactory,
    PersonFactory,
    ReviewFactory,
    person,
)
from trigpoint.judgements.models import Citation, Finding
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.reporting.drafts import operations
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db
AT = dt.datetime(2025, 11, 19, 10, 0, tzinfo=dt.UTC)


def a_review(**more):
    return ReviewFactory.create(**{"status": Review.Status.CORROBORATING, **more})


def lead(review):
    return person(Role.QA_LEAD, at=review.trust)


def assembled(review, by):
    return operations.assemble(review=review, by=by, at=AT)


def as_assembled(report):
    """Return what the last assembling wrote down."""
    found = HistoryEntry.objects.filter(subject_id=report.pk, verb="assembled")
    return found.order_by("-created_at", "-id").first().detail


def texts(report):
    return list(report.statements.order_by("position").values_list("part", "text"))


def test_assemble_tells_what_was_agreed_area_by_area_and_no_individual():
    review = a_review()
    claim = ClaimFactory.create(review=review, agreed=True, standard__area__position=2)
    ClaimFactory.create(review=review)
    judgement = JudgementFactory.create(review=review, area__position=1)
    finding = FindingFactory.create(review=review, title="Check before moving on", detail="Now.")
    FindingFactory.create(
        review=review,
        scope=Finding.Scope.INDIVIDUAL,
        person=PersonFactory.create(trust=review.trust),
    )

    report = assembled(review, lead(review))

    assert texts(report) == [
        ("JUDGEMENT", judgement.rationale),
        ("CLAIM", claim.statement),
        ("FINDING", "Check before moving on. Now."),
    ]
    assert report.statements.get(part="FINDING").finding == finding
    review.refresh_from_db()
    assert review.status == Review.Status.REPORTING
    assert HistoryEntry.objects.filter(subject_id=report.pk, verb="assembled").exists()


def test_assemble_again_keeps_what_was_edited_by_hand_and_follows_the_rest():
    review = a_review()
    kept, changed = (ClaimFactory.create(review=review, agreed=True) for _ in range(2))
    by = lead(review)
    report = assembled(review, by)
    report.statements.filter(claim=kept).update(text="In our own words.", is_reworded=True)
    type(changed).objects.filter(pk=changed.pk).update(statement="Seen again.")
    new = ClaimFactory.create(review=review, agreed=True)

    again = assembled(review, by)

    assert again == report
    assert {text for _, text in texts(report)} == {
        "In our own words.",
        "Seen again.",
        new.statement,
    }


def test_assemble_drops_a_statement_whose_claim_was_withdrawn():
    review = a_review()
    stays, leaves = (ClaimFactory.create(review=review, agreed=True) for _ in range(2))
    by = lead(review)
    report = assembled(review, by)
    said = FactualCommentFactory.create(statement=report.statements.get(claim=leaves))
    type(leaves).objects.filter(pk=leaves.pk).update(
        status="WITHDRAWN", agreed_by=None, agreed_at=None
    )

    assembled(review, by)

    assert [row.claim for row in report.statements.all()] == [stays]
    assert as_assembled(report)["left_out"] == [[leaves.statement, said.text]]


def test_assemble_tells_what_contradicted_a_claim_and_how_the_team_answered():
    review = a_review()
    claim = ClaimFactory.create(review=review, agreed=True)
    CitationFactory.create(claim=claim, record__number=8)
    answered(claim, number=30, kind="EXPLAINED", words="The lead was away that week.")
    answered(claim, number=41, kind="OUTWEIGHED", words="Six later visits saw it.")

    report = assembled(review, lead(review))

    assert report.statements.get().against == [
        "E30 contradicted this. It was explained: The lead was away that week.",
        "E41 contradicted this. It was outweighed: Six later visits saw it.",
    ]


def answered(claim, *, number, kind, words):
    """Build evidence that contradicts a claim and that the team has answered."""
    return CitationFactory.create(
        claim=claim,
        record__number=number,
        stance=Citation.Stance.CONTRADICTS,
        answer_kind=kind,
        answer=words,
        answered_by=claim.proposed_by,
        answered_at=AT,
    )


def test_assemble_is_refused_while_a_contradiction_is_open():
    review = a_review()
    claim = ClaimFactory.create(review=review, agreed=True, number=4)
    CitationFactory.create(claim=claim, stance=Citation.Stance.CONTRADICTS)

    with pytest.raises(Refused, match="contradicts claim 4"):
        assembled(review, lead(review))


def test_assemble_is_refused_when_nothing_is_agreed():
    review = a_review()

    with pytest.raises(Refused, match="No claim is agreed"):
        assembled(review, lead(review))
