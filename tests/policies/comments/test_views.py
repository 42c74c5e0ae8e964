import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    PolicyCommentFactory,
    PolicyVersionFactory,
    StandardFactory,
    TrustFactory,
    person,
)
from tests.policies.writing import a_draft
from trigpoint.people.roles import Role
from trigpoint.policies.comments import rules
from trigpoint.policies.models import PolicyComment

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    """A version in consultation until 16 October, on the first day of the month."""
    _, version, _ = a_draft(in_consultation=True, number=2)
    with time_machine.travel(dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC), tick=False):
        yield version


def url(verb, row):
    return reverse(f"policies:comments-{verb}", args=[row.pk])


def sign_in(client, role, version):
    user = person(role, at=version.trust)
    client.force_login(user)
    return user


def test_comment_is_kept_with_what_it_is_about(client, version):
    staff = sign_in(client, Role.STAFF, version)
    standard = version.standards.get()

    page = client.get(f"{url('comment', version)}?about={standard.pk}").content.decode()
    for _ in range(2):
        answer = client.post(
            url("comment", version), {"about": standard.pk, "text": "What is clear?"}
        )

    made = PolicyComment.objects.get()
    assert answer.url == url("index", version)
    assert (made.about, made.author, made.standard) == ("T1 Clear", staff.person, standard)
    assert "Only those who write the policy see your name" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": "DRAFT"}, "404"),
        ({"consult_until": dt.date(2026, 9, 30)}, "until 30 September 2026"),
        ({"status": "WITHDRAWN", "withdrawn_because": "No."}, "404"),
    ],
)
def test_comment_is_refused_when_there_is_no_consultation(client, version, changes, words):
    sign_in(client, Role.STAFF, version)
    type(version).objects.filter(pk=version.pk).update(**changes)

    answer = client.post(url("comment", version), {"text": "Late."})

    assert words in answer.content.decode() or words == str(answer.status_code)
    assert not PolicyComment.objects.exists()


def test_comment_takes_no_standard_of_another_version(client, version):
    sign_in(client, Role.STAFF, version)
    foreign = StandardFactory.create()

    answer = client.post(url("comment", version), {"about": foreign.pk, "text": "Mine."})

    assert answer.status_code == 422


def test_index_names_authors_to_those_who_write_the_policy(client, version):
    made = PolicyCommentFactory.create(version=version, author__name="Ines Okafor")

    for role, seen in ((Role.QA_LEAD, True), (Role.TRUSTEE, False), (Role.STAFF, False)):
        sign_in(client, role, version)
        page = client.get(url("index", version)).content.decode()
        assert made.text in page
        assert ("Ines Okafor" in page) == seen


def test_index_narrows_and_says_so_when_empty(client, version):
    sign_in(client, Role.STAFF, version)
    PolicyCommentFactory.create(version=version, text="Waiting words")

    waiting = client.get(f"{url('index', version)}?show=waiting").content.decode()
    mine = client.get(f"{url('index', version)}?show=mine").content.decode()

    assert "Waiting words" in waiting
    assert "Waiting words" not in mine
    assert "No comments here" in mine


def test_index_costs_the_same_however_many(client, version, assert_flat):
    sign_in(client, Role.QA_LEAD, version)

    assert_flat(
        url("index", version),
        add_row=lambda: PolicyCommentFactory.create(version=version),
        at_most=8,
    )


def test_answer_says_what_was_done_and_two_who_answer_see_both(client, version):
    lead = sign_in(client, Role.QA_LEAD, version)
    comment = PolicyCommentFactory.create(version=version)
    opened = client.get(url("answer", comment)).context["form"]["base_revision"].value()
    said = {"disposition": "ACCEPTED", "answer": "Reworded.", "base_revision": opened}

    client.post(url("answer", comment), said)
    other = client.post(url("answer", comment), said | {"answer": "Not reworded."})

    comment.refresh_from_db()
    assert (comment.disposition, comment.answer) == ("ACCEPTED", "Reworded.")
    assert comment.answered_by == lead.person
    assert other.status_code == 409
    assert "Not reworded." in other.content.decode()


def test_answer_is_not_for_everybody_and_ends_with_approval(client, version):
    comment = PolicyCommentFactory.create(version=version)
    sign_in(client, Role.HEADTEACHER, version)
    assert client.get(url("answer", comment)).status_code == 403

    sign_in(client, Role.QA_LEAD, version)
    type(version).objects.filter(pk=version.pk).update(
        status="WITHDRAWN", withdrawn_because="The Act changed."
    )
    answer = client.post(url("answer", comment), {"disposition": "DECLINED", "answer": "No."})
    assert answer.status_code == 409


def test_withdraw_takes_back_one_s_own_until_it_is_answered(client, version):
    staff = sign_in(client, Role.STAFF, version)
    own = PolicyCommentFactory.create(version=version, author=staff.person)
    other = PolicyCommentFactory.create(version=version)
    answered = PolicyCommentFactory.create(
        version=version,
        author=staff.person,
        disposition="DECLINED",
        answer="No.",
        answered_by=staff.person,
        answered_at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC),
    )

    codes = [client.post(url("withdraw", it)).status_code for it in (own, other, answered)]

    assert codes == [302, 409, 409]
    assert set(PolicyComment.objects.all()) == {other, answered}


@pytest.mark.parametrize("role", Role)
def test_view_rule_and_list_agree(role):
    academy = AcademyFactory.create()
    for trust in (academy.trust, TrustFactory.create()):
        coming = PolicyVersionFactory.create(policy__trust=trust, in_consultation=True)
        draft = PolicyVersionFactory.create(policy__trust=trust)
        for version in (coming, draft):
            PolicyCommentFactory.create(version=version)

    for place in (academy, academy.trust):
        viewer = person(role, at=place)
        listed = set(PolicyComment.objects.visible_to(viewer))
        assert listed == {it for it in PolicyComment.objects.all() if rules.may_view(viewer, it)}
        assert len(listed) == (2 if role in {Role.QA_LEAD, Role.ADMINISTRATOR} else 1)


def test_index_stays_open_when_the_version_is_a_draft_again(client, version):
    made = PolicyCommentFactory.create(version=version, text="Too many look-fors")
    type(version).objects.filter(pk=version.pk).update(status="DRAFT")
    sign_in(client, Role.STAFF, version)

    page = client.get(url("index", version)).content.decode()

    assert made.text in page
    assert "Read the version" not in page
    never = PolicyVersionFactory.create(
        policy__trust=version.trust, status="WITHDRAWN", withdrawn_because="Too soon."
    )
    assert client.get(url("index", never)).status_code == 404


def test_answer_tells_whoever_made_the_comment(client, version):
    sign_in(client, Role.QA_LEAD, version)
    comment = PolicyCommentFactory.create(version=version)
    opened = client.get(url("answer", comment)).context["form"]["base_revision"].value()

    client.post(
        url("answer", comment),
        {"disposition": "ACCEPTED", "answer": "Yes.", "base_revision": opened},
    )

    assert "has been answered" in comment.author.notices.get().sentence
