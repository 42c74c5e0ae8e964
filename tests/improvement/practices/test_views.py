import pytest
from django.urls import reverse

from tests.factories import FindingFactory, GoodPracticeFactory, ThemeFactory, TrustFactory, person
from trigpoint.improvement.models import GoodPractice
from trigpoint.judgements.models import Finding
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
INDEX = "improvement:practices-index"


def signed_in(client, role, at):
    user = person(role, at=at)
    client.force_login(user)
    return user


def test_index_costs_the_same_for_any_number_of_practices(client, assert_flat):
    finding = FindingFactory.create(kind="STRENGTH", published=True)
    signed_in(client, Role.STAFF, finding.academy)

    assert_flat(
        reverse(INDEX),
        add_row=lambda: GoodPracticeFactory.create(
            academy=finding.academy, finding=finding, published=True
        ),
        at_most=10,
    )


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, {"Phonics club", "Calm corridors"}),
        ({"words": "phonics read"}, {"Phonics club"}),
        ({"standing": "waiting"}, {"Calm corridors"}),
        ({"standing": "confirmed"}, {"Phonics club"}),
        ({"area": "nowhere"}, set()),
    ],
)
def test_index_narrows_to_what_was_asked(client, asked, titles):
    practice = GoodPracticeFactory.create(title="Phonics club", published=True)
    GoodPracticeFactory.create(academy=practice.academy, title="Calm corridors")
    signed_in(client, Role.QA_LEAD, practice.trust)

    answer = client.get(reverse(INDEX), asked)

    assert {found.title for found in answer.context["page_obj"]} == titles


def test_index_finds_practice_by_its_theme_whatever_its_words(client):
    theme = ThemeFactory.create(name="Checking understanding")
    practice = GoodPracticeFactory.create(
        academy__trust=theme.trust, title="Cold calling", theme=theme, published=True
    )
    GoodPracticeFactory.create(academy=practice.academy, title="Phonics club", published=True)
    signed_in(client, Role.STAFF, practice.academy)

    answer = client.get(reverse(INDEX), {"theme": theme.pk})

    assert [found.title for found in answer.context["page_obj"]] == ["Cold calling"]


def test_index_shows_staff_only_what_is_shared(client):
    practice = GoodPracticeFactory.create()
    signed_in(client, Role.STAFF, practice.academy)

    assert practice.title not in client.get(reverse(INDEX)).content.decode()


def test_show_says_how_it_is_known(client):
    practice = GoodPracticeFactory.create(published=True)
    signed_in(client, Role.STAFF, practice.academy)

    answer = client.get(reverse("improvement:practices-show", args=[practice.pk]))

    assert "by somebody who did not nominate it" in answer.content.decode()


def test_show_is_not_found_in_another_trust(client):
    practice = GoodPracticeFactory.create(published=True)
    signed_in(client, Role.QA_LEAD, TrustFactory.create())

    answer = client.get(reverse("improvement:practices-show", args=[practice.pk]))

    assert answer.status_code == 404


def test_for_finding_is_where_a_strength_is_nominated_and_then_found(client):
    finding = FindingFactory.create(kind="STRENGTH", published=True)
    signed_in(client, Role.HEADTEACHER, finding.academy)
    panel = reverse("improvement:practices-for_finding", args=[finding.pk])
    nominate = reverse("improvement:practices-nominate", args=[finding.pk])
    page = reverse("judgements:findings-show", args=[finding.pk])

    assert panel in client.get(page).content.decode()
    assert nominate in client.get(panel, headers={"HX-Request": "true"}).content.decode()
    client.post(nominate, {"title": "Five words", "what_they_do": "One list a week."})
    piece = client.get(panel, headers={"HX-Request": "true"}).content.decode()

    practice = GoodPractice.objects.get()
    assert reverse("improvement:practices-show", args=[practice.pk]) in piece
    assert nominate not in piece
    assert "<html" not in piece


@pytest.mark.parametrize(
    ("role", "kind"), [(Role.HEADTEACHER, "DEVELOPMENT"), (Role.STAFF, "STRENGTH")]
)
def test_for_finding_is_offered_beside_a_strength_to_who_may_nominate(client, role, kind):
    finding = FindingFactory.create(kind=kind, published=True)
    user = signed_in(client, role, finding.academy)
    Finding.objects.update(scope="INDIVIDUAL", person=user.person)

    answer = client.get(reverse("judgements:findings-show", args=[finding.pk]))

    assert answer.status_code == 200
    panel = reverse("improvement:practices-for_finding", args=[finding.pk])
    assert panel not in answer.content.decode()


def test_nominate_puts_a_strength_forward(client):
    finding = FindingFactory.create(kind="STRENGTH", published=True)
    signed_in(client, Role.HEADTEACHER, finding.academy)
    url = reverse("improvement:practices-nominate", args=[finding.pk])

    assert client.get(url).context["form"].initial == {"title": finding.title}
    assert client.post(url, {"title": ""}).status_code == 422
    client.post(url, {"title": "Five words", "what_they_do": "One list a week."})

    assert GoodPractice.objects.get().status == "NOMINATED"


def test_confirm_is_a_second_reviewers_word(client):
    practice = GoodPracticeFactory.create()
    signed_in(client, Role.REVIEWER, practice.trust)
    url = reverse("improvement:practices-confirm", args=[practice.pk])

    assert client.get(url).status_code == 200
    client.post(url)

    assert GoodPractice.objects.get().status == "CONFIRMED"


def test_publish_refuses_in_words_before_it_is_confirmed(client):
    practice = GoodPracticeFactory.create()
    signed_in(client, Role.HEADTEACHER, practice.academy)
    url = reverse("improvement:practices-publish", args=[practice.pk])

    assert client.get(url).status_code == 200
    answer = client.post(url)

    assert answer.status_code == 409
    assert "A second reviewer must see it first" in answer.content.decode()


def test_publish_shares_it_with_the_trust(client):
    practice = GoodPracticeFactory.create(published=True)
    GoodPractice.objects.update(status="CONFIRMED", published_on=None, consented_by=None)
    signed_in(client, Role.HEADTEACHER, practice.academy)

    client.post(reverse("improvement:practices-publish", args=[practice.pk]))

    assert GoodPractice.objects.get().status == "PUBLISHED"
