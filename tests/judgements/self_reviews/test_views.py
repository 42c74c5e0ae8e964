"""An academy's own view of itself, from beginning it to reading it beside the trust's."""

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    AreaFactory,
    CadenceRuleFactory,
    CitationFactory,
    ClaimFactory,
    InstrumentVersionFactory,
    JudgementFactory,
    LevelFactory,
    PolicyVersionFactory,
    ReviewFactory,
    ScaleFactory,
    StandardFactory,
    TermFactory,
    person,
)
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.judgements.models import Claim, Judgement
from trigpoint.people.roles import Role
from trigpoint.policies.models import Area, Level
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 11, 20, 10, 0, tzinfo=dt.UTC)
RANKS = dict(zip("ESMAU", range(1, 6), strict=True))


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture(name="academy")
def _academy():
    """An academy in its autumn term."""
    return TermFactory.create(academy__name="Thornmere").academy


@pytest.fixture(name="standard")
def _standard(academy):
    """A standard of the policy in force."""
    version = PolicyVersionFactory.create(policy__trust=academy.trust, in_force=True, number=3)
    return StandardFactory.create(area__version=version, code="T1", title="Checking")


@pytest.fixture(name="head")
def _head(client, academy):
    user = person(Role.HEADTEACHER, at=academy)
    client.force_login(user)
    return user


def level(version, mark):
    known = Level.objects.filter(scale__version=version, letter=mark).first()
    return known or LevelFactory.create(scale__version=version, rank=RANKS[mark])


def judged(academy, standard, mark, **more):
    """Judge a standard in a review of its own; by the trust unless it says SELF."""
    own = more.get("perspective") == "SELF"
    review = more.pop("review", None) or ReviewFactory.create(
        academy=academy, policy_version=standard.version, kind="SELF" if own else "TRUST",
        status="CLOSED", closed_on=dt.date(2025, 11, 19),
    )  # fmt: skip
    return JudgementFactory.create(
        review=review,
        area=standard.area,
        standard=standard,
        level=level(standard.version, mark),
        **more,
    )


def at(name, *args):
    return reverse(f"judgements:self_reviews-{name}", args=[arg.pk for arg in args])


def text(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def see(client, review):
    """Write down one record in a review, without scripts, and hand it in."""
    record_id = uuid4()
    capture = reverse("evidence:entries-capture", args=[record_id])
    typed = {
        "title": "Year 4 lesson",
        "observed_at": "2025-11-20T09:40",
        "new.kind": "WWW",
        "new.text": "Gaps are closed within a week.",
    }
    client.post(f"{capture}?review={review.pk}&kind=LESSON_VISIT", typed | {"finish": "1"})
    client.post(reverse("evidence:entries-submit", args=[record_id]))
    return EvidenceRecord.objects.get(pk=record_id)


def claim_and_judge(client, review, standard, record):
    """Propose a claim, cite the record, sign the claim off and judge the standard."""
    strong = level(standard.version, "S").pk
    claims = "judgements:claims"
    said = {"statement": "Gaps are closed quickly.", "standard": standard.pk}
    client.post(reverse(f"{claims}-propose", args=[review.pk]), said)
    claim = Claim.objects.get(review=review)
    cited = {"stance": "SUPPORTS", "note": record.notes.get().pk, "names_checked": "on"}
    client.post(reverse(f"{claims}-cite", args=[claim.pk, record.pk]), cited)
    client.post(reverse(f"{claims}-set_level", args=[claim.pk]), {"level": strong})
    client.post(reverse(f"{claims}-agree", args=[claim.pk]))
    why = {"level": strong, "rationale": "Most catch up in a week."}
    judge = reverse("judgements:levels-judge", args=[review.pk])
    client.post(judge, {"place": f"standard:{standard.pk}", **why})


def test_a_head_carries_out_a_self_review_and_reads_it_beside_the_trusts(
    client, head, academy, standard
):
    judged(academy, standard, "M")
    InstrumentVersionFactory.create(instrument__trust=academy.trust)

    assert "Begin a self-review" in text(client, at("show", academy))
    shown = client.get(at("begin", academy))
    said = {"areas": [standard.area_id], "finish_by": "2025-12-19"}
    begun = client.post(at("begin", academy), said)
    review = Review.objects.get(kind="SELF")
    to_claim = text(client, at("show", academy))
    record = see(client, review)
    claim_and_judge(client, review, standard, record)
    before, finish = text(client, at("show", academy)), text(client, at("finish", review))
    finished = client.post(at("finish", review))
    after = text(client, at("show", academy))

    made = Judgement.objects.get(review=review)
    assert shown.context["form"].initial["finish_by"] == dt.date(2025, 12, 19)
    assert begun.url == finished.url == at("show", academy)
    assert (record.status, record.review) == ("SUBMITTED", review)
    assert (made.perspective, made.stands_from) == ("SELF", NOW.date())
    assert "Make a claim" in to_claim
    assert "Provisional" in before
    assert "Will stand" in finish
    for words in (
        "One level higher than the trust’s",
        "Most catch up in a week.",
        reverse("judgements:levels-show", args=[made.pk]),
        "Refresh it",
    ):
        assert words in after


def test_show_tells_standards_apart_and_counts_them(client, head, academy, standard):
    same, open_still, old = (
        StandardFactory.create(area=standard.area, code=code) for code in ("T2", "T3", "T4")
    )
    judged(academy, standard, "S", perspective="SELF")
    judged(academy, standard, "A")
    judged(academy, same, "M", perspective="SELF")
    judged(academy, same, "M")
    judged(academy, old, "M", perspective="SELF", made_on=dt.date(2025, 5, 1))

    everything = client.get(at("show", academy))
    differ = text(client, f"{at('show', academy)}?show=differ")
    unjudged = text(client, f"{at('show', academy)}?show=unjudged")
    aged = text(client, f"{at('show', academy)}?show=old")

    assert everything.context["choices"] == [
        ("", "All", 5),
        ("differ", "Differ", 1),
        ("unjudged", "Not judged", 2),
        ("old", "Older than a term", 1),
    ]
    assert "Two levels higher than the trust’s" in differ
    assert [str(it) in differ for it in (standard, same, open_still, old)] == [True, *[False] * 3]
    assert [str(it) in unjudged for it in (standard, same, open_still)] == [False, False, True]
    assert "as a whole" in unjudged
    assert [str(it) in aged for it in (standard, old)] == [False, True]


def test_show_reads_the_latest_of_each_view(client, head, academy, standard):
    judged(academy, standard, "U", perspective="SELF", made_on=dt.date(2025, 10, 1))
    judged(academy, standard, "S", perspective="SELF", made_on=dt.date(2025, 11, 1))
    judged(academy, standard, "E", made_on=dt.date(2025, 10, 1))
    judged(academy, standard, "M", perspective="EXTERNAL", made_on=dt.date(2025, 11, 2))
    judged(AcademyFactory.create(trust=academy.trust), standard, "U", made_on=NOW.date())

    shown = text(client, at("show", academy))

    assert "One level higher than the trust’s" in shown
    assert "from outside the trust" in shown
    assert "Urgent" not in shown


def test_show_compares_nothing_across_a_changed_meaning(client, head, academy, standard):
    before = PolicyVersionFactory.create(
        policy=standard.version.policy, trust=academy.trust, number=2, status="SUPERSEDED",
        effective_on=dt.date(2024, 9, 1), superseded_on=dt.date(2025, 9, 1),
        approved_on=dt.date(2024, 7, 1), approved_by=standard.version.approved_by,
        review_due_on=dt.date(2025, 9, 1),
    )  # fmt: skip
    same = StandardFactory.create(
        area=AreaFactory.create(version=before, lineage=standard.area.lineage),
        lineage=standard.lineage,
    )
    standard.meaning_changed = "Now also asks about homework."
    standard.save()
    judged(academy, same, "S", perspective="SELF", made_on=dt.date(2025, 3, 1))
    judged(academy, standard, "M")

    shown = text(client, at("show", academy))

    assert "Not compared" in shown
    assert "The meaning changed between the two: Now also asks about homework." in shown
    assert "higher than" not in shown


def test_show_says_when_the_next_one_is_due_and_why(client, head, academy, standard):
    without = text(client, at("show", academy))
    rule = CadenceRuleFactory.create(
        version=standard.version, review_kind="SELF", every="TERM", months=None
    )
    termly = text(client, at("show", academy))
    rule.every, rule.months = "MONTHS", 12
    rule.save()
    yearly = text(client, at("show", academy))
    own = {"academy": academy, "policy_version": standard.version, "kind": "SELF"}
    ReviewFactory.create(**own, looked_on=dt.date(2025, 11, 3))
    looked = text(client, at("show", academy))

    assert "The policy in force asks for no self-review." in without
    assert "asks for a self-review every term, by this academy’s own terms." in termly
    assert "not every term. You can refresh it more often." in yearly
    assert "last look 3 November 2025" in looked
    assert "3 November 2026" in looked


def test_show_keeps_what_is_provisional_to_those_who_judge(client, academy, standard):
    head, deputy = (person(Role.HEADTEACHER, at=academy) for _ in range(2))
    running = ReviewFactory.create(
        academy=academy,
        policy_version=standard.version,
        kind="SELF",
        status="FIELDWORK",
        lead=head.person,
        areas=[standard.area],
    )
    ClaimFactory.create(review=running, standard=standard, agreed=True)
    judged(academy, standard, "U", review=running, perspective="SELF", provisional=True)
    seen = {}
    for user in (head, deputy, person(Role.TRUSTEE, at=academy)):
        client.force_login(user)
        seen[user.pk] = text(client, at("show", academy))

    mine, deputys, trustees = seen.values()
    assert "Provisional" in mine
    assert "#judge" in mine
    assert [["Provisional" in it, "#judge" in it] for it in (deputys, trustees)] == [
        [False, False]
    ] * 2


def test_show_names_nobody_to_governors_and_gives_them_no_reasons(client, academy, standard):
    running = ReviewFactory.create(
        academy=academy, policy_version=standard.version, kind="SELF", status="FIELDWORK"
    )
    made = judged(academy, standard, "S", perspective="SELF")
    client.force_login(person(Role.TRUSTEE, at=academy))

    shown = text(client, at("show", academy))

    assert reverse("judgements:levels-show", args=[made.pk]) in shown
    for words in (made.rationale, made.made_by.name, running.lead.name, running.title, "Begin"):
        assert words not in shown


def test_show_marks_what_was_not_looked_at_again(client, head, academy, standard):
    other = StandardFactory.create(area=standard.area, code="T2")
    judged(academy, standard, "S", perspective="SELF", made_on=dt.date(2025, 10, 1))
    latest = ReviewFactory.create(
        academy=academy,
        policy_version=standard.version,
        kind="SELF",
        title="Self-review, half term",
        looked_on=dt.date(2025, 11, 20),
    )
    judged(academy, other, "M", perspective="SELF", review=latest)

    shown = text(client, at("show", academy))

    assert shown.count("Not looked at again in “Self-review, half term”") == 1


def test_show_says_so_without_a_policy(client, head, academy):
    assert "No policy in force" in text(client, at("show", academy))


def test_show_is_not_there_for_another_academys_head(client, academy, standard):
    client.force_login(person(Role.HEADTEACHER, at=AcademyFactory.create(trust=academy.trust)))
    review = ReviewFactory.create(academy=academy, kind="SELF", status="FIELDWORK")

    for url in (at("show", academy), at("begin", academy), at("for_review", review),
                at("finish", review), at("call_off", review)):  # fmt: skip
        assert client.get(url).status_code == 404
    assert client.post(at("finish", review)).status_code == 404


def test_the_qa_lead_sees_it_and_a_reviewer_only_reads(client, academy, standard):
    judged(academy, standard, "S", perspective="SELF")
    client.force_login(person(Role.QA_LEAD, at=academy.trust))
    qa_lead = text(client, at("show", academy))
    overview = text(client, reverse("insight:overviews-academy", args=[academy.pk]))
    client.force_login(person(Role.REVIEWER, at=academy.trust))
    reviewer = text(client, at("show", academy))

    assert "Most teaching checks understanding." in qa_lead
    assert "Refresh it" in qa_lead
    assert at("show", academy) in overview
    assert "Most teaching checks understanding." in reviewer
    assert "Refresh it" not in reviewer
    assert client.get(at("begin", academy)).status_code == 403


def test_show_costs_the_same_however_long_it_is(head, academy, standard, assert_flat):
    CadenceRuleFactory.create(version=standard.version, review_kind="SELF")
    ReviewFactory.create(
        academy=academy,
        policy_version=standard.version,
        kind="SELF",
        lead=head.person,
        status="FIELDWORK",
    )
    before = ReviewFactory.create(academy=academy, policy_version__number=2)
    before.policy_version.status = "SUPERSEDED"
    before.policy_version.superseded_on = dt.date(2025, 10, 1)
    before.policy_version.save()
    JudgementFactory.create(review=before)  # of another version: meanings are looked up too

    def add_row():
        more = StandardFactory.create(area__version=standard.version)
        judged(academy, more, "S", perspective="SELF")
        judged(academy, more, "M")

    assert_flat(at("show", academy), add_row=add_row, at_most=12)


def test_begin_says_why_not_and_keeps_what_was_typed(client, head, academy, standard):
    own = {"academy": academy, "policy_version": standard.version, "kind": "SELF"}
    ReviewFactory.create(**own, status="FIELDWORK", title="Ours")
    said = {"areas": [standard.area_id], "finish_by": "2025-12-19"}

    shown = text(client, at("begin", academy))
    empty = client.post(at("begin", academy), {})
    refused = client.post(at("begin", academy), said)

    assert "“Ours”, led by" in shown
    assert (empty.status_code, refused.status_code) == (422, 409)
    assert Review.objects.filter(kind="SELF").count() == 1


def test_begin_offers_what_is_planned(client, head, academy, standard):
    planned = ReviewFactory.create(
        academy=academy, kind="SELF", policy_version=standard.version, areas=[standard.area]
    )
    StandardFactory.create(area__version=standard.version)

    shown = client.get(at("begin", academy))
    said = {"areas": [standard.area_id], "finish_by": "2025-12-19"}
    client.post(at("begin", academy), said)

    planned.refresh_from_db()
    assert shown.context["form"].initial["areas"] == [standard.area_id]
    assert f"takes up “{planned.title}”" in " ".join(shown.content.decode().split())
    assert (planned.status, planned.lead) == ("FIELDWORK", head.person)


def test_judging_again_starts_from_what_was_judged_last_time(client, head, academy, standard):
    before = judged(academy, standard, "A", perspective="SELF", rationale="Only some catch up.")
    review = ReviewFactory.create(
        academy=academy,
        policy_version=standard.version,
        kind="SELF",
        status="FIELDWORK",
        lead=head.person,
    )
    ClaimFactory.create(review=review, standard=standard, agreed=True)
    url = reverse("judgements:levels-judge", args=[review.pk])

    shown = text(client, f"{url}?place=standard:{standard.pk}")
    form = client.get(f"{url}?place=standard:{standard.pk}").context["form"]
    said = {"place": f"standard:{standard.pk}", "level": before.level_id}
    answer = client.post(
        f"{url}?place=standard:{standard.pk}",
        {**said, "rationale": "Most do now.", "base_revision": form["base_revision"].value()},
    )

    assert reverse("judgements:levels-show", args=[before.pk]) in shown
    assert (form["rationale"].value(), form["level"].value()) == (
        "Only some catch up.",
        before.level_id,
    )
    assert answer.status_code == 302
    assert Judgement.objects.get(review=review).rationale == "Most do now."


def test_a_trust_review_starts_from_nobodys_earlier_words(client, academy, standard):
    client.force_login(person(Role.QA_LEAD, at=academy.trust))
    judged(academy, standard, "A", perspective="SELF", rationale="Only some catch up.")
    review = ReviewFactory.create(
        academy=academy, policy_version=standard.version, status="FIELDWORK"
    )
    ClaimFactory.create(review=review, standard=standard, agreed=True)
    url = reverse("judgements:levels-judge", args=[review.pk])

    assert "Only some catch up." not in text(client, f"{url}?place=standard:{standard.pk}")


def test_finish_says_what_waits_and_what_is_kept(client, head, academy, standard):
    judged(academy, standard, "S", perspective="SELF", made_on=dt.date(2025, 10, 1))
    review = ReviewFactory.create(
        academy=academy, policy_version=standard.version, kind="SELF", status="FIELDWORK"
    )
    CitationFactory.create(claim__review=review, claim__number=3, stance="CONTRADICTS")

    shown = text(client, at("finish", review))
    refused = client.post(at("finish", review))

    assert "Not looked at again, and kept with its date" in shown
    assert "Claim 3 has a contradiction that nobody answered" in shown
    assert refused.status_code == 409


def test_call_off_asks_for_the_reason(client, head, academy):
    review = ReviewFactory.create(academy=academy, kind="SELF", status="FIELDWORK")

    assert "Nothing judged in it will stand" in text(client, at("call_off", review))
    assert client.post(at("call_off", review), {}).status_code == 422
    done = client.post(at("call_off", review), {"because": "The hall flooded."})
    again = client.post(at("call_off", review), {"because": "The hall flooded."})

    review.refresh_from_db()
    assert (done.url, review.status) == (at("show", academy), "CANCELLED")
    assert again.status_code == 409


def test_for_review_leads_reviewers_to_the_schools_own_view(client, academy, standard):
    review = ReviewFactory.create(academy=academy, policy_version=standard.version)
    ReviewFactory.create(
        academy=academy, kind="SELF", title="Self-review, spring", looked_on=dt.date(2025, 3, 3)
    )
    client.force_login(person(Role.REVIEWER, at=academy))
    shown = text(client, at("for_review", review))
    page = text(client, reverse("reviews:reviews-show", args=[review.pk]))
    client.force_login(person(Role.REVIEWER, at=review))
    guest = text(client, at("for_review", review))

    assert "The school finished “Self-review, spring” on 3 Mar" in shown
    assert at("show", academy) in shown
    assert at("for_review", review) in page
    assert "Your role is for this review alone" in guest
    assert at("show", academy) not in guest


def test_the_page_of_a_self_review_leads_its_head_to_finishing_it(client, head, academy):
    review = ReviewFactory.create(academy=academy, kind="SELF", status="FIELDWORK")

    page = text(client, reverse("reviews:reviews-show", args=[review.pk]))
    panel = text(client, at("for_review", review))

    assert "Start corroborating" not in page
    assert at("finish", review) in panel
    assert at("call_off", review) in panel


def test_show_sets_what_is_judged_in_words_side_by_side_for_those_who_read_it(
    client, head, academy, standard
):
    words = ScaleFactory.create(version=standard.version, in_words=True)
    Area.objects.filter(pk=standard.area_id).update(scale=words)
    for perspective, said in (("SELF", "We know each pupil."), ("TRUST", "Pupils are known.")):
        its = judged(academy, standard, "M", perspective=perspective, rationale=said)
        Judgement.objects.filter(pk=its.pk).update(level=words.levels.get())
    trusts = Judgement.objects.get(perspective="TRUST")

    own = text(client, at("show", academy))
    client.force_login(person(Role.TRUSTEE, at=academy.trust))
    seen = text(client, at("show", academy))

    for said in ("We know each pupil.", "Pupils are known."):
        assert (said in own, said in seen) == (True, False)
    assert "Both in words: read them side by side" in own
    assert "side by side" not in seen
    assert f'href="{reverse("judgements:levels-show", args=[trusts.pk])}">Read the trust’s' in seen
