"""What a report may do, and the names it may not hold."""

import itertools

import pytest

from tests.factories import (
    AcademyFactory,
    FactualCommentFactory,
    ReportFactory,
    grant,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.reporting.models import FactualComment, Report
from trigpoint.reporting.reports import rules

S = Report.Status
LEGAL = {  # written by hand: every move there is
    ("send_to_qa", S.DRAFT): S.INTERNAL_QA,
    ("return_to_draft", S.INTERNAL_QA): S.DRAFT,
    ("return_to_draft", S.FACTUAL_ACCURACY): S.DRAFT,
    ("open_to_academy", S.INTERNAL_QA): S.FACTUAL_ACCURACY,
    ("finalise", S.FACTUAL_ACCURACY): S.FINAL,
    ("supersede", S.FINAL): S.SUPERSEDED,
}
VERBS = ["send_to_qa", "return_to_draft", "open_to_academy", "finalise", "supersede"]


def in_status(status, **more):
    """Build a report in any status, legal in the table."""
    if status == S.SUPERSEDED:
        later = ReportFactory.create(review__academy=AcademyFactory.create(), final=True)
        more["replaced_by"] = later
    if status in {S.FINAL, S.SUPERSEDED}:
        return ReportFactory.create(**{"final": True, **more, "status": status})
    return ReportFactory.create(status=status, **more)


@pytest.mark.parametrize(("verb", "state"), list(itertools.product(VERBS, S)))
def test_only_legal_moves_are_allowed(verb, state):
    assert bool(rules.LIFECYCLE.may(verb, state)) == ((verb, state) in LEGAL)
    if (verb, state) in LEGAL:
        assert rules.LIFECYCLE.target(verb) == LEGAL[verb, state]


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", ["academy", "trust", "review"])
def test_visible_to_agrees_with_may_view(role, place):
    """The list and the rule are two spellings of one permission; they may never disagree."""
    home = AcademyFactory.create()
    academies = (home, AcademyFactory.create(trust=home.trust), AcademyFactory.create())
    reports = [in_status(s, review__academy=a) for a in academies for s in S]
    comments = [
        FactualCommentFactory.create(statement__report=it, statement__claim__review=it.review)
        for it in reports
    ]
    at = {"academy": home, "trust": home.trust, "review": reports[0].review}[place]
    user = person(role, at=at)
    if place == "review":
        for report in reports[1 : len(S)]:
            grant(user, role, at=report.review)

    listed = set(Report.objects.visible_to(user).filter(pk__in=[it.pk for it in reports]))
    heard = set(FactualComment.objects.visible_to(user))

    assert listed == {it for it in reports if rules.may_view(user, it)}
    assert heard == {it for it in comments if rules.may_view_comments(user, it.report)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "status", "seen"),
    [
        pytest.param(Role.REVIEWER, S.DRAFT, True, id="a writer sees the draft"),
        pytest.param(Role.HEADTEACHER, S.INTERNAL_QA, False, id="the head not before the check"),
        pytest.param(Role.HEADTEACHER, S.FACTUAL_ACCURACY, True, id="the head checks the facts"),
        pytest.param(Role.TRUSTEE, S.FACTUAL_ACCURACY, False, id="a trustee not before final"),
        pytest.param(Role.TRUSTEE, S.FINAL, True, id="a trustee reads the final one"),
        pytest.param(Role.STAFF, S.FINAL, False, id="staff have their own page"),
        pytest.param(Role.DPO, S.FINAL, False, id="the data-protection officer does not"),
    ],
)
def test_may_view_opens_step_by_step(role, status, seen):
    report = in_status(status)

    assert bool(rules.may_view(person(role, at=report.academy), report)) == seen


@pytest.mark.parametrize(
    ("disposition", "now", "kept"),
    [
        pytest.param("ACCEPTED", "It was 27.", True, id="accepted, and the words changed"),
        pytest.param("PARTLY", "It was  26. ", False, id="partly, but only spaces changed"),
        pytest.param("ACCEPTED", "", False, id="accepted, and nothing was written"),
        pytest.param("DECLINED", "It was 26.", True, id="declined: the words stay"),
    ],
)
def test_answer_is_kept_by_the_words(disposition, now, kept):
    verdict = rules.answer_is_kept(disposition, was="It was 26.", now=now)

    assert bool(verdict) == kept
    assert kept or "The statement still reads as before." in verdict.reason
