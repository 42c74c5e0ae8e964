import pytest

from trigpoint.reporting.models import FactualComment, Report

pytestmark = pytest.mark.django_db


def test_reports_stand_at_every_step(told):
    assert {"DRAFT", "INTERNAL_QA", "FACTUAL_ACCURACY", "FINAL"} == set(
        Report.objects.values_list("status", flat=True)
    )


def test_comments_were_answered_and_one_waits(told):
    assert FactualComment.objects.exclude(disposition="").exists()
    assert FactualComment.objects.filter(disposition="").count() == 1


def test_the_head_has_a_report_to_check(told):
    head = told.cast.parts["headteacher"]
    waiting = Report.objects.visible_to(head).filter(status=Report.Status.FACTUAL_ACCURACY)
    assert waiting.filter(comments_due_on__gte=told.today).exists()


def test_academies_confirmed_and_accepted_comments_changed_the_words(told):
    confirmed = Report.objects.filter(confirmed_at__isnull=False)
    accepted = FactualComment.objects.filter(disposition__in=["ACCEPTED", "PARTLY"])

    assert {report.status for report in confirmed} == {"FINAL"}
    assert not Report.objects.filter(comments__isnull=False, status="FINAL").difference(confirmed)
    assert accepted.exists()
    assert not accepted.filter(statement__is_reworded=False).exists()
