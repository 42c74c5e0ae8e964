import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    CitationFactory,
    ClaimFactory,
    EarlierVersionFactory,
    EvidenceRecordFactory,
    LevelFactory,
    LineOfEnquiryFactory,
    NoteFactory,
    ReviewFactory,
    StandardFactory,
    person,
)
from trigpoint.judgements.levels import operations as levels
from trigpoint.judgements.models import Citation, Claim
from trigpoint.people.roles import Role
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db
WORDS = "Pupils retrieve last week's words without help."


@pytest.fixture
def review():
    return ReviewFactory.create(status=Review.Status.CORROBORATING)


@pytest.fixture
def lead(client, review):
    user = person(Role.QA_LEAD, at=review.trust)
    client.force_login(user)
    return user


@pytest.fixture
def claim(review):
    line = LineOfEnquiryFactory.create(review=review, number=1)
    return ClaimFactory.create(review=review, line=line, number=102)


def record(review, **more):
    found = EvidenceRecordFactory.create(review=review, submitted=True, **more)
    NoteFactory.create(record=found, text=WORDS)
    return found


def contradiction(claim):
    return CitationFactory.create(claim=claim, stance="CONTRADICTS", record=record(claim.review))


def at(name, *args):
    return reverse(f"judgements:claims-{name}", args=[getattr(arg, "pk", arg) for arg in args])


def opened(client, url):
    """Return the revision that a form was opened at."""
    return client.get(url).context["form"]["base_revision"].value()


def text(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def test_index_weighs_the_claim_that_waits_for_an_answer(client, lead, review, claim):
    other = ClaimFactory.create(review=review, number=101)
    against = contradiction(claim)
    claim.strength_facts = {"records": 3, "kinds": 2, "observers": 1, "unanswered": 1}
    claim.save()

    shown = text(client, at("index", review))

    assert f"{against.record.reference} needs an answer before sign-off" in shown
    assert "1 unanswered" in shown
    assert "2 kinds of source" in shown
    assert "Would strengthen it" in shown
    assert other.statement in shown
    assert "disabled" in shown


def test_index_says_what_to_do_when_there_is_no_claim(client, lead, review):
    assert "Propose a claim" in text(client, at("index", review))


def test_index_shows_the_academy_what_stands_and_nothing_before(client, review, claim):
    client.force_login(person(Role.HEADTEACHER, at=review.academy))

    agreed = ClaimFactory.create(review=review, number=103, agreed=True)
    cited = CitationFactory.create(claim=agreed)

    before = text(client, at("index", review))
    assert "No claim to read yet" in before
    assert agreed.statement not in before
    levels.stand_for(review=review, on=dt.date(2025, 12, 3))
    shown = text(client, at("index", review))

    assert agreed.statement in shown
    assert cited.excerpt in shown
    assert claim.statement not in shown
    assert f"record={cited.record_id}" not in shown  # not shared: quoted, but not opened


def test_index_opens_a_record_and_offers_to_cite_it(client, lead, review, claim):
    found = record(review, group_described="6 pupils of Year 4", year_groups="Year 4")
    standard = StandardFactory.create(area__version=review.policy_version)
    found.standards.add(standard)

    shown = text(client, f"{at('index', review)}?claim={claim.pk}&record={found.pk}")

    assert "6 pupils of Year 4" in shown
    assert at("cite", claim, found) in shown
    assert standard.title in shown


def test_index_opens_a_cited_record_with_its_uses(client, lead, review, claim):
    cited = contradiction(claim)

    shown = text(client, f"{at('index', review)}?claim={claim.pk}&record={cited.record_id}")

    assert "Used in" in shown
    assert at("uncite", cited) in shown
    assert at("cite", claim, cited.record) not in shown


@pytest.mark.parametrize("asked", ["nonsense", "00000000-0000-0000-0000-000000000194"])
def test_index_ignores_a_record_it_cannot_show(client, lead, review, claim, asked):
    assert 'id="drawer"' not in text(client, f"{at('index', review)}?record={asked}")


def test_index_finds_evidence_by_words_kind_and_number(client, lead, review, claim):
    wanted = record(review, kind="BOOK_SCRUTINY", title="Books of Year 4", number=30)
    record(review, is_private=True, author=lead.person, title="Books kept private")
    NoteFactory.create(record=wanted, text="Handwriting improves.")
    EvidenceRecordFactory.create(review=review, title="Books in draft", author=lead.person)

    for words in ("books", "handwriting year", "E30", "30", "scrutiny", ""):
        shown = text(client, f"{at('index', review)}?claim={claim.pk}&find={words}")
        assert "1 record found" in shown, words
        assert "Books of Year 4" in shown
    assert "No submitted evidence" in text(client, f"{at('index', review)}?find=nowhere")


def test_index_answers_htmx_with_the_three_columns_alone(client, lead, review, claim):
    answer = client.get(
        at("index", review), headers={"HX-Request": "true", "HX-Target": "corroborate"}
    )

    assert answer.content.decode().lstrip().startswith("<div")


def test_index_costs_the_same_for_any_number_of_claims(client, lead, review, claim, assert_flat):
    def add_row():
        ClaimFactory.create(review=review)
        CitationFactory.create(claim=claim)

    assert_flat(f"{at('index', review)}?claim={claim.pk}", add_row=add_row, at_most=12)


def test_index_with_the_drawer_stays_cheap(client, lead, review, claim):
    cited = contradiction(claim)
    url = f"{at('index', review)}?claim={claim.pk}&record={cited.record_id}"
    client.get(url)

    with CaptureQueriesContext(connection) as queries:
        client.get(url)

    assert len(queries) <= 16


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        (Role.REVIEWER, "review", 200),
        (Role.HEADTEACHER, "academy", 404),
        (Role.TRUSTEE, "trust", 403),
        (Role.DPO, "trust", 403),
        (Role.STAFF, "academy", 403),
    ],
)
def test_show_answers_each_kind_of_person(client, review, claim, role, place, status):
    place = {"review": review, "academy": review.academy, "trust": review.trust}[place]
    client.force_login(person(role, at=place))

    assert client.get(at("show", claim)).status_code == status


def test_show_walks_back_to_the_evidence(client, lead, claim):
    cited = CitationFactory.create(claim=claim)

    shown = text(client, at("show", claim))

    assert cited.excerpt in shown
    assert "Weigh it" in shown


def test_show_leads_to_the_rules_of_strength_in_the_reviews_policy(client, lead, review, claim):
    client.force_login(lead)

    answer = client.get(reverse("judgements:claims-show", args=[claim.pk])).content.decode()

    where = f"{reverse('policies:versions-show')}?version={review.policy_version_id}#strength"
    assert f'href="{where}"' in answer


def test_show_an_agreed_claim_says_who_signed_it_off(client, lead, review):
    claim = ClaimFactory.create(
        review=review,
        agreed=True,
        level=LevelFactory.create(scale__version=review.policy_version),
    )

    shown = text(client, at("show", claim))

    assert f"Signed off by {claim.agreed_by.name}" in shown
    assert "Meets standard" in shown


def test_for_record_says_where_it_is_used(client, lead, claim):
    cited = contradiction(claim)

    shown = text(client, at("for_record", cited.record))

    assert "Claim 1.2" in shown
    assert "against" in shown
    assert (
        f'href="{reverse("judgements:claims-index", args=[claim.review_id])}"'
        in client.get(at("for_record", cited.record)).content.decode()
    )
    assert "No claim you may read" in text(client, at("for_record", record(claim.review)))


def test_propose_puts_a_claim_before_the_team(client, lead, review):
    standard = StandardFactory.create(area__version=review.policy_version)
    review.areas.add(standard.area)
    outside = StandardFactory.create(area__version=review.policy_version)

    form = text(client, at("propose", review))
    assert standard.title in form
    assert outside.title not in form
    answer = client.post(
        at("propose", review), {"statement": "They catch up.", "standard": standard.pk}
    )

    made = Claim.objects.get(statement="They catch up.")
    assert answer["Location"] == f"{at('index', review)}?claim={made.pk}"
    assert client.post(at("propose", review), {}).status_code == 422


def test_cite_takes_a_note_or_other_words(client, lead, claim):
    found = record(claim.review)
    url = at("cite", claim, found)

    assert WORDS.replace("'", "&#x27;") in text(client, url)
    note = found.notes.get()
    client.post(url, {"stance": "SUPPORTS", "note": note.pk})
    cited = Citation.objects.get(claim=claim)
    assert (cited.excerpt, cited.note) == (WORDS, note)
    client.post(url, {"stance": "CONTRADICTS", "note": "own", "excerpt": "without help"})
    cited.refresh_from_db()
    assert (cited.stance, cited.excerpt, cited.note) == ("CONTRADICTS", "without help", None)
    assert client.post(url, {"stance": "SUPPORTS", "note": "own"}).status_code == 422
    assert (
        client.post(url, {"stance": "SUPPORTS", "note": "own", "excerpt": "Never."}).status_code
        == 409
    )


def test_cite_asks_about_words_that_may_name_a_pupil(client, lead, claim):
    found = record(claim.review)
    note = NoteFactory.create(record=found, text="Amelia Jones reads aloud.")
    url, said = at("cite", claim, found), {"stance": "SUPPORTS", "note": note.pk}

    refused = client.post(url, said)
    again = client.post(url, {**said, "names_checked": "on"})

    assert (refused.status_code, again.status_code) == (409, 302)
    assert "These words look like names: Amelia Jones." in refused.content.decode()
    assert Citation.objects.get(claim=claim).excerpt == "Amelia Jones reads aloud."


def test_cite_trusts_the_author_who_checked_when_sharing(client, lead, claim):
    found = record(claim.review, names_checked=True)
    note = NoteFactory.create(record=found, text="Amelia Jones reads aloud.")
    url = at("cite", claim, found)

    assert "none of them names a pupil" not in text(client, url)
    assert client.post(url, {"stance": "SUPPORTS", "note": note.pk}).status_code == 302


def test_uncite_takes_it_away(client, lead, claim):
    cited = contradiction(claim)

    assert client.post(at("uncite", cited)).status_code == 302
    assert not Citation.objects.filter(pk=cited.pk).exists()


def test_answer_settles_a_contradiction(client, lead, claim):
    cited = contradiction(claim)

    assert cited.excerpt in text(client, at("answer", cited))
    assert client.post(at("answer", cited), {}).status_code == 422
    client.post(
        at("answer", cited),
        {
            "kind": "CHANGED",
            "words": "Older pupils differ.",
            "new_statement": "Most catch up.",
            "base_revision": opened(client, at("answer", cited)),
        },
    )

    claim.refresh_from_db()
    assert claim.statement == "Most catch up."


def test_reword_and_set_level_change_an_open_claim(client, lead, claim):
    level = LevelFactory.create(scale__version=claim.review.policy_version)

    assert claim.statement in text(client, at("reword", claim))
    seen = opened(client, at("reword", claim))
    client.post(
        at("reword", claim),
        {"statement": "Some catch up.", "because": "Clearer.", "base_revision": seen},
    )
    assert level.label in text(client, at("set_level", claim))
    client.post(at("set_level", claim), {"level": level.pk})

    claim.refresh_from_db()
    assert (claim.statement, claim.level) == ("Some catch up.", level)


def test_reword_shows_both_wordings_when_somebody_was_first(client, lead, claim):
    typed = {"statement": "Mine.", "because": "Clearer."}
    typed["base_revision"] = opened(client, at("reword", claim))
    Claim.objects.filter(pk=claim.pk).update(statement="Theirs.")

    refused = client.post(at("reword", claim), typed)

    assert refused.status_code == 409
    assert "Theirs." in refused.content.decode()
    assert "Mine.</textarea>" in refused.content.decode()
    claim.refresh_from_db()
    assert claim.statement == "Theirs."


def test_set_level_needs_a_level_and_reword_needs_words(client, lead, claim):
    assert client.post(at("set_level", claim), {}).status_code == 422
    assert client.post(at("reword", claim), {}).status_code == 422


def test_agree_refuses_with_the_record_to_answer(client, lead, claim):
    cited = contradiction(claim)

    unsupported = client.post(at("agree", claim))
    CitationFactory.create(claim=claim)
    answer = client.post(at("agree", claim))

    assert unsupported.status_code == 409
    assert f"Nothing supports claim {claim.reference} yet" in unsupported.content.decode()

    assert answer.status_code == 409
    assert f"{cited.record.reference} needs an answer" in answer.content.decode()


def test_agree_then_reopen_then_withdraw(client, lead, claim):
    claim.level = LevelFactory.create(scale__version=claim.review.policy_version)
    claim.save()
    CitationFactory.create(claim=claim)

    client.post(at("agree", claim))
    assert "Reopen" in text(client, at("index", claim.review))
    assert "Reopen" in text(client, at("reopen", claim))
    client.post(at("reopen", claim), {"because": "More was seen."})
    assert "Withdraw" in text(client, at("withdraw", claim))
    assert client.post(at("withdraw", claim), {}).status_code == 422
    client.post(at("withdraw", claim), {"because": "Doubtful."})

    claim.refresh_from_db()
    assert claim.status == Claim.Status.WITHDRAWN
    assert "Withdrawn" in text(client, at("index", claim.review))


def test_reopen_asks_why(client, lead, review):
    claim = ClaimFactory.create(review=review, agreed=True)

    assert client.post(at("reopen", claim), {}).status_code == 422


def test_withdraw_is_refused_to_a_reader(client, review):
    claim = ClaimFactory.create(review=review, standing=True)
    client.force_login(person(Role.HEADTEACHER, at=review.academy))

    assert client.post(at("withdraw", claim), {"because": "No."}).status_code == 409


# ── evidence that changes after it was cited ──────────────────────────────────────────────────


@pytest.fixture
def overtaken(claim):
    """A citation of words that its record does not hold any more."""
    citation = CitationFactory.create(claim=claim, record=record(claim.review), revision=2)
    EarlierVersionFactory.create(
        record=citation.record,
        revision=2,
        content={"title": "Reading", "notes": [{"text": "Ten."}]},
    )
    return citation


def test_index_says_that_cited_evidence_changed_and_shows_both(client, lead, claim, overtaken):
    drawer = f"{at('index', claim.review)}?claim={claim.pk}&record={overtaken.record_id}"

    shown = client.get(drawer).content.decode()

    assert "Changed on 12 Nov 2025, after it was cited." in shown
    assert "Evidence changed" in shown
    assert "When it was cited it said" in shown
    assert "Ten." in shown
    assert WORDS.replace("'", "&#x27;") in shown
    assert "Cite it again for claim" in " ".join(shown.split())


def test_show_says_that_the_evidence_of_an_agreed_claim_changed(client, lead, claim, overtaken):
    Claim.objects.filter(pk=claim.pk).update(
        status="AGREED", agreed_by=lead.person, agreed_at=claim.proposed_at
    )

    shown = client.get(at("show", claim)).content.decode()

    assert "Reopen the claim and cite it again." in shown


def test_cite_again_settles_it(client, lead, claim, overtaken):
    cite = at("cite", claim, overtaken.record)
    assert "Ten." in client.get(cite).content.decode()

    client.post(cite, {"stance": "SUPPORTS", "note": str(overtaken.record.notes.get().pk)})
    overtaken.record.earlier.update(revision=0)

    assert "after it was cited" not in client.get(at("show", claim)).content.decode()
