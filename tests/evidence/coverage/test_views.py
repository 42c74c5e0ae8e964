import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import strip_tags

from tests.factories import (
    ActivityFactory,
    EvidenceRecordFactory,
    LineOfEnquiryFactory,
    ReviewFactory,
    person,
)
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.instruments.models import ActivityKind
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
NINE = dt.datetime(2025, 11, 12, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def review(client):
    made = ReviewFactory.create()
    with time_machine.travel(NINE, tick=False):
        client.force_login(person(Role.REVIEWER, at=made.trust))
        yield made


def seen(line, kind=ActivityKind.LESSON_VISIT, **facts):
    EvidenceRecordFactory.create(
        **({"submitted": True} | facts), review=line.review, kind=kind
    ).lines.add(line)


def address(review):
    return reverse("evidence:coverage-show", args=[review.pk])


def cells(client, review):
    grid = client.get(address(review)).context["grid"]
    return [[(cell.state, cell.seen, cell.wanted) for cell in row.cells] for row in grid.rows]


def test_show_says_enough_part_booked_missing_and_not_needed(client, review):
    wanted = {"LESSON_VISIT": 2, "BOOK_SCRUTINY": 2, "STUDENT_VOICE": 1, "STAFF_VOICE": 1}
    full = LineOfEnquiryFactory.create(review=review, number=1, wanted=wanted)
    LineOfEnquiryFactory.create(review=review, number=2, wanted={"LESSON_VISIT": 1})
    seen(full)
    seen(full)
    seen(full, ActivityKind.BOOK_SCRUTINY)
    ActivityFactory.create(review=review, kind=ActivityKind.STAFF_VOICE).lines.add(full)

    assert cells(client, review) == [
        [("full", 2, 2), ("part", 1, 2), ("none", 0, 1), ("booked", 0, 1)],
        [("none", 0, 1), ("na", 0, None), ("na", 0, None), ("na", 0, None)],
    ]
    page = client.get(address(review)).content.decode()
    for words in ("enough", "not seen", "1 of 2"):
        assert words in page


def test_show_leaves_drafts_and_private_records_out(client, review):
    line = LineOfEnquiryFactory.create(review=review, wanted={"LESSON_VISIT": 1})
    seen(line, submitted=False)
    seen(line, is_private=True)

    assert cells(client, review) == [[("none", 0, 1)]]


def test_show_counts_a_pair_once_it_is_open_for_everybody_alike(client, review):
    """Half a pair would tell the other observer which lines the first one wrote to."""
    line = LineOfEnquiryFactory.create(review=review, wanted={"LESSON_VISIT": 2})
    one, other, third = (person(Role.QA_LEAD, at=review.trust) for _ in range(3))
    seen(line, author=one.person, blind_to=other.person)

    def figures():
        told = []
        for user in (one, other, third):
            client.force_login(user)
            told.append(cells(client, review))
            link = re.search(r'class="tp-plain"\s+href="([^"]+)"', client.get(address(review)).text)
            if link:
                found = client.get(link[1].replace("&amp;", "&")).context["records"]
                assert found.paginator.count == told[-1][0][0][1]
        return told

    waiting = figures()
    seen(line, author=other.person)
    EvidenceRecord.objects.update(blind_to=None)

    assert waiting == [[[("none", 0, 2)]]] * 3
    assert figures() == [[[("full", 2, 2)]]] * 3


def test_show_counts_what_nobody_asked_for(client, review):
    line = LineOfEnquiryFactory.create(review=review)
    seen(line, ActivityKind.STAFF_VOICE)

    assert cells(client, review) == [[("na", 1, None)]]
    page = strip_tags(client.get(address(review)).content.decode())
    assert "1 seen, none needed" in " ".join(page.split())


def test_show_leads_from_each_figure_to_its_records(client, review):
    line = LineOfEnquiryFactory.create(review=review, wanted={"LESSON_VISIT": 2})
    other = LineOfEnquiryFactory.create(review=review, wanted={"LESSON_VISIT": 2})
    for at, fields in ((line, {}), (line, {}), (other, {}), (line, {"is_private": True})):
        seen(at, **fields)
    seen(line, ActivityKind.STAFF_VOICE)

    page = client.get(address(review)).content.decode()

    links = re.findall(r'<a class="tp-plain"\s+href="([^"]+)">(\d+)', page)
    assert [int(figure) for _, figure in links] == [2, 1, 1]
    for url, figure in links:
        answer = client.get(url.replace("&amp;", "&"))
        assert answer.context["records"].paginator.count == int(figure)
        assert answer.context["chips"]


def test_show_as_a_panel_refreshes_itself(client, review):
    answer = client.get(address(review), headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert 'hx-trigger="every 30s"' in page
    assert "<html" not in page
    assert "Nothing to cover yet" in page


def test_show_costs_the_same_for_any_number_of_lines(client, review, assert_flat):
    assert_flat(
        address(review),
        add_row=lambda: seen(
            LineOfEnquiryFactory.create(review=review, wanted={"LESSON_VISIT": 1})
        ),
        at_most=12,
    )


def test_show_of_a_foreign_review_is_not_found(client, review):
    assert client.get(address(ReviewFactory.create())).status_code == 404
