import pytest
from django.urls import reverse

from tests.factories import (
    AreaFactory,
    ClaimFactory,
    EvidenceRecordFactory,
    FindingFactory,
    PersonFactory,
    ReviewFactory,
    TeamFactory,
    ThemeFactory,
    person,
)
from trigpoint.judgements.models import Finding
from trigpoint.people.roles import Role
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory.create(status=Review.Status.REPORTING)


@pytest.fixture
def lead(client, review):
    user = person(Role.QA_LEAD, at=review.trust)
    client.force_login(user)
    return user


def at(name, *args):
    return reverse(f"judgements:findings-{name}", args=[arg.pk for arg in args])


def text(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_index_narrows_by_each_filter(client, lead, review):
    theme = ThemeFactory.create(trust=review.trust)
    area = AreaFactory.create(version=review.policy_version)
    wanted = FindingFactory.create(
        review=review, kind="STRENGTH", scope="TRUST", theme=theme, area=area, title="Wanted"
    )
    FindingFactory.create(review__academy__trust=review.trust, title="Other one")

    for query in (
        "kind=STRENGTH",
        "scope=TRUST",
        f"area={area.lineage}",
        f"academy={wanted.academy_id}",
        f"theme={theme.pk}",
    ):
        shown = text(client, f"{at('index')}?{query}")
        assert "Wanted" in shown, query
        assert "Other one" not in shown, query
    assert "Other one" in text(client, f"{at('index')}?academy=nonsense")
    assert "No findings here" in text(client, f"{at('index')}?kind=URGENT")


def test_index_costs_the_same_for_any_number_of_findings(client, lead, review, assert_flat):
    assert_flat(
        at("index"),
        add_row=lambda: FindingFactory.create(
            review__academy__trust=review.trust,
            theme=ThemeFactory.create(trust=review.trust),
            kind="GOOD_PRACTICE",
        ),
        at_most=10,
    )


def test_show_says_what_was_found_and_where_from(client, lead, review):
    claim = ClaimFactory.create(review=review, agreed=True)
    finding = FindingFactory.create(
        review=review,
        published=True,
        claim=claim,
        standard=claim.standard,
        detail="Two sentences.",
        theme=ThemeFactory.create(trust=review.trust),
    )

    shown = text(client, at("show", finding))

    for words in (finding.title, "Two sentences.", claim.statement, finding.raised_by.name):
        assert words in shown


def test_show_what_is_about_oneself_without_the_review_behind_it(client, review):
    teacher = person(Role.STAFF, at=review.academy)
    client.force_login(teacher)
    mine = FindingFactory.create(
        review=review,
        published=True,
        scope="INDIVIDUAL",
        person=teacher.person,
        claim=ClaimFactory.create(review=review, agreed=True),
    )
    waiting = FindingFactory.create(review=review, scope="INDIVIDUAL", person=teacher.person)

    shown = text(client, at("show", mine))

    assert mine.title in shown
    assert mine.raised_by.name not in shown
    assert mine.claim.statement not in shown
    assert client.get(at("show", waiting)).status_code == 404


def test_for_review_lists_its_findings(client, lead, review):
    team = TeamFactory.create(academy=review.academy)
    FindingFactory.create(review=review, kind="URGENT", scope="TEAM", team=team, title="Act now")
    FindingFactory.create(title="Elsewhere")

    shown = text(client, at("for_review", review))

    assert "Act now" in shown
    assert team.name in shown
    assert "Elsewhere" not in shown


def test_for_review_says_what_to_do_when_there_is_none(client, lead, review):
    assert "Raise a finding" in text(client, at("for_review", review))

    client.force_login(person(Role.HEADTEACHER, at=review.academy))
    assert "once the report is final" in text(client, at("for_review", review))


def test_raise_finding_about_somebody_who_was_observed(client, review):
    reviewer = person(Role.REVIEWER, at=review)
    client.force_login(reviewer)
    seen = PersonFactory.create(trust=review.trust, name="Tom Hale")
    PersonFactory.create(trust=review.trust, name="Nobody Saw")
    EvidenceRecordFactory.create(review=review, submitted=True, observed=seen)
    area = AreaFactory.create(version=review.policy_version)

    form = text(client, at("raise_finding", review))
    assert "Tom Hale" in form
    assert "Nobody Saw" not in form
    answer = client.post(
        at("raise_finding", review),
        {
            "kind": "STRENGTH",
            "title": "Questions reach every pupil",
            "area": area.pk,
            "scope": "INDIVIDUAL",
            "person": seen.pk,
            "theme": "Questioning",
        },
    )

    made = Finding.objects.get()
    assert answer.status_code == 302
    assert (made.person, made.theme.name, made.raised_by) == (seen, "Questioning", reviewer.person)


def test_raise_finding_takes_the_standard_from_its_claim(client, lead, review):
    claim = ClaimFactory.create(review=review, agreed=True)
    ThemeFactory.create(trust=review.trust, name="Vocabulary")

    assert "Vocabulary" in text(client, f"{at('raise_finding', review)}?claim={claim.pk}")
    client.post(
        at("raise_finding", review),
        {
            "kind": "STRENGTH",
            "title": "Catch-up works",
            "area": claim.standard.area_id,
            "claim": claim.pk,
            "scope": "ACADEMY",
        },
    )

    assert Finding.objects.get().standard == claim.standard
    assert client.post(at("raise_finding", review), {}).status_code == 422


def test_raise_finding_is_refused_to_the_academy(client, review):
    client.force_login(person(Role.HEADTEACHER, at=review.academy))

    area = AreaFactory.create(version=review.policy_version)
    typed = {"kind": "STRENGTH", "title": "Catch-up works", "area": area.pk, "scope": "ACADEMY"}

    answer = client.post(at("raise_finding", review), typed)

    assert answer.status_code == 409
    assert "Only the review" in answer.content.decode()
    assert "Catch-up works" in answer.content.decode()


def test_correct_asks_with_what_is_there_and_saves(client, lead, review):
    area = AreaFactory.create(version=review.policy_version)
    finding = FindingFactory.create(review=review, area=area, title="Books are late")
    page = client.get(at("correct", finding))
    form = page.context["form"]
    assert (form["title"].value(), form["area"].value()) == ("Books are late", area.pk)
    answers = {
        "kind": "STRENGTH", "title": "Books are marked", "area": area.pk, "scope": "ACADEMY",
        "base_revision": form["base_revision"].value(),
    }  # fmt: skip

    assert client.post(at("correct", finding), {**answers, "title": ""}).status_code == 422
    assert client.post(at("correct", finding), answers).status_code == 302
    beside = client.post(at("correct", finding), {**answers, "title": "Mine"})

    finding.refresh_from_db()
    assert (finding.title, beside.status_code) == ("Books are marked", 409)


def test_withdraw_asks_why_and_says_so_on_the_page(client, lead, review):
    finding = FindingFactory.create(review=review)
    assert at("withdraw", finding) in text(client, at("show", finding))

    assert client.post(at("withdraw", finding), {"because": ""}).status_code == 422
    assert client.post(at("withdraw", finding), {"because": "Seen once."}).status_code == 302

    shown = text(client, at("show", finding))
    assert "Withdrawn" in shown
    assert at("withdraw", finding) not in shown
    assert "withdrawn" in text(client, at("for_review", review))
