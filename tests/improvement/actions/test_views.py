import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    ActionFactory,
    EvidenceRecordFactory,
    FindingFactory,
    ImpactCheckFactory,
    LookForFactory,
    LookForMarkFactory,
    PostFactory,
    ReviewFactory,
    ThemeFactory,
    person,
)
from trigpoint.improvement.models import Action
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
NEW_DATES = {"due_on": "2026-03-20", "check_due_on": "2026-06-20"}


@pytest.fixture(autouse=True)
def february():
    with time_machine.travel(dt.datetime(2026, 2, 10, 9, tzinfo=dt.UTC)):
        yield


def signed_in(client, role, at):
    user = person(role, at=at)
    client.force_login(user)
    return user


def test_show_leads_to_the_finding_for_those_who_may_read_it(client):
    action = ActionFactory.create(finding=FindingFactory.create(published=True))
    finding = reverse("judgements:findings-show", args=[action.finding_id])
    page = reverse("improvement:actions-show", args=[action.pk])
    signed_in(client, Role.HEADTEACHER, action.academy)

    assert finding in client.get(page).content.decode()

    owner = person(Role.STAFF, at=action.academy)
    Action.objects.update(owner=owner.person)
    client.force_login(owner)

    assert finding not in client.get(page).content.decode()


def test_index_costs_the_same_for_any_number_of_actions(client, assert_flat):
    review = ReviewFactory.create()
    signed_in(client, Role.QA_LEAD, review.trust)

    assert_flat(
        reverse("improvement:actions-index"),
        add_row=lambda: ImpactCheckFactory.create(
            action__finding=FindingFactory.create(review=review, published=True)
        ),
        at_most=12,
    )


@pytest.mark.parametrize(
    ("show", "titles"),
    [
        ("", {"Late", "Waiting", "Fine"}),
        ("open", {"Late", "Fine"}),
        ("stuck", {"Late"}),
        ("check", {"Waiting"}),
        ("mine", set()),
    ],
)
def test_index_narrows_to_what_was_chosen(client, show, titles):
    finding = FindingFactory.create(published=True)
    ActionFactory.create(finding=finding, title="Late")
    ActionFactory.create(finding=finding, title="Waiting", done=True)
    ActionFactory.create(finding=finding, title="Fine", due_on=dt.date(2026, 4, 1))
    signed_in(client, Role.QA_LEAD, finding.trust)

    answer = client.get(reverse("improvement:actions-index"), {"show": show})

    assert {row["action"].title for row in answer.context["rows"]} == titles


def test_index_counts_what_each_choice_would_show_of_one_academy(client):
    here = FindingFactory.create(published=True)
    there = FindingFactory.create(published=True, review__academy__trust=here.trust)
    ActionFactory.create(finding=here)
    ActionFactory.create(finding=here, done=True)
    ActionFactory.create(finding=there)
    signed_in(client, Role.QA_LEAD, here.trust)

    answer = client.get(
        reverse("improvement:actions-index"),
        {"academy": str(here.academy_id), "show": "late", "page": "1"},
    )

    assert {label: number for _, label, number in answer.context["choices"]} == {
        "All": 2,
        "Open": 1,
        "Stuck": 1,
        "Awaiting impact check": 1,
        "Mine": 0,
        "Past their date": 1,
    }
    page = answer.content.decode()
    assert f'href="?academy={here.academy_id}&amp;show=stuck"' in page
    assert '<input type="hidden" name="show" value="late">' in page  # kept by the other filters


def test_index_counts_the_way_from_finding_to_improvement(client):
    finding = FindingFactory.create(published=True)
    FindingFactory.create(published=True, review=finding.review)
    ActionFactory.create(finding=finding)
    ActionFactory.create(finding=finding, done=True)
    signed_in(client, Role.QA_LEAD, finding.trust)

    funnel = client.get(reverse("improvement:actions-index")).context["funnel"]

    assert (funnel.findings, funnel.with_action, funnel.noted_only) == (2, 1, 1)
    assert (funnel.done, funnel.waiting, funnel.worked, funnel.late) == (1, 1, 0, 1)


def test_every_figure_of_the_path_leads_to_what_it_counts(client):
    """Each link's page lists as many rows as the figure in front of it says."""
    finding = FindingFactory.create(published=True)
    FindingFactory.create(published=True, review=finding.review)
    FindingFactory.create(published=True, review=finding.review)
    ActionFactory.create(finding=finding, due_on=dt.date(2026, 4, 1))
    ActionFactory.create(finding=finding)
    ActionFactory.create(finding=finding, done=True)
    tried = ActionFactory.create(finding=finding, done=True)
    ImpactCheckFactory.create(action=tried, outcome="NOT_YET")
    signed_in(client, Role.QA_LEAD, finding.trust)

    funnel = client.get(reverse("improvement:actions-index")).content.decode()
    funnel = funnel.split("tp-funnel")[1].split("</ol>")[0]
    links = re.findall(r'<a href="([^"]+)"[^>]*>\s*(?:<b>)?(\d+)', funnel)

    assert len(links) == 10
    for url, figure in links:
        shown = client.get(url).context["page_obj"].paginator.count
        assert shown == int(figure), url


def test_asking_lists_the_findings_behind_one_priority(client):
    theme = ThemeFactory.create()
    review = ReviewFactory.create(academy__trust=theme.trust)
    wanted, worked, other = (
        FindingFactory.create(published=True, review=review, theme=at)
        for at in (theme, theme, None)
    )
    ActionFactory.create(
        finding=worked, done=True, status="CLOSED", outcome="WORKED", closed_on=dt.date(2026, 2, 1)
    )
    ActionFactory.create(finding=other)
    signed_in(client, Role.QA_LEAD, theme.trust)

    answer = client.get(
        reverse("improvement:actions-asking"),
        {"academy": str(review.academy_id), "theme": str(theme.pk)},
    )

    assert list(answer.context["page_obj"]) == [wanted]
    assert f"Only {wanted.academy.name}, “{theme.name}”" in " ".join(
        answer.content.decode().split()
    )


def test_index_narrows_to_one_academy_and_area(client):
    finding = FindingFactory.create(published=True)
    wanted = ActionFactory.create(finding=finding)
    sibling = ReviewFactory.create(academy__trust=finding.trust)
    ActionFactory.create(finding=FindingFactory.create(published=True, review=sibling))
    signed_in(client, Role.QA_LEAD, finding.trust)

    answer = client.get(
        reverse("improvement:actions-index"),
        {"academy": str(finding.academy_id), "area": finding.area.lineage},
    )

    assert [row["action"] for row in answer.context["rows"]] == [wanted]


def test_index_says_what_to_do_when_there_is_nothing(client):
    signed_in(client, Role.QA_LEAD, AcademyFactory.create().trust)

    answer = client.get(reverse("improvement:actions-index"))

    assert "Actions are added from a finding" in answer.content.decode()


def test_show_tells_done_and_worked_apart(client):
    action = ActionFactory.create(done=True)
    ImpactCheckFactory.create(
        action=action, outcome="PARTLY", seen_after_count=4, looked_after_count=9
    )
    signed_in(client, Role.HEADTEACHER, action.academy)

    answer = client.get(reverse("improvement:actions-show", args=[action.pk])).content.decode()

    assert "Done 30 Jan" in answer
    assert "seen 4 of 9" in answer


def test_show_is_not_found_for_a_stranger(client):
    action = ActionFactory.create()
    signed_in(client, Role.QA_LEAD, AcademyFactory.create().trust)

    assert client.get(reverse("improvement:actions-show", args=[action.pk])).status_code == 404


def test_raise_action_offers_owners_of_the_academy_only(client):
    finding = FindingFactory.create(published=True)
    here = PostFactory.create(academy=finding.academy).person
    PostFactory.create(academy=AcademyFactory.create(trust=finding.trust))
    signed_in(client, Role.HEADTEACHER, finding.academy)

    answer = client.get(reverse("improvement:actions-raise_action", args=[finding.pk]))

    assert list(answer.context["form"].fields["owner"].queryset) == [here]


def test_raise_action_adds_it_and_shows_it(client):
    finding = FindingFactory.create(published=True)
    owner = PostFactory.create(academy=finding.academy).person
    signed_in(client, Role.HEADTEACHER, finding.academy)
    asked = {"title": "Daily check", "success_criterion": "Seen.", "owner": str(owner.pk)}

    answer = client.post(
        reverse("improvement:actions-raise_action", args=[finding.pk]), asked | NEW_DATES
    )

    action = Action.objects.get()
    assert answer.url == reverse("improvement:actions-show", args=[action.pk])
    assert action.owner == owner


def test_raise_action_asks_again_for_what_is_missing(client):
    finding = FindingFactory.create(published=True)
    signed_in(client, Role.HEADTEACHER, finding.academy)

    answer = client.post(
        reverse("improvement:actions-raise_action", args=[finding.pk]), {"title": ""}
    )

    assert answer.status_code == 422
    assert not Action.objects.exists()


def test_start_takes_it_in_hand(client):
    action = ActionFactory.create()
    signed_in(client, Role.HEADTEACHER, action.academy)

    client.post(reverse("improvement:actions-start", args=[action.pk]))

    assert Action.objects.get().status == "IN_HAND"


def test_finish_asks_what_was_done(client):
    action = ActionFactory.create()
    signed_in(client, Role.HEADTEACHER, action.academy)
    url = reverse("improvement:actions-finish", args=[action.pk])

    assert client.get(url).status_code == 200
    assert client.post(url, {"words": " "}).status_code == 422
    assert client.post(url, {"words": "Taught to all staff."}).status_code == 302
    assert Action.objects.get().progress == "Taught to all staff."


def test_check_counts_the_same_look_for_before_and_since(client):
    look_for = LookForFactory.create()
    action = ActionFactory.create(done=True, look_for=look_for)
    for day, seen in ((20, "NOT_SEEN"), (21, "SEEN")):
        record = EvidenceRecordFactory.create(
            review=action.finding.review,
            submitted=True,
            observed_at=dt.datetime(2025, 11, day, 9, tzinfo=dt.UTC),
        )
        LookForMarkFactory.create(record=record, look_for=look_for, seen=seen)
    later = EvidenceRecordFactory.create(
        review=action.finding.review,
        submitted=True,
        observed_at=dt.datetime(2026, 2, 5, 9, tzinfo=dt.UTC),
    )
    LookForMarkFactory.create(record=later, look_for=look_for)
    lead = signed_in(client, Role.QA_LEAD, action.trust)
    draft = EvidenceRecordFactory.create(review=action.finding.review, author=lead.person)
    LookForMarkFactory.create(record=draft, look_for=look_for)  # a figure counts nobody's draft

    initial = client.get(reverse("improvement:actions-check", args=[action.pk])).context["form"]

    assert [initial[name].initial for name in ("seen_before_count", "looked_before_count")] == [
        1,
        2,
    ]
    assert [initial[name].initial for name in ("seen_after_count", "looked_after_count")] == [1, 1]


def test_check_closes_what_worked(client):
    action = ActionFactory.create(done=True)
    signed_in(client, Role.QA_LEAD, action.trust)
    url = reverse("improvement:actions-check", args=[action.pk])

    assert client.post(url, {"outcome": ""}).status_code == 422
    client.post(url, {"outcome": "WORKED", "words": "Seen in seven of eight."})

    assert Action.objects.get().status == "CLOSED"


def test_reopen_gives_new_dates(client):
    action = ActionFactory.create(done=True)
    signed_in(client, Role.HEADTEACHER, action.academy)
    url = reverse("improvement:actions-reopen", args=[action.pk])

    assert client.get(url).status_code == 200
    client.post(url, {"because": "New staff joined."} | NEW_DATES)

    assert Action.objects.get().due_on == dt.date(2026, 3, 20)


def test_for_finding_is_a_piece_for_the_findings_page(client):
    action = ActionFactory.create()
    signed_in(client, Role.HEADTEACHER, action.academy)
    url = reverse("improvement:actions-for_finding", args=[action.finding_id])

    piece = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert action.title in piece
    assert "<html" not in piece


def test_for_review_lists_actions_and_findings_without_one(client):
    action = ActionFactory.create()
    unanswered = FindingFactory.create(review=action.finding.review, published=True)
    signed_in(client, Role.HEADTEACHER, action.academy)

    answer = client.get(
        reverse("improvement:actions-for_review", args=[action.finding.review_id])
    ).content.decode()

    assert action.title in answer
    assert unanswered.title in answer
