import pytest

from trigpoint.evidence.models import EvidenceRecord, Survey
from trigpoint.evidence.surveys.queries import system_results
from trigpoint.evidence.surveys.rules import is_answering

pytestmark = pytest.mark.django_db


def test_a_closed_survey_of_pupils_shows_counts_and_hides_small_ones(told):
    survey = Survey.objects.get(status="CLOSED", group="STUDENTS")

    found = system_results(survey)

    assert survey.review == told.shown.review
    assert (found.count, found.is_shown) == (46, True)
    assert {it.any_hidden for it in found.questions} == {True, False}
    assert (len(found.words), len(found.held)) == (7, 1)


def test_a_survey_of_parents_still_takes_replies(told):
    survey = Survey.objects.get(group="PARENTS")

    assert is_answering(survey, on=told.today)
    assert survey.replies.count() == 23


def test_a_survey_of_staff_became_evidence(told):
    survey = Survey.objects.get(group="STAFF")

    record = EvidenceRecord.objects.get(survey=survey)
    assert (survey.status, record.kind, record.group_size) == ("RECORDED", "STAFF_VOICE", 38)
