"""Writing a report, checking it with the academy, and locking it."""

import datetime as dt

import pytest

from tests.factories import (
    CitationFactory,
    ClaimFactory,
    DeadlineFactory,
    FactualCommentFactory,
    FindingFactory,
    JudgementFactory,
    LevelFactory,
    PersonFactory,
    PostFactory,
    ReportFactory,
    ReviewFactory,
    person,
)
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.judgements.claims import operations as claims
from trigpoint.judgements.levels import operations as levels
from trigpoint.judgements.models import Claim, Finding
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused, Stale
from trigpoint.records.revisions import revision_of
from trigpoint.reporting.drafts import operations as drafts
from trigpoint.reporting.drafts.rules import Readiness, may_assemble
from trigpoint.reporting.models import FactualComment, Report
from trigpoint.reporting.reports import operations
from trigpoint.reviews.models import Deadline, Review
from trigpoint.reviews.reviews import operations as reviews

pytestmark = pytest.mark.django_db
AT = dt.datetime(2025, 11, 19, 10, 0, tzinfo=dt.UTC)
OVER = AT + dt.timedelta(days=8)  # the day after the academy's five working days
S = Report.Status


def a_review(**more):
    return ReviewFactory.create(**{"status": Review.Status.CORROBORATING, **more})


def lead(review):
    return person(Role.QA_LEAD, at=review.trust)


def head(review):
    return person(Role.HEADTEACHER, at=review.academy)


def reword(statement, by, text):
    """Reword as somebody who sees the statement as it was loaded."""
    seen = revision_of([statement.text])
    return operations.reword(statement=statement, text=text, base_revision=seen, by=by, at=AT)


def describe(report, by, **words):
    """Describe as somebody who sees the report as it was loaded."""
    seen = revision_of([report.title, report.summary])
    return operations.describe(report=report, base_revision=seen, by=by, at=AT, **words)


def verbs_of(report):
    entries = HistoryEntry.objects.filter(subject_id=report.pk).order_by("created_at", "id")
    return [entry.verb for entry in entries]


def assembled(review, by):
    return drafts.assemble(review=review, by=by, at=AT)


def a_checked_report(review=None):
    """Build a report that the academy is checking, with its writer."""
    review = review or a_review()
    if not review.claims.exists():
        ClaimFactory.create(review=review, agreed=True)
    by = lead(review)
    report = assembled(review, by)
    operations.send_to_qa(report=report, by=by, at=AT)
    return operations.open_to_academy(report=report, by=lead(review), at=AT), by


def test_reword_is_refused_once_the_report_has_left_draft():
    report, by = a_checked_report()

    with pytest.raises(Refused, match="academy is checking"):
        reword(report.statements.get(), by, "Changed.")


def test_reword_keeps_what_somebody_else_wrote_meanwhile():
    review = a_review()
    ClaimFactory.create(review=review, agreed=True)
    by = lead(review)
    first, second = (assembled(review, by).statements.get() for _ in range(2))
    reword(first, by, "Theirs.")

    with pytest.raises(Stale) as stale:
        reword(second, by, "Mine.")

    first.refresh_from_db()
    assert first.text == "Theirs."
    assert stale.value.current == {"text": "Theirs."}


def test_describe_keeps_what_somebody_else_wrote_meanwhile():
    review = a_review()
    ClaimFactory.create(review=review, agreed=True)
    by = lead(review)
    first, second = (assembled(review, by) for _ in range(2))
    describe(first, by, title="Theirs", summary="")

    with pytest.raises(Stale):
        describe(second, by, title="Mine", summary="")

    first.refresh_from_db()
    assert first.title == "Theirs"


def test_dispose_keeps_the_words_another_answer_changed_meanwhile():
    report, by = a_checked_report()
    statement = report.statements.get()
    seen = revision_of([statement.text])
    one, other = (FactualCommentFactory.create(statement=statement) for _ in range(2))
    said = {"disposition": "ACCEPTED", "reason": "Checked.", "base_revision": seen}
    operations.dispose(comment=one, new_text="It was 27.", by=by, at=AT, **said)

    with pytest.raises(Stale):
        operations.dispose(comment=other, new_text="It was 28.", by=by, at=AT, **said)

    statement.refresh_from_db()
    other.refresh_from_db()
    assert (statement.text, other.disposition) == ("It was 27.", "")


def test_describe_changes_a_drafts_title_and_opening_words():
    review = a_review()
    ClaimFactory.create(review=review, agreed=True)
    by = lead(review)

    report = describe(assembled(review, by), by, title="Reading", summary="Why now.")

    assert (report.title, report.summary) == ("Reading", "Why now.")


def test_send_to_qa_and_return_to_draft_tick_the_clock_and_go_back():
    review = a_review()
    ClaimFactory.create(review=review, agreed=True)
    draft = DeadlineFactory.create(review=review, step=Deadline.Step.DRAFT)
    by = lead(review)

    report = operations.send_to_qa(report=assembled(review, by), by=by, at=AT)
    draft.refresh_from_db()

    assert (report.status, draft.done_on) == (S.INTERNAL_QA, AT.date())
    assert operations.return_to_draft(report=report, by=by, at=AT).status == S.DRAFT


def test_open_to_academy_points_out_names_and_waits_until_they_are_gone():
    review = a_review()
    teacher = PersonFactory.create(trust=review.trust, name="Tom Ludlam")
    PostFactory.create(academy=review.academy, person=teacher)
    claim = ClaimFactory.create(review=review, agreed=True, statement="Mr Ludlam reads daily.")
    by = lead(review)
    report = assembled(review, by)
    operations.send_to_qa(report=report, by=by, at=AT)

    with pytest.raises(Refused, match=r"Tom Ludlam in statement 1.*name the role"):
        operations.open_to_academy(report=report, by=by, at=AT)

    operations.return_to_draft(report=report, by=by, at=AT)
    statement = report.statements.get(claim=claim)
    reword(statement, by, "The lead reads daily.")
    operations.send_to_qa(report=report, by=by, at=AT)
    assert operations.open_to_academy(report=report, by=by, at=AT).status == S.FACTUAL_ACCURACY


def test_open_to_academy_points_out_names_in_an_answer():
    review = a_review()
    teacher = PersonFactory.create(trust=review.trust, name="Tom Ludlam")
    PostFactory.create(academy=review.academy, person=teacher)
    claim = ClaimFactory.create(review=review, agreed=True)
    CitationFactory.create(
        claim=claim, stance="CONTRADICTS", answer_kind="EXPLAINED", answer="Mr Ludlam was away.",
        answered_by=claim.proposed_by, answered_at=AT,
    )  # fmt: skip
    by = lead(review)
    report = operations.send_to_qa(report=assembled(review, by), by=by, at=AT)

    with pytest.raises(Refused, match="Tom Ludlam in what contradicts statement 1"):
        operations.open_to_academy(report=report, by=by, at=AT)


@pytest.mark.parametrize(
    "planned",
    [
        pytest.param(dt.date(2025, 12, 5), id="early"),
        pytest.param(dt.date(2025, 11, 10), id="late"),
    ],
)
def test_open_to_academy_leaves_the_time_the_policy_promises(planned):
    review = a_review()
    step = Deadline.Step.FACTUAL_ACCURACY
    DeadlineFactory.create(review=review, step=step, due_on=planned)

    report, _ = a_checked_report(review)

    assert report.comments_due_on == dt.date(2025, 11, 26)  # five working days from the 19th


def test_open_to_academy_is_for_somebody_else_than_who_sent_it_to_qa():
    review = a_review()
    ClaimFactory.create(review=review, agreed=True)
    by, reader = lead(review), person(Role.REVIEWER, at=review)
    report = operations.send_to_qa(report=assembled(review, by), by=by, at=AT)

    with pytest.raises(Refused, match="Ask another reviewer of the team or the QA lead"):
        operations.open_to_academy(report=report, by=by, at=AT)
    report = operations.open_to_academy(report=report, by=reader, at=AT)

    assert (report.sent_by, report.checked_by) == (by.person, reader.person)
    assert opened_alone(report) is False


@pytest.mark.parametrize(
    "colleague",
    [
        pytest.param(lambda _: None, id="there is nobody"),
        pytest.param(lambda _: person(Role.QA_LEAD, at=ReviewFactory.create().trust), id="foreign"),
        pytest.param(
            lambda it: person(Role.REVIEWER, at=ReviewFactory.create(academy=it.academy)),
            id="a guest of another review",
        ),
        pytest.param(lambda it: person(Role.HEADTEACHER, at=it.academy), id="the head"),
        pytest.param(lambda it: switched_off(person(Role.QA_LEAD, at=it.trust)), id="switched off"),
    ],
)
def test_open_to_academy_takes_the_only_person_there_is_and_remembers(colleague):
    review = a_review()
    ClaimFactory.create(review=review, agreed=True)
    by = lead(review)
    colleague(review)
    report = operations.send_to_qa(report=assembled(review, by), by=by, at=AT)

    report = operations.open_to_academy(report=report, by=by, at=AT)

    assert (report.status, opened_alone(report)) == (S.FACTUAL_ACCURACY, True)


def switched_off(user):
    user.is_switched_on = False
    user.save()


def opened_alone(report):
    return HistoryEntry.objects.get(subject_id=report.pk, verb="open_to_academy").detail["alone"]


def test_comment_comes_from_the_academy_and_only_while_it_is_open():
    report, _ = a_checked_report()
    statement = report.statements.get()
    late = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)

    by = head(report)
    made, again = (
        operations.comment(statement=statement, text="It was 27.", by=by, at=AT) for _ in range(2)
    )

    assert made.pk == again.pk
    assert (made.text, made.disposition) == ("It was 27.", "")
    with pytest.raises(Refused, match="The check closed on 26 November 2025"):
        operations.comment(statement=statement, text="Late.", by=head(report), at=late)
    stranger = person(Role.REVIEWER, at=report.review)
    with pytest.raises(Refused, match="headteacher"):
        operations.comment(statement=statement, text="Me.", by=stranger, at=AT)


@pytest.mark.parametrize(
    ("disposition", "reads"),
    [
        pytest.param("ACCEPTED", "It was 27.", id="accepted: the words change"),
        pytest.param("DECLINED", "It was 26.", id="declined: they stay"),
    ],
)
def test_dispose_answers_with_a_reason(disposition, reads):
    report, by = a_checked_report()
    statement = report.statements.get()
    type(statement).objects.update(text="It was 26.")
    comment = FactualCommentFactory.create(statement=statement)

    operations.dispose(
        comment=comment, disposition=disposition, reason="Register checked.",
        new_text="It was 27.", base_revision=revision_of(["It was 26."]), by=by, at=AT,
    )  # fmt: skip

    statement.refresh_from_db()
    comment.refresh_from_db()
    assert statement.text == reads
    assert (comment.disposition, comment.disposed_by) == (disposition, by.person)
    with pytest.raises(Refused, match="has its answer"):
        operations.dispose(comment=comment, disposition="ACCEPTED", reason="Again.", by=by, at=AT)


def test_dispose_does_not_accept_and_leave_the_words_as_they_were():
    report, by = a_checked_report()
    comment = FactualCommentFactory.create(statement=report.statements.get())

    for disposition in ("ACCEPTED", "PARTLY"):
        with pytest.raises(Refused, match="still reads as before.*or decline"):
            operations.dispose(
                comment=comment, disposition=disposition, reason="Yes.",
                new_text=comment.statement.text, by=by, at=AT,
            )  # fmt: skip

    comment.refresh_from_db()
    assert comment.disposition == ""


def test_confirm_is_for_the_academy_once_every_comment_is_answered():
    report, by = a_checked_report()
    statement, of_the_academy = report.statements.get(), head(report)
    comment = operations.comment(statement=statement, text="27.", by=of_the_academy, at=AT)

    with pytest.raises(Refused, match="Only the academy's headteacher"):
        operations.confirm(report=report, by=by, at=AT)
    with pytest.raises(Refused, match="1 comment has no answer yet. Confirm once"):
        operations.confirm(report=report, by=of_the_academy, at=AT)
    operations.dispose(comment=comment, disposition="DECLINED", reason="No.", by=by, at=AT)
    with pytest.raises(Refused, match="The check closed on 26 November 2025"):
        operations.confirm(report=report, by=of_the_academy, at=OVER)
    report = operations.confirm(report=report, by=of_the_academy, at=AT)

    assert (report.confirmed_by, report.confirmed_at) == (of_the_academy.person, AT)
    assert "confirmed" in verbs_of(report)
    with pytest.raises(Refused, match="You confirmed the facts already"):
        operations.confirm(report=report, by=of_the_academy, at=AT)


def test_another_comment_withdraws_the_confirmation():
    report, _ = a_checked_report()
    operations.confirm(report=report, by=head(report), at=AT)

    operations.comment(statement=report.statements.get(), text="27.", by=head(report), at=AT)

    report.refresh_from_db()
    assert (report.confirmed_by, report.confirmed_at) == (None, None)
    assert verbs_of(report)[-3:] == ["confirmed", "confirmation withdrawn", "commented"]


def test_finalise_waits_for_the_academy_or_for_its_last_day():
    first, by = a_checked_report()
    second, _ = a_checked_report(a_review(academy=first.academy))
    due = OVER - dt.timedelta(days=1)

    for at in (AT, due):
        with pytest.raises(
            Refused, match="has until 26 November 2025 .*Ask the headteacher to confirm"
        ):
            operations.finalise(report=first, by=by, at=at)
    operations.confirm(report=second, by=head(second), at=AT)

    assert operations.finalise(report=first, by=by, at=OVER).status == S.FINAL
    assert operations.finalise(report=second, by=lead(second), at=AT).status == S.FINAL


def reopened(claim, by):
    return claims.reopen(claim=claim, because="A record was misread.", by=by, at=AT)


def agreed_again(claim, by, statement):
    """Reopen a claim, say it in other words, and agree it again."""
    seen = revision_of([claim.statement])
    reopened(claim, by)
    claims.reword(
        claim=claim, statement=statement, because="Clearer.", base_revision=seen, by=by, at=AT
    )
    return claims.agree(claim=claim, by=by, at=AT)


def a_settled_review():
    """Build a review whose one claim can be agreed again."""
    review = a_review()
    claim = ClaimFactory.create(review=review, agreed=True, number=102, with_level=True)
    CitationFactory.create(claim=claim)
    return review, claim


def test_open_to_academy_waits_while_a_claim_is_open_again():
    review, claim = a_settled_review()
    by = lead(review)
    report = operations.send_to_qa(report=assembled(review, by), by=by, at=AT)
    reopened(claim, by)

    with pytest.raises(
        Refused, match=r"claim 1\.2 is no longer agreed.*return the report to draft"
    ):
        operations.open_to_academy(report=report, by=by, at=AT)

    claims.agree(claim=claim, by=by, at=AT)
    assert operations.open_to_academy(report=report, by=by, at=AT).status == S.FACTUAL_ACCURACY


def test_finalise_waits_until_a_reopened_claim_is_told_anew_and_checked_anew():
    review, claim = a_settled_review()
    report, by = a_checked_report(review)
    operations.confirm(report=report, by=head(report), at=AT)
    agreed_again(claim, by, "Some pupils catch up.")

    with pytest.raises(Refused, match=r"claim 1\.2 reads differently now"):
        operations.finalise(report=report, by=by, at=AT)

    report = operations.return_to_draft(report=report, by=by, at=AT)
    assert (report.confirmed_at, report.confirmed_by, report.comments_due_on) == (None, None, None)
    assembled(review, by)
    operations.send_to_qa(report=report, by=by, at=AT)
    operations.open_to_academy(report=report, by=lead(review), at=AT)
    with pytest.raises(Refused, match="has until 26 November 2025"):
        operations.finalise(report=report, by=by, at=AT)
    assert operations.finalise(report=report, by=by, at=OVER).status == S.FINAL
    assert report.statements.get().text == "Some pupils catch up."


def test_finalise_takes_a_statement_that_was_reworded_on_purpose():
    review, claim = a_settled_review()
    report, by = a_checked_report(review)
    comment = FactualCommentFactory.create(statement=report.statements.get())
    operations.dispose(
        comment=comment, disposition="ACCEPTED", reason="Yes.", new_text="It was 27.",
        base_revision=revision_of([claim.statement]), by=by, at=AT,
    )  # fmt: skip
    agreed_again(claim, by, "It was twenty-seven.")

    assert operations.finalise(report=report, by=by, at=OVER).status == S.FINAL


def test_finalise_waits_when_a_contradiction_was_answered_since():
    review, claim = a_settled_review()
    report, by = a_checked_report(review)
    CitationFactory.create(
        claim=claim, stance="CONTRADICTS", answer_kind="EXPLAINED", answer="Away.",
        answered_by=claim.proposed_by, answered_at=AT,
    )  # fmt: skip

    with pytest.raises(Refused, match="or is answered differently"):
        operations.finalise(report=report, by=by, at=OVER)


def a_judged_review():
    review, claim = a_settled_review()
    judgement = JudgementFactory.create(
        review=review, area=claim.standard.area, level=claim.level, provisional=True,
        made_on=AT.date(),
    )  # fmt: skip
    return review, judgement


def judged_again(judgement, by, level=None, rationale=""):
    """Judge the same place again, as somebody who sees the reasons there are."""
    return levels.judge(
        review=judgement.review, area=judgement.area, level=level or judgement.level,
        rationale=rationale or judgement.rationale, by=by, on=AT.date(),
        base_revision=revision_of([judgement.rationale]),
    )  # fmt: skip


def another_level(judgement):
    return LevelFactory.create(scale=judgement.level.scale, rank=4)


def test_open_to_academy_waits_while_the_reasons_of_a_level_read_differently():
    review, judgement = a_judged_review()
    by = lead(review)
    report = operations.send_to_qa(report=assembled(review, by), by=by, at=AT)
    judged_again(judgement, by, rationale="Hardly any teaching checks.")

    with pytest.raises(
        Refused, match=f"{judgement.area.name} as a whole. Return the report to draft and assemble"
    ):
        operations.open_to_academy(report=report, by=by, at=AT)

    operations.return_to_draft(report=report, by=by, at=AT)
    report = operations.send_to_qa(report=assembled(review, by), by=by, at=AT)
    opened = operations.open_to_academy(report=report, by=by, at=AT)
    assert opened.statements.get(part="JUDGEMENT").text == "Hardly any teaching checks."


@pytest.mark.parametrize("is_reworded", [False, True])
def test_finalise_waits_when_a_level_changed_while_the_academy_checked(is_reworded):
    review, judgement = a_judged_review()
    report, by = a_checked_report(review)
    told = report.statements.filter(part="JUDGEMENT")
    told.update(is_reworded=is_reworded)
    changed = judged_again(judgement, by, level=another_level(judgement))

    with pytest.raises(Refused, match="The level or the reasons changed since"):
        operations.finalise(report=report, by=by, at=OVER)

    assert told.get().level == judgement.level
    operations.return_to_draft(report=report, by=by, at=AT)
    assembled(review, by)
    assert told.get().level == changed.level


def test_finalise_takes_the_reasons_of_a_level_that_were_reworded_on_purpose():
    review, judgement = a_judged_review()
    report, by = a_checked_report(review)
    comment = FactualCommentFactory.create(statement=report.statements.get(part="JUDGEMENT"))
    operations.dispose(
        comment=comment, disposition="ACCEPTED", reason="Yes.", new_text="Nearly all do.",
        base_revision=revision_of([judgement.rationale]), by=by, at=AT,
    )  # fmt: skip

    assert operations.finalise(report=report, by=by, at=OVER).status == S.FINAL


def test_finalise_waits_for_every_answer():
    report, by = a_checked_report()
    FactualCommentFactory.create(statement=report.statements.get())

    with pytest.raises(Refused, match="1 comment has no answer"):
        operations.finalise(report=report, by=by, at=OVER)


def test_finalise_locks_the_evidence_lets_findings_out_and_closes_the_review():
    review = a_review()
    claim = ClaimFactory.create(review=review, agreed=True)
    record = CitationFactory.create(claim=claim).record
    finding = FindingFactory.create(review=review)
    final = DeadlineFactory.create(review=review, step=Deadline.Step.FINAL)
    report, by = a_checked_report(review)

    report = operations.finalise(report=report, by=by, at=OVER)

    for row in (record, finding, final, review):
        row.refresh_from_db()
    assert (report.status, report.finalised_at) == (S.FINAL, OVER)
    assert len(report.content_sha256) == 64
    assert record.status == EvidenceRecord.Status.LOCKED
    assert (finding.status, finding.published_on) == (Finding.Status.PUBLISHED, OVER.date())
    assert final.done_on == OVER.date()
    assert review.status == Review.Status.CLOSED


def test_levels_stand_when_the_report_is_final():
    review = a_review()
    judgement = JudgementFactory.create(review=review, made_on=AT.date(), provisional=True)
    report, by = a_checked_report(review)
    judgement.refresh_from_db()
    assert judgement.stands_from is None
    reader = head(review)
    assert not Claim.objects.visible_to(reader).exists()

    operations.finalise(report=report, by=by, at=OVER)

    judgement.refresh_from_db()
    assert judgement.stands_from == dt.date(2025, 11, 27)
    assert [it.stands_from for it in Claim.objects.visible_to(reader)] == [judgement.stands_from]


def test_levels_of_a_review_without_a_report_stand_when_it_is_closed():
    review = a_review(status=Review.Status.REPORTING, kind=Review.Kind.SELF)
    judgement = JudgementFactory.create(review=review, made_on=AT.date(), provisional=True)

    agreed = ClaimFactory.create(review=review, agreed=True)
    ClaimFactory.create(review=review)
    finding = FindingFactory.create(review=review)

    reviews.close(review=review, by=lead(review), on=dt.date(2025, 11, 24))

    judgement.refresh_from_db()
    finding.refresh_from_db()
    assert judgement.stands_from == dt.date(2025, 11, 24)
    assert (finding.status, finding.published_on) == ("PUBLISHED", dt.date(2025, 11, 24))
    assert list(Claim.objects.visible_to(head(review))) == [agreed]


def test_a_review_with_a_report_closes_when_it_is_final_and_not_before():
    review = a_review()
    judgement = JudgementFactory.create(review=review, made_on=AT.date(), provisional=True)
    report, by = a_checked_report(review)

    with pytest.raises(Refused, match="closes when its report is final"):
        reviews.close(review=review, by=by, on=dt.date(2025, 11, 24))
    judgement.refresh_from_db()
    assert judgement.stands_from is None

    operations.finalise(report=report, by=by, at=OVER)
    review.refresh_from_db()
    judgement.refresh_from_db()
    assert (review.status, judgement.stands_from) == ("CLOSED", dt.date(2025, 11, 27))


def test_who_only_writes_neither_turns_to_the_report_nor_makes_it_final():
    review = a_review()
    ClaimFactory.create(review=review, agreed=True)
    writer = person(Role.REVIEWER, at=review.trust)

    with pytest.raises(Refused, match="Only the lead"):
        drafts.assemble(review=review, by=writer, at=AT)

    report, _ = a_checked_report(review)
    with pytest.raises(Refused, match="Only the lead"):
        operations.finalise(report=report, by=writer, at=OVER)
    assert may_assemble(writer, Review.objects.get(pk=review.pk), Readiness(agreed=1))


def test_finalise_seals_the_words():
    first, by = a_checked_report()
    sealed = operations.finalise(report=first, by=by, at=OVER).content_sha256

    assert operations.seal_of(first) == sealed
    first.statements.update(against=["E30 contradicted this. It was explained: Away."])
    assert operations.seal_of(first) != sealed
    first.statements.update(against=[], text="Tampered.")
    assert operations.seal_of(first) != sealed


def test_supersede_names_the_later_report_of_the_same_academy():
    earlier = ReportFactory.create(final=True)
    by = person(Role.QA_LEAD, at=earlier.trust)
    later = ReportFactory.create(
        review__academy=earlier.academy, final=True, finalised_at=AT + dt.timedelta(days=90)
    )
    elsewhere = ReportFactory.create(final=True, finalised_at=later.finalised_at)

    for wrong, why in ((None, "no later final report"), (elsewhere, "Choose a later")):
        with pytest.raises(Refused, match=why):
            operations.supersede(report=earlier, later=wrong, by=by, at=AT)
    done = operations.supersede(report=earlier, later=later, by=by, at=AT)

    assert (done.status, done.replaced_by) == (S.SUPERSEDED, later)


def test_no_operation_listens_to_a_stranger():
    report, _ = a_checked_report()
    stranger = person(Role.QA_LEAD, at=ReviewFactory.create().trust)

    for verb in ("send_to_qa", "return_to_draft", "open_to_academy", "finalise"):
        with pytest.raises(Refused, match="Only the review team"):
            getattr(operations, verb)(report=report, by=stranger, at=AT)
    assert FactualComment.objects.count() == 0


@pytest.mark.parametrize("moved", ["raised", "corrected", "withdrawn"])
def test_a_report_waits_while_its_findings_are_not_those_it_tells(moved):
    review = a_review()
    told = FindingFactory.create(review=review, title="Books are late")
    FindingFactory.create(
        review=review, scope="INDIVIDUAL", person=PersonFactory.create(trust=review.trust)
    )
    report, by = a_checked_report(review)
    if moved == "raised":
        FindingFactory.create(review=review, title="Books are late")
    else:
        changes = {"corrected": {"detail": "In Year 4."}, "withdrawn": {"status": "WITHDRAWN"}}
        Finding.objects.filter(pk=told.pk).update(**changes[moved])

    with pytest.raises(Refused, match="since this report was assembled: Books are late"):
        operations.finalise(report=report, by=by, at=OVER)

    operations.return_to_draft(report=report, by=by, at=AT)
    drafts.assemble(review=review, by=by, at=AT)
    operations.send_to_qa(report=report, by=by, at=AT)
    operations.open_to_academy(report=report, by=lead(review), at=AT)
    assert operations.finalise(report=report, by=by, at=OVER).status == S.FINAL
