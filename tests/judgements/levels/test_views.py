import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import (
    CitationFactory,
    ClaimFactory,
    JudgementFactory,
    LevelFactory,
    PersonFactory,
    PolicyVersionFactory,
    PostFactory,
    ReviewFactory,
    ScaleFactory,
    StandardFactory,
    person,
)
from trigpoint.judgements.models import Judgement
from trigpoint.people.roles import Role
from trigpoint.policies.models import Level
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory.create(status=Review.Status.CORROBORATING)


@pytest.fixture
def lead(client, review):
    user = person(Role.QA_LEAD, at=review.trust)
    client.force_login(user)
    return user


@pytest.fixture
def standard(review):
    return StandardFactory.create(area__version=review.policy_version, lineage="checking")


@pytest.fixture
def level(review):
    return level_of(review)


def level_of(review):
    known = Level.objects.filter(scale__version=review.policy_version, rank=3).first()
    return known or LevelFactory.create(scale__version=review.policy_version)


def judged(review, standard, **more):
    area = standard.area
    return JudgementFactory.create(
        review=review, area=area, standard=standard, level=level_of(review), **more
    )


def at(name, *args):
    return reverse(f"judgements:levels-{name}", args=[arg.pk for arg in args])


def text(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_judge_makes_and_changes_a_judgement(client, lead, review, standard, level):
    ClaimFactory.create(review=review, standard=standard, agreed=True)
    ClaimFactory.create(review=review, standard=standard)
    said = {"place": f"standard:{standard.pk}", "level": level.pk, "rationale": "Most catch up."}

    shown = text(client, at("judge", review))
    assert "1 signed off" in shown
    assert "Levels are provisional" in shown
    assert "1 open" in shown
    assert client.post(at("judge", review), {}).status_code == 422
    assert client.post(at("judge", review), said).status_code == 302
    client.post(at("judge", review), {**said, "place": f"area:{standard.area_id}"})

    assert Judgement.objects.filter(review=review).count() == 2
    again = text(client, f"{at('judge', review)}?place=standard:{standard.pk}")
    assert "Judge again" in again
    assert "Most catch up." in again


def test_judge_lists_what_has_no_level_yet_and_what_was_asked_for(
    client, lead, review, standard, level
):
    other = StandardFactory.create(area=standard.area)
    for one in (standard, other):
        ClaimFactory.create(review=review, standard=one, agreed=True)
    judged(review, standard, provisional=True)
    option = '<option value="standard:{}"'

    listed = text(client, at("judge", review))
    again = text(client, f"{at('judge', review)}?place=standard:{standard.pk}")

    assert option.format(other.pk) in listed
    assert option.format(standard.pk) not in listed
    assert "<select" not in again
    assert f'name="place" value="standard:{standard.pk}"' in again
    assert "Judge something else" in again


def test_judge_asks_first_what_is_judged_and_then_keeps_to_it(client, lead, review, standard):
    other = StandardFactory.create(area=standard.area, title="Books")
    for one in (standard, other):
        ClaimFactory.create(review=review, standard=one, agreed=True)
    level_of(review)
    judged(review, standard, provisional=True, rationale="Said of the one.")

    first = text(client, at("judge", review))
    chosen = text(client, f"{at('judge', review)}?place=standard:{other.pk}")

    assert "Go on" in first
    assert "Make the judgement" not in first
    assert "Said of the one." not in chosen
    assert f'name="place" value="standard:{other.pk}"' in chosen
    assert "Make the judgement" in chosen


def test_judge_says_when_all_is_judged(client, lead, review, standard):
    ClaimFactory.create(review=review, standard=standard, agreed=True)
    judged(review, standard, provisional=True)
    JudgementFactory.create(
        review=review, area=standard.area, level=level_of(review), provisional=True
    )

    shown = text(client, at("judge", review))

    assert "Everything that has a claim signed off is judged." in shown
    assert "Go on" not in shown
    assert shown.count("Change\n") == 2


def test_judge_refuses_a_level_for_what_is_judged_in_words(client, lead, review, level):
    standard = in_words(review)
    ClaimFactory.create(review=review, standard=standard, agreed=True)
    said = {"place": f"standard:{standard.pk}", "level": level.pk, "rationale": "All catch up."}

    answer = client.post(at("judge", review), said)

    assert answer.status_code == 409
    assert "is judged in words, so it takes no level. Say what was found." in (
        answer.content.decode()
    )
    assert "All catch up.</textarea>" in answer.content.decode()
    assert not Judgement.objects.exists()


def test_judge_takes_no_reasons_that_name_a_member_of_staff(client, lead, review, standard, level):
    ClaimFactory.create(review=review, standard=standard, agreed=True)
    teacher = PersonFactory.create(trust=review.trust, name="Tom Ludlam")
    PostFactory.create(academy=review.academy, person=teacher)
    place = f"standard:{standard.pk}"
    said = {"place": place, "level": level.pk, "rationale": "Mr Ludlam reads daily."}

    answer = client.post(at("judge", review), said)

    assert answer.status_code == 409
    assert "Take out: Tom Ludlam. Say what was seen, or name the role." in answer.content.decode()
    assert "Mr Ludlam reads daily.</textarea>" in answer.content.decode()
    assert not Judgement.objects.exists()


def test_judge_says_what_to_do_without_claims(client, lead, review):
    assert "Nothing to judge yet" in text(client, at("judge", review))


def test_judge_offers_nothing_that_is_not_signed_off(client, lead, review, standard):
    ClaimFactory.create(review=review, standard=standard)

    assert "Sign a claim off first" in text(client, at("judge", review))


def test_judge_is_read_by_the_academy_and_refused(client, review, standard, level):
    client.force_login(person(Role.HEADTEACHER, at=review.academy))
    ClaimFactory.create(review=review, standard=standard, standing=True)
    said = {"place": f"standard:{standard.pk}", "level": level.pk, "rationale": "Most catch up."}

    assert "Only the review" in text(client, at("judge", review))
    answer = client.post(at("judge", review), said)

    assert answer.status_code == 409
    assert "Most catch up.</textarea>" in answer.content.decode()


def test_judge_shows_both_when_somebody_judged_first(client, lead, review, standard, level):
    ClaimFactory.create(review=review, standard=standard, agreed=True)
    said = {"place": f"standard:{standard.pk}", "level": level.pk, "rationale": "Mine."}
    opened = client.get(at("judge", review), said).context["form"]["base_revision"].value()
    judged(review, standard, provisional=True, rationale="Theirs.")

    refused = client.post(at("judge", review), said | {"base_revision": opened})
    kept = Judgement.objects.get(review=review).rationale
    opened = refused.context["form"]["base_revision"].value()
    again = client.post(at("judge", review), said | {"base_revision": opened})

    assert (refused.status_code, again.status_code) == (409, 302)
    assert "Theirs." in refused.content.decode()
    assert kept == "Theirs."
    assert Judgement.objects.get(review=review).rationale == "Mine."


def test_show_explains_the_level_to_those_who_read_claims(client, lead, review, standard):
    claim = ClaimFactory.create(review=review, standard=standard, agreed=True)
    claim.level = level_of(review)
    claim.save()
    CitationFactory.create(claim=claim)
    against = CitationFactory.create(
        claim=claim,
        stance="CONTRADICTS",
        answer_kind="OUTWEIGHED",
        answer="Six to one.",
        answered_by=lead.person,
        answered_at=dt.datetime(2025, 11, 13, tzinfo=dt.UTC),
        excerpt="Two had not moved.",
    )
    judgement = judged(review, standard, valid_until=dt.date(2026, 11, 13))

    shown = text(client, at("show", judgement))

    for words in (
        claim.statement,
        "1 for, 1 against",
        "Six to one.",
        against.excerpt,
        judgement.made_by.name,
        "3 kinds of source",
        "Lesson visit",
    ):
        assert words in shown


@pytest.mark.parametrize("place", ["trust", "academy"])
def test_show_names_nobody_to_trustees_and_quotes_no_evidence(client, review, standard, place):
    claim = ClaimFactory.create(review=review, standard=standard, agreed=True)
    cited = CitationFactory.create(claim=claim, excerpt="A sentence of evidence.")
    judgement = judged(review, standard)
    client.force_login(
        person(Role.TRUSTEE, at=review.trust if place == "trust" else review.academy)
    )

    shown = text(client, at("show", judgement))

    assert "Meets standard" in shown
    assert "by the review’s team" in shown
    for words in (
        judgement.made_by.name,
        cited.record.author.name,
        cited.excerpt,
        claim.statement,
        judgement.rationale,  # nobody has looked for names in it before the report
        review.lead.name,
    ):
        assert words not in shown


def test_show_follows_a_place_through_policy_versions(client, lead, review, standard):
    before = ReviewFactory.create(
        academy=review.academy,
        kind=Review.Kind.SELF,
        policy_version=PolicyVersionFactory.create(
            policy=review.policy_version.policy, trust=review.trust
        ),
    )
    same = StandardFactory.create(
        area__version=before.policy_version, area__lineage=standard.area.lineage, lineage="checking"
    )
    older = judged(before, same, perspective="SELF", made_on=dt.date(2024, 11, 1))
    older_trust = judged(
        ReviewFactory.create(academy=review.academy, policy_version=before.policy_version),
        same,
        made_on=dt.date(2024, 12, 1),
    )
    latest = judged(review, standard)
    JudgementFactory.create(review=review, area=standard.area, level=level_of(review))

    shown = text(client, at("show", latest))
    past = text(client, at("show", older_trust))

    assert at("show", older) in shown
    assert at("show", older_trust) in shown
    assert "A later judgement stands" not in shown
    assert "A later judgement stands" in past


def test_show_marks_where_the_meaning_changed(client, lead, review, standard):
    version = review.policy_version
    before = PolicyVersionFactory.create(
        policy=version.policy,
        in_force=True,
        status="SUPERSEDED",
        superseded_on=dt.date(2025, 9, 1),
        number=version.number - 1,
    )
    same = StandardFactory.create(
        area__version=before, area__lineage=standard.area.lineage, lineage=standard.lineage
    )
    earlier = ReviewFactory.create(academy=review.academy, policy_version=before)
    judged(earlier, same, made_on=dt.date(2024, 12, 1))
    latest = judged(review, standard)

    assert 'class="break"' not in text(client, at("show", latest))
    type(standard).objects.filter(pk=standard.pk).update(meaning_changed="The bar rose.")
    shown = text(client, at("show", latest))

    assert 'class="break"' in shown
    assert "meaning changed" in shown


def test_show_a_whole_area(client, lead, review, standard):
    judgement = JudgementFactory.create(review=review, area=standard.area, level=level_of(review))

    assert standard.area.name in text(client, at("show", judgement))


def test_show_says_that_a_level_is_provisional_and_compares_what_stands(
    client, lead, review, standard
):
    before = ReviewFactory.create(academy=review.academy, policy_version=review.policy_version)
    stood = judged(before, standard, made_on=dt.date(2025, 3, 1))
    judgement = judged(review, standard, provisional=True)

    shown = text(client, at("show", judgement))

    assert "Provisional until the report is final" in shown
    assert "only those who judge here see it" in shown
    assert at("show", stood) in shown
    assert "Provisional" not in text(client, at("show", stood))
    assert at("show", judgement) not in text(client, at("show", stood))


def test_show_a_provisional_level_where_nothing_stands(client, lead, review, standard):
    assert "No level stands here yet" in text(
        client, at("show", judged(review, standard, provisional=True))
    )


def test_judge_tells_the_academy_that_levels_are_not_out_yet(client, review, standard):
    ClaimFactory.create(review=review, standard=standard, agreed=True)
    judgement = judged(review, standard, provisional=True)
    client.force_login(person(Role.HEADTEACHER, at=review.academy))

    before = text(client, at("judge", review))
    Judgement.objects.filter(pk=judgement.pk).update(stands_from=judgement.made_on)
    after = text(client, at("judge", review))

    assert "Not out yet" in before
    assert judgement.level.label not in before
    assert "Not out yet" not in after
    assert at("show", judgement) in after


def test_show_stays_cheap(client, lead, review, standard, assert_flat):
    judgement = judged(review, standard)

    def add_row():
        claim = ClaimFactory.create(review=review, standard=standard, agreed=True)
        CitationFactory.create(claim=claim)

    assert_flat(at("show", judgement), add_row=add_row, at_most=12)


def test_for_standard_shows_the_latest_of_each_academy(client, lead, review, standard):
    judged(review, standard, made_on=dt.date(2024, 1, 1))
    newer = judged(
        ReviewFactory.create(academy=review.academy, policy_version=review.policy_version),
        standard,
        made_on=dt.date(2025, 1, 1),
    )
    elsewhere = judged(ReviewFactory.create(), standard)

    shown = text(client, at("for_standard", standard))

    assert at("show", newer) in shown
    assert shown.count(review.academy.name) == 1
    assert at("show", elsewhere) not in shown


def test_for_standard_says_when_nobody_was_judged(client, lead, standard):
    assert "No academy you work with" in text(client, at("for_standard", standard))


def in_words(review):
    words = ScaleFactory.create(version=review.policy_version, in_words=True)
    return StandardFactory.create(area__version=review.policy_version, area__scale=words)


def test_judge_in_words_asks_for_no_level_and_shows_none(client, lead, review):
    standard = in_words(review)
    ClaimFactory.create(review=review, standard=standard, agreed=True)
    place = f"standard:{standard.pk}"

    asked = text(client, f"{at('judge', review)}?place={place}")
    assert "Which level?" not in asked
    assert "What was found?" in asked
    assert client.post(at("judge", review), {"place": place, "rationale": "All catch up."})

    made = Judgement.objects.get(review=review)
    assert made.level.tone == "words"
    assert "In words" in text(client, at("show", made))


def test_judge_offers_the_levels_of_each_scale_and_takes_only_the_areas_own(
    client, lead, review, standard
):
    other = ScaleFactory.create(version=review.policy_version, code="YN", name="Met or not")
    safe = StandardFactory.create(area__version=review.policy_version, area__scale=other)
    for one in (standard, safe):
        ClaimFactory.create(review=review, standard=one, agreed=True)
    level_of_other = other.levels.get(rank=1)
    said = {"place": f"standard:{standard.pk}", "rationale": "Most catch up."}

    first = text(client, at("judge", review))
    assert "Which level?" not in first
    chosen = text(client, f"{at('judge', review)}?place=standard:{safe.pk}")
    assert "on the scale “Met or not”" in chosen
    assert "Five levels" not in chosen
    refused = client.post(at("judge", review), said | {"level": level_of_other.pk})
    assert refused.status_code == 422
    assert "is judged on “Five levels”: choose one of its levels" in refused.content.decode()
    assert not Judgement.objects.filter(review=review).exists()
