import datetime as dt

import pytest

from tests.factories import PolicyCommentFactory, SectionFactory, StandardFactory, person
from tests.policies.writing import a_draft
from trigpoint.people.roles import Role
from trigpoint.policies.comments import operations
from trigpoint.policies.comments.operations import Subject
from trigpoint.policies.models import PolicyComment
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
ON, AT = dt.date(2026, 10, 1), dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)


def comment(version, by, subject=None, text="Why?"):
    return operations.comment(
        version=version, subject=subject or Subject(), text=text, by=by, at=AT, on=ON
    )


def test_comment_about_a_section_keeps_its_title_when_the_section_goes():
    lead, version, _ = a_draft(in_consultation=True)
    section = SectionFactory.create(version=version, title="Purpose")

    made = comment(version, lead, Subject(section=section))
    section.delete()

    made.refresh_from_db()
    assert (made.about, made.section) == ("Purpose", None)


def test_comment_is_about_its_own_version():
    lead, version, _ = a_draft(in_consultation=True)

    with pytest.raises(ValueError, match="a part of the version"):
        comment(version, lead, Subject(standard=StandardFactory.create()))


def test_comment_of_somebody_else_is_another_comment():
    lead, version, _ = a_draft(in_consultation=True)

    comment(version, lead)
    comment(version, lead)
    comment(version, person(Role.STAFF, at=version.trust))

    assert PolicyComment.objects.count() == 2


def test_withdraw_keeps_the_words_in_the_version_s_history():
    lead, version, _ = a_draft(in_consultation=True)
    made = comment(version, lead, text="Too long.")

    operations.withdraw(comment=made, by=lead)

    assert HistoryEntry.objects.get(verb="comment withdrawn").detail["text"] == "Too long."
    with pytest.raises(Refused, match="taken back a moment ago"):
        operations.withdraw(comment=made, by=lead)


def test_answer_is_for_those_who_write_the_policy():
    _, version, _ = a_draft(in_consultation=True)
    made = PolicyCommentFactory.create(version=version)

    with pytest.raises(Refused, match="Only a trust QA lead"):
        operations.answer(
            comment=made,
            disposition="ACCEPTED",
            answer="Yes.",
            base_revision="",
            by=person(Role.HEADTEACHER, at=version.trust),
            at=AT,
        )
