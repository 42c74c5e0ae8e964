"""Screens of reports, as each kind of person meets them."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    CitationFactory,
    ClaimFactory,
    EvidenceRecordFactory,
    FactualCommentFactory,
    FindingFactory,
    JudgementFactory,
    LevelFactory,
    PersonFactory,
    PostFactory,
    ReportFactory,
    ReportStatementFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.reporting.models import FactualComment, Report, ReportStatement
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db
S = Report.Status
SOON = dt.date(2025, 11, 26)
OVER = {"comments_due_on": dt.date(2025, 11, 18)}  # the academy's time was over yesterday
LATER = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def at(verb, *args):
    return reverse(f"reporting:reports-{verb}", args=args)


def a_report(status=S.DRAFT, **more):
    if status == S.FACTUAL_ACCURACY:
        more.setdefault("comments_due_on", SOON)
    report = ReportFactory.create(
        **{"status": status, "review__status": Review.Status.REPORTING, **more}
    )
    ReportStatementFactory.create(report=report, text="Most pupils catch up.")
    return report


def opened(client, url):
    """Return the revision that a form was opened at."""
    return client.get(url).context["form"]["base_revision"].value()


def signed_in(client, role, where):
    user = person(role, at=where)
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def _today(time_machine=None):
    """Every page is read on 19 November 2025."""
    import time_machine as machine  # noqa: PLC0415 -- a module of the same name as the fixture

    with machine.travel(dt.datetime(2025, 11, 19, 10, tzinfo=dt.UTC), tick=False):
        yield


def test_index_lists_what_one_may_read_with_its_next_day(client):
    report = a_report(S.FACTUAL_ACCURACY)
    FactualCommentFactory.create(statement=report.statements.get())
    hidden = a_report(review__academy=report.academy)
    signed_in(client, Role.HEADTEACHER, report.academy)

    answer = client.get(at("index"))

    assert report.title in answer.content.decode()
    assert hidden.title not in answer.content.decode()
    assert "26 Nov 2025" in answer.content.decode()
    assert "1 unanswered" in answer.content.decode()


def test_index_narrows_by_status_and_academy(client):
    final = a_report(final=True, status=S.FINAL)
    draft = a_report(review__academy=AcademyFactory.create(trust=final.trust))
    signed_in(client, Role.QA_LEAD, final.trust)

    by_status = client.get(at("index"), {"status": "FINAL"}).content.decode()
    by_academy = client.get(at("index"), {"academy": draft.academy_id}).content.decode()

    assert (final.title in by_status, draft.title in by_status) == (True, False)
    assert (final.title in by_academy, draft.title in by_academy) == (False, True)


def test_index_says_what_to_do_when_there_is_nothing(client):
    signed_in(client, Role.QA_LEAD, AcademyFactory.create().trust)

    assert "No reports here" in client.get(at("index")).content.decode()


def test_index_costs_the_same_for_any_number_of_reports(client, assert_flat):
    academy = AcademyFactory.create()
    signed_in(client, Role.QA_LEAD, academy.trust)

    assert_flat(at("index"), add_row=lambda: a_report(review__academy=academy), at_most=12)


def test_show_says_what_contradicted_a_statement_and_the_answer(client):
    report = a_report(final=True, status=S.FINAL)
    said = "E30 contradicted this. It was explained: The lead was away."
    report.statements.update(against=[said])
    signed_in(client, Role.TRUSTEE, report.trust)

    assert said in client.get(at("show", report.pk)).content.decode()


def test_show_tells_the_report_part_by_part_with_the_way_back(client):
    report = ReportFactory.create(final=True)
    claim = ClaimFactory.create(
        review=report.review, agreed=True, strength_facts={"records": 7, "kinds": ["a", "b"]}
    )
    record = EvidenceRecordFactory.create(review=report.review, shared=True, number=30)
    CitationFactory.create(claim=claim, record=record)
    judgement = JudgementFactory.create(review=report.review, area=claim.standard.area)
    part = JudgementFactory.create(
        review=report.review,
        area=claim.standard.area,
        standard=claim.standard,
        level=judgement.level,
    )
    finding = FindingFactory.create(review=report.review, published=True)
    sources = (
        {"judgement": judgement, "level": judgement.level},
        {"judgement": part, "level": part.level},
        {"claim": claim},
        {"finding": finding},
    )
    for source in sources:
        ReportStatementFactory.create(
            report=report, **{"claim": None, **source}, part=next(iter(source)).upper()
        )
    signed_in(client, Role.QA_LEAD, report.trust)

    shown = client.get(at("show", report.pk)).content.decode()

    for way in (
        reverse("judgements:claims-show", args=[claim.pk]),
        reverse("judgements:levels-show", args=[judgement.pk]),
        reverse("judgements:findings-show", args=[finding.pk]),
    ):
        assert way in shown
    for words in ("7 records, 2 kinds", "E30", "Meets standard", "How we know", "What follows"):
        assert words in shown


def test_show_prints_the_level_as_it_was_assembled(client):
    report = a_report(S.FACTUAL_ACCURACY)
    judgement = JudgementFactory.create(review=report.review, provisional=True)
    was = judgement.level
    ReportStatementFactory.create(
        report=report, claim=None, judgement=judgement, level=was, part="JUDGEMENT"
    )
    judgement.level = LevelFactory.create(scale=was.scale, rank=4, label="Changed since")
    judgement.save()
    signed_in(client, Role.HEADTEACHER, report.academy)

    shown = client.get(at("show", report.pk)).content.decode()

    assert was.label in shown
    assert "Changed since" not in shown


@pytest.mark.parametrize(
    ("role", "status", "linked"),
    [
        (Role.QA_LEAD, S.FACTUAL_ACCURACY, True),
        (Role.HEADTEACHER, S.FACTUAL_ACCURACY, False),
        (Role.HEADTEACHER, S.FINAL, True),
        (Role.TRUSTEE, S.FINAL, True),
    ],
)
def test_show_leads_to_a_level_only_where_it_opens(client, role, status, linked):
    final = status == S.FINAL
    report = a_report(status, **({"final": True} if final else {}))
    judgement = JudgementFactory.create(review=report.review, provisional=not final)
    ReportStatementFactory.create(
        report=report, claim=None, judgement=judgement, level=judgement.level, part="JUDGEMENT",
        text="Most do.",
    )  # fmt: skip
    signed_in(client, role, report.academy)
    way = reverse("judgements:levels-show", args=[judgement.pk])

    shown = client.get(at("show", report.pk)).content.decode()

    assert "Most do." in shown
    assert judgement.level.label in shown
    assert (way in shown) is linked
    assert client.get(way).status_code == (200 if linked else 404)


@pytest.mark.parametrize(
    ("role", "status", "code"),
    [
        pytest.param(Role.QA_LEAD, S.DRAFT, 200, id="QA lead: a draft"),
        pytest.param(Role.HEADTEACHER, S.DRAFT, 404, id="head: no draft"),
        pytest.param(Role.HEADTEACHER, S.FACTUAL_ACCURACY, 200, id="head: the check"),
        pytest.param(Role.TRUSTEE, S.FACTUAL_ACCURACY, 404, id="trustee: not before final"),
        pytest.param(Role.TRUSTEE, S.FINAL, 200, id="trustee: the final one"),
        pytest.param(Role.STAFF, S.FINAL, 403, id="staff: reports are not their page"),
    ],
)
def test_show_answers_each_kind_of_person(client, role, status, code):
    report = a_report(status, final=status == S.FINAL)
    signed_in(client, role, report.academy)

    assert client.get(at("show", report.pk)).status_code == code


def test_show_hides_from_trustees_every_name(client):
    report = ReportFactory.create(
        final=True,
        written_by__name="Writer Wright",
        checked_by=PersonFactory.create(name="Checker Chant"),
        review__lead__name="Lead Ledger",
    )
    statement = ReportStatementFactory.create(report=report, claim__proposed_by__name="Pro Poser")
    CitationFactory.create(
        claim=statement.claim, record__author__name="Ob Server", cited_by__name="Ci Ter"
    )
    FactualCommentFactory.create(
        statement=statement,
        author__name="Head Heddle",
        text="Comment words",
        disposition="ACCEPTED",
        disposition_reason="Reason words",
        disposed_by=PersonFactory.create(name="Dis Poser"),
        disposed_at=LATER,
    )
    signed_in(client, Role.TRUSTEE, report.trust)

    shown = client.get(at("show", report.pk)).content.decode()

    for secret in (
        "Wright", "Chant", "Ledger", "Pro Poser", "Server", "Ci Ter", "Heddle", "Dis Poser",
        "Comment words", "Reason words",
    ):  # fmt: skip
        assert secret not in shown


def test_show_counts_the_days_left_and_what_was_said(client):
    report = a_report(S.FACTUAL_ACCURACY)
    FactualCommentFactory.create(statement=report.statements.get(), text="It was 27.")
    signed_in(client, Role.HEADTEACHER, report.academy)

    shown = client.get(at("show", report.pk)).content.decode()

    assert "<b>6</b>" in shown
    assert "Closes Wednesday 26 November" in shown
    assert "It was 27." in shown
    assert "Correct" in shown


def test_show_says_when_the_check_is_over(client):
    report = a_report(S.FACTUAL_ACCURACY, comments_due_on=dt.date(2025, 11, 10))
    signed_in(client, Role.QA_LEAD, report.trust)

    shown = client.get(at("show", report.pk)).content.decode()

    assert "The time to check the facts is over" in shown
    assert "Make it final" in shown


def test_show_blocks_opening_while_somebody_is_named(client):
    report = a_report(S.INTERNAL_QA)
    teacher = PersonFactory.create(trust=report.trust, name="Tom Ludlam")
    PostFactory.create(academy=report.academy, person=teacher)
    report.statements.update(text="Tom Ludlam reads daily.")
    signed_in(client, Role.QA_LEAD, report.trust)

    assert "Take out: Tom Ludlam in statement" in client.get(at("show", report.pk)).content.decode()


def test_show_of_a_superseded_report_leads_to_the_later_one(client):
    later = ReportFactory.create(final=True)
    report = a_report(
        review__academy=later.academy, final=True, status=S.SUPERSEDED, replaced_by=later
    )
    signed_in(client, Role.QA_LEAD, report.trust)

    shown = client.get(at("show", report.pk)).content.decode()

    assert "A later report took over" in shown
    assert at("show", later.pk) in shown


def test_show_costs_the_same_for_any_number_of_statements(client, assert_flat):
    report = a_report(S.FACTUAL_ACCURACY)
    signed_in(client, Role.HEADTEACHER, report.academy)

    def add():
        statement = ReportStatementFactory.create(report=report)
        CitationFactory.create(claim=statement.claim)
        FactualCommentFactory.create(statement=statement)

    assert_flat(at("show", report.pk), add_row=add, at_most=14)


def test_describe_saves_the_opening_words_and_asks_for_a_title(client):
    report = a_report()
    signed_in(client, Role.QA_LEAD, report.trust)

    wrong = client.post(at("describe", report.pk), {"summary": "Why now."})
    seen = opened(client, at("describe", report.pk))
    right = client.post(
        at("describe", report.pk),
        {"title": "Reading", "summary": "Why now.", "base_revision": seen},
    )
    report.refresh_from_db()

    assert wrong.status_code == 422
    assert right.status_code == 302
    assert (report.title, report.summary) == ("Reading", "Why now.")


def test_reword_edits_one_statement(client):
    report = a_report()
    statement = report.statements.get()
    signed_in(client, Role.QA_LEAD, report.trust)

    shown = client.get(at("reword", statement.pk))
    seen = opened(client, at("reword", statement.pk))
    client.post(at("reword", statement.pk), {"text": "Pupils catch up.", "base_revision": seen})
    statement.refresh_from_db()

    assert "Most pupils catch up." in shown.content.decode()
    assert (statement.text, statement.is_reworded) == ("Pupils catch up.", True)


def test_reword_shows_both_versions_and_saves_when_sent_again(client):
    report = a_report()
    statement = report.statements.get()
    signed_in(client, Role.QA_LEAD, report.trust)
    url = at("reword", statement.pk)
    typed = {"text": "Mine.", "base_revision": opened(client, url)}
    report.statements.update(text="Theirs.")

    refused = client.post(url, typed)
    statement.refresh_from_db()
    kept = statement.text
    form = refused.context["form"]
    again = client.post(url, typed | {"base_revision": form["base_revision"].value()})
    statement.refresh_from_db()

    assert refused.status_code == 409
    assert [(it.stored, it.typed) for it in form.versions] == [("Theirs.", "Mine.")]
    assert "Stored now: The statement" in refused.content.decode()
    assert "Mine.</textarea>" in refused.content.decode()
    assert kept == "Theirs."
    assert again.status_code == 302
    assert statement.text == "Mine."


def test_reword_sent_twice_is_saved_once(client):
    report = a_report()
    signed_in(client, Role.QA_LEAD, report.trust)
    url = at("reword", report.statements.get().pk)
    typed = {"text": "Mine.", "base_revision": opened(client, url)}

    assert [client.post(url, typed).status_code for _ in range(2)] == [302, 302]


def test_comment_that_comes_too_late_keeps_its_words(client):
    report = a_report(S.FACTUAL_ACCURACY)
    signed_in(client, Role.HEADTEACHER, report.academy)
    Report.objects.update(comments_due_on=dt.date(2025, 11, 18))

    answer = client.post(at("comment", report.statements.get().pk), {"text": "It was 27."})

    assert answer.status_code == 409
    assert "The check closed on 18 November 2025" in answer.content.decode()
    assert "It was 27.</textarea>" in answer.content.decode()


def test_reword_gives_htmx_only_the_form(client):
    report = a_report()
    signed_in(client, Role.QA_LEAD, report.trust)

    piece = client.get(
        at("reword", report.statements.get().pk), headers={"HX-Request": "true"}
    ).content.decode()

    assert "<form" in piece
    assert "<html" not in piece


@pytest.mark.parametrize(
    ("verb", "status", "leads_to"),
    [
        ("send_to_qa", S.DRAFT, S.INTERNAL_QA),
        ("return_to_draft", S.INTERNAL_QA, S.DRAFT),
        ("open_to_academy", S.INTERNAL_QA, S.FACTUAL_ACCURACY),
        ("finalise", S.FACTUAL_ACCURACY, S.FINAL),
    ],
)
def test_each_step_moves_the_report_for_a_writer_only(client, verb, status, leads_to):
    report = a_report(status, **(OVER if verb == "finalise" else {}))
    signed_in(client, Role.HEADTEACHER, report.academy)
    refused = client.post(at(verb, report.pk)).status_code
    signed_in(client, Role.QA_LEAD, report.trust)

    answer = client.post(at(verb, report.pk))
    report.refresh_from_db()

    assert refused == 403
    assert answer.status_code == 302
    assert report.status == leads_to


def test_send_to_qa_is_refused_from_elsewhere(client):
    report = a_report(S.FACTUAL_ACCURACY)
    signed_in(client, Role.QA_LEAD, report.trust)

    assert client.post(at("send_to_qa", report.pk)).status_code == 409


def test_return_to_draft_is_refused_from_draft(client):
    report = a_report()
    signed_in(client, Role.QA_LEAD, report.trust)

    assert client.post(at("return_to_draft", report.pk)).status_code == 409


def test_open_to_academy_says_until_when(client):
    report = a_report(S.INTERNAL_QA)
    signed_in(client, Role.QA_LEAD, report.trust)

    answer = client.post(at("open_to_academy", report.pk), follow=True)

    assert "can check the facts until 26 November 2025." in answer.content.decode()


def test_comment_is_sent_by_the_academy(client):
    report = a_report(S.FACTUAL_ACCURACY)
    statement = report.statements.get()
    user = signed_in(client, Role.HEADTEACHER, report.academy)

    shown = client.get(at("comment", statement.pk))
    empty = client.post(at("comment", statement.pk), {"text": ""})
    client.post(at("comment", statement.pk), {"text": "It was 27."})

    assert "What is not right?" in shown.content.decode()
    assert empty.status_code == 422
    assert FactualComment.objects.get().author == user.person


def test_comment_and_its_answer_say_what_the_statement_is_about_and_its_level(client):
    report = a_report(S.FACTUAL_ACCURACY)
    made = JudgementFactory.create(review=report.review)
    statement = ReportStatementFactory.create(
        report=report, part="JUDGEMENT", claim=None, judgement=made, level=made.level
    )
    of_claim = report.statements.exclude(pk=statement.pk).get()
    comment = FactualCommentFactory.create(statement=statement)

    signed_in(client, Role.HEADTEACHER, report.academy)
    asked = client.get(at("comment", statement.pk)).content.decode()
    of_one = client.get(at("comment", of_claim.pk)).content.decode()
    signed_in(client, Role.QA_LEAD, report.trust)
    answered = client.get(at("dispose", comment.pk)).content.decode()

    for page in (asked, answered):
        assert f"<strong>{made.area.name} as a whole</strong>" in page
        assert "Meets standard" in page
    assert f"<strong>{of_claim.claim.standard}</strong>" in of_one


def test_confirm_stands_on_the_page_and_lets_the_report_be_final(client):
    report = a_report(S.FACTUAL_ACCURACY)
    lead = signed_in(client, Role.QA_LEAD, report.trust)
    early = client.post(at("finalise", report.pk))
    waits = client.get(at("show", report.pk)).content.decode()
    by_the_lead = client.post(at("confirm", report.pk)).status_code
    user = signed_in(client, Role.HEADTEACHER, report.academy)
    offered = client.get(at("show", report.pk)).content.decode()

    client.post(at("confirm", report.pk))
    confirmed = client.get(at("show", report.pk)).content.decode()
    correcting = client.get(at("comment", report.statements.get().pk)).content.decode()
    client.force_login(lead)
    told = client.get(at("show", report.pk)).content.decode()
    client.post(at("finalise", report.pk))
    report.refresh_from_db()

    assert early.status_code == 409
    assert "The academy has until 26 November 2025 to check the facts." in waits
    assert by_the_lead == 403
    assert "Confirm the facts" in offered
    assert "You confirmed the facts on Wednesday 19 November 2025" in confirmed
    assert "takes the confirmation back" in correcting
    assert "Confirmed by the academy on Wednesday 19 November 2025" in told
    assert (report.status, report.confirmed_by) == (S.FINAL, user.person)


def test_confirm_is_refused_once_the_time_is_over(client):
    report = a_report(S.FACTUAL_ACCURACY, **OVER)
    signed_in(client, Role.HEADTEACHER, report.academy)

    assert client.post(at("confirm", report.pk)).status_code == 409


def test_dispose_answers_a_comment_and_changes_the_words(client):
    report = a_report(S.FACTUAL_ACCURACY)
    comment = FactualCommentFactory.create(statement=report.statements.get())
    signed_in(client, Role.QA_LEAD, report.trust)

    shown = client.get(at("dispose", comment.pk))
    empty = client.post(at("dispose", comment.pk), {"reason": ""})
    client.post(
        at("dispose", comment.pk),
        {
            "disposition": "PARTLY",
            "reason": "Checked.",
            "new_text": "Now right.",
            "base_revision": opened(client, at("dispose", comment.pk)),
        },
    )
    comment.refresh_from_db()

    assert "Most pupils catch up." in shown.content.decode()
    assert empty.status_code == 422
    assert comment.disposition == "PARTLY"
    assert ReportStatement.objects.get().text == "Now right."


def test_dispose_asks_for_the_words_that_accepting_changes(client):
    report = a_report(S.FACTUAL_ACCURACY)
    comment = FactualCommentFactory.create(statement=report.statements.get())
    signed_in(client, Role.QA_LEAD, report.trust)
    typed = {"disposition": "ACCEPTED", "reason": "Checked.", "new_text": "Most pupils catch up."}

    answer = client.post(at("dispose", comment.pk), typed)
    comment.refresh_from_db()

    assert answer.status_code == 409
    assert "The statement still reads as before." in answer.content.decode()
    assert comment.disposition == ""


def test_finalise_waits_for_answers(client):
    report = a_report(S.FACTUAL_ACCURACY)
    FactualCommentFactory.create(statement=report.statements.get())
    signed_in(client, Role.QA_LEAD, report.trust)

    answer = client.post(at("finalise", report.pk))

    assert answer.status_code == 409
    assert "1 comment has no answer" in answer.content.decode()


def test_supersede_asks_which_later_report(client):
    report = a_report(S.FINAL, final=True)
    later = a_report(S.FINAL, final=True, finalised_at=LATER, review__academy=report.academy)
    signed_in(client, Role.QA_LEAD, report.trust)

    shown = client.get(at("supersede", report.pk))
    empty = client.post(at("supersede", report.pk), {"later": ""})
    client.post(at("supersede", report.pk), {"later": later.pk})
    report.refresh_from_db()

    assert later.title in shown.content.decode()
    assert empty.status_code == 422
    assert (report.status, report.replaced_by) == (S.SUPERSEDED, later)


def test_supersede_of_a_draft_says_why_not(client):
    report = a_report()
    signed_in(client, Role.QA_LEAD, report.trust)

    shown = client.get(at("supersede", report.pk))

    assert shown.status_code == 200
    assert "This report is a draft" in shown.content.decode()
