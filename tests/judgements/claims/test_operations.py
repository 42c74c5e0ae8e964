import datetime as dt
from dataclasses import replace

import pytest

from tests.factories import (
    CitationFactory,
    ClaimFactory,
    EvidenceRecordFactory,
    LevelFactory,
    LineOfEnquiryFactory,
    NoteFactory,
    PersonFactory,
    PostFactory,
    ReviewFactory,
    ScaleFactory,
    StandardFactory,
    person,
)
from trigpoint.evidence.contents.rules import NoteContent
from trigpoint.evidence.entries import operations as evidence
from trigpoint.evidence.entries.queries import system_content
from trigpoint.judgements.claims import operations
from trigpoint.judgements.claims.operations import ClaimFacts
from trigpoint.judgements.models import Citation, Claim, Strength
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused, Stale
from trigpoint.records.revisions import revision_of
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db
AT = dt.datetime(2025, 11, 12, 15, 0, tzinfo=dt.UTC)
WORDS = "Pupils retrieve last week's words without help."


@pytest.fixture
def review():
    return ReviewFactory.create(status=Review.Status.CORROBORATING)


@pytest.fixture
def lead(review):
    return person(Role.QA_LEAD, at=review.trust)


@pytest.fixture
def claim(review):
    return ClaimFactory.create(review=review)


def record(review, **more):
    found = EvidenceRecordFactory.create(review=review, **{"submitted": True, **more})
    NoteFactory.create(record=found, text=WORDS)
    return found


def level_of(review):
    return LevelFactory.create(scale__version=review.policy_version)


def answer(citation, by, kind, words, **more):
    """Answer as somebody who sees what is stored."""
    seen = revision_of([citation.answer, citation.claim.statement])
    more.setdefault("base_revision", seen)
    return operations.answer(citation=citation, kind=kind, words=words, by=by, at=AT, **more)


def reword(claim, by, statement):
    """Reword as somebody who sees what is stored."""
    seen = revision_of([claim.statement])
    return operations.reword(
        claim=claim, statement=statement, because="Clearer.", base_revision=seen, by=by, at=AT
    )


def cite(claim, by, stance="SUPPORTS", **more):
    return operations.cite(
        claim=claim,
        record=more.pop("record", None) or record(claim.review),
        stance=stance,
        excerpt=more.pop("excerpt", WORDS),
        by=by,
        at=AT,
        **more,
    )


def verbs_of(thing):
    return list(
        HistoryEntry.objects.filter(subject_id=thing.pk)
        .order_by("created_at")
        .values_list("verb", flat=True)
    )


def test_propose_numbers_claims_within_their_line(review, lead):
    line = LineOfEnquiryFactory.create(review=review, number=1)
    standard = StandardFactory.create(area__version=review.policy_version)

    made = [
        operations.propose(
            review=review,
            facts=ClaimFacts(statement=f"{words} catch up.", standard=standard, line=of),
            by=lead,
            at=AT,
        )
        for words, of in (("Most", line), ("All", line), ("Most", None))
    ]

    assert [claim.reference for claim in made] == ["1.1", "1.2", "1"]
    assert {(claim.strength, claim.status) for claim in made} == {("THIN", "OPEN")}
    assert verbs_of(made[0]) == ["proposed"]


def test_propose_refuses_the_hundredth_claim_of_a_line(review, lead):
    line = LineOfEnquiryFactory.create(review=review, number=1)
    ClaimFactory.create(review=review, line=line, number=199)
    facts = ClaimFacts(
        statement="One more.",
        standard=StandardFactory.create(area__version=review.policy_version),
        line=line,
    )

    with pytest.raises(Refused, match="99 claims already"):
        operations.propose(review=review, facts=facts, by=lead, at=AT)


@pytest.mark.parametrize("wrong", ["standard", "line", "level"])
def test_propose_never_mixes_reviews(review, lead, wrong):
    facts = {
        "standard": StandardFactory.create(area__version=review.policy_version),
        wrong: {
            "standard": StandardFactory.create,
            "line": LineOfEnquiryFactory.create,
            "level": LevelFactory.create,
        }[wrong](),
    }

    with pytest.raises(ValueError, match="A claim's"):
        operations.propose(
            review=review, facts=ClaimFacts(statement="No.", **facts), by=lead, at=AT
        )


def test_propose_is_for_the_team_while_evidence_is_weighed(review, lead):
    standard = StandardFactory.create(area__version=review.policy_version)
    facts = ClaimFacts(statement="They catch up.", standard=standard)

    with pytest.raises(Refused, match="Only the review's team"):
        operations.propose(
            review=review, facts=facts, by=person(Role.HEADTEACHER, at=review.academy), at=AT
        )
    for status, words in (("PLANNED", "once fieldwork has started"), ("CLOSED", "review is over")):
        Review.objects.filter(pk=review.pk).update(
            status=status, closed_on=AT.date() if status == "CLOSED" else None
        )
        with pytest.raises(Refused, match=words):
            operations.propose(review=review, facts=facts, by=lead, at=AT)


def test_cite_keeps_the_strength_in_step(claim, lead):
    kinds = ["LESSON_VISIT", "BOOK_SCRUTINY", "STUDENT_VOICE"]
    strengths = []
    for number in range(6):
        cite(claim, lead, record=record(claim.review, kind=kinds[number % 3]))
        claim.refresh_from_db()
        strengths.append(claim.strength)

    assert strengths == ["THIN", "THIN", "FAIR", "FAIR", "FAIR", "STRONG"]
    assert claim.strength_facts["records"] == 6
    assert claim.strength_facts["by_kind"] == dict.fromkeys(sorted(kinds), 2)

    cite(claim, lead, "CONTRADICTS")
    claim.refresh_from_db()

    assert claim.strength == Strength.FAIR


def test_cite_again_changes_sides_and_needs_a_new_answer(claim, lead):
    citation = cite(claim, lead, "CONTRADICTS")
    answer(citation, lead, "EXPLAINED", "New pupils.")

    again = cite(claim, lead, "CONTRADICTS", record=citation.record)

    assert again.pk == citation.pk
    assert again.answer_kind == ""
    assert verbs_of(claim) == ["cited", "answered", "cited again"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        pytest.param({"is_private": True}, "may read", id="private: not even readable"),
        pytest.param({"submitted": False}, "may read", id="somebody else's draft"),
    ],
)
def test_cite_refuses_what_the_citer_may_not_read(claim, lead, more, words):
    with pytest.raises(Refused, match=words):
        cite(claim, lead, record=record(claim.review, **more))


def test_cite_refuses_ones_own_private_records_drafts_and_other_reviews(claim, lead):
    mine = {"author": lead.person}

    for refused, words in (
        (record(claim.review, is_private=True, **mine), "private to its author"),
        (record(claim.review, submitted=False, **mine), "still a draft"),
        (record(ReviewFactory.create(academy=claim.academy), **mine), "of this review"),
    ):
        with pytest.raises(Refused, match=words):
            cite(claim, lead, record=refused)


def test_cite_takes_words_from_the_record_or_the_named_note(claim, lead):
    found = record(claim.review, answers={"focus": ["Recall", {"why": "Books show it"}], "n": 3})
    other = NoteFactory.create(record=found, text="One reads alone.")

    assert cite(claim, lead, record=found, excerpt="books show it").excerpt == "books show it"
    assert cite(claim, lead, record=found, excerpt="One reads … alone", note=other).note == other
    with pytest.raises(Refused, match="not in the record"):
        cite(claim, lead, record=found, excerpt=WORDS, note=other)
    with pytest.raises(Refused, match="not in the record"):
        cite(claim, lead, record=found, excerpt="Everybody reads fluently.")
    with pytest.raises(ValueError, match="another record"):
        cite(claim, lead, record=found, note=NoteFactory.create())


def test_uncite_takes_it_away_and_weighs_again(claim, lead):
    citation = cite(claim, lead)

    operations.uncite(citation=citation, by=lead, at=AT)

    claim.refresh_from_db()
    assert claim.strength_facts["records"] == 0
    assert not claim.citations.exists()
    assert verbs_of(claim) == ["cited", "uncited"]


def test_answer_changes_the_wording_and_keeps_the_old(claim, lead):
    before = claim.statement
    citation = cite(claim, lead, "CONTRADICTS")

    answer(
        citation,
        lead,
        "CHANGED",
        "Year 4 take longer.",
        new_statement="Most pupils in Years 1 to 3 catch up.",
    )

    claim.refresh_from_db()
    citation.refresh_from_db()
    assert claim.statement == "Most pupils in Years 1 to 3 catch up."
    assert (citation.answer_kind, citation.answered_by) == ("CHANGED", lead.person)
    assert claim.strength_facts["unanswered"] == 0
    reworded = HistoryEntry.objects.get(subject_id=claim.pk, verb="reworded")
    assert reworded.detail["before"] == before


@pytest.mark.parametrize(
    ("kind", "words", "new", "sentence"),
    [
        ("EXPLAINED", " ", "", "Say in a sentence"),
        ("CHANGED", "Because.", "", "new wording"),
        ("IGNORED", "Because.", "", "Choose how"),
    ],
)
def test_answer_is_whole_or_refused(claim, lead, kind, words, new, sentence):
    citation = cite(claim, lead, "CONTRADICTS")

    with pytest.raises(Refused, match=sentence):
        answer(citation, lead, kind, words, new_statement=new)


@pytest.mark.parametrize("written", ["Mr Ludlam was away.", "Tom Ludlam’s group is new."])
def test_nothing_a_report_will_print_names_staff(review, claim, lead, written):
    PostFactory.create(
        academy=review.academy, person=PersonFactory.create(trust=review.trust, name="Tom Ludlam")
    )
    citation = cite(claim, lead, "CONTRADICTS")
    facts = ClaimFacts(statement=written, standard=claim.standard)

    with pytest.raises(Refused, match="A claim never names a member of staff.*Tom Ludlam"):
        operations.propose(review=review, facts=facts, by=lead, at=AT)
    with pytest.raises(Refused, match="A claim never names a member of staff.*Tom Ludlam"):
        reword(claim, lead, written)
    with pytest.raises(Refused, match="A claim never names a member of staff.*Tom Ludlam"):
        answer(citation, lead, "CHANGED", "One group is new.", new_statement=written)
    with pytest.raises(Refused, match="An answer never names a member of staff.*Tom Ludlam"):
        answer(citation, lead, "EXPLAINED", written)

    assert answer(citation, lead, "EXPLAINED", "One group is new.").answer_kind == "EXPLAINED"


def test_answer_is_not_for_support(claim, lead):
    with pytest.raises(Refused, match="needs no answer"):
        answer(cite(claim, lead), lead, "EXPLAINED", "Because.")


def test_agree_waits_for_every_answer_and_for_a_level(claim, lead):
    citation = cite(claim, lead, "CONTRADICTS")
    name = citation.record.reference

    with pytest.raises(Refused, match="^Nothing supports claim .* or withdraw the claim"):
        operations.agree(claim=claim, by=lead, at=AT)
    cite(claim, lead)
    with pytest.raises(Refused, match=f"^{name} needs an answer before sign-off"):
        operations.agree(claim=claim, by=lead, at=AT)
    answer(citation, lead, "OUTWEIGHED", "Six to one.")
    with pytest.raises(Refused, match="no level yet"):
        operations.agree(claim=claim, by=lead, at=AT)
    operations.set_level(claim=claim, level=level_of(claim.review), by=lead, at=AT)
    agreed = operations.agree(claim=claim, by=lead, at=AT)

    assert (agreed.status, agreed.agreed_by, agreed.agreed_at) == ("AGREED", lead.person, AT)
    assert verbs_of(claim) == ["cited", "cited", "answered", "levelled", "agreed"]


def test_agree_is_for_the_lead_or_whoever_signs_off(review, claim):
    operations.set_level(
        claim=claim, level=level_of(review), by=person(Role.REVIEWER, at=review), at=AT
    )
    CitationFactory.create(claim=claim)
    head = person(Role.HEADTEACHER, at=review.academy)

    with pytest.raises(Refused, match="Only the lead"):
        operations.agree(claim=claim, by=head, at=AT)

    Review.objects.filter(pk=review.pk).update(lead=head.person)
    assert operations.agree(claim=claim, by=head, at=AT).status == Claim.Status.AGREED


def test_an_agreed_claim_keeps_its_last_support(review, lead):
    citation = CitationFactory.create(claim__review=review, claim__agreed=True)
    NoteFactory.create(record=citation.record, text=WORDS)

    with pytest.raises(Refused, match="Reopen it to change it"):
        operations.uncite(citation=citation, by=lead, at=AT)
    with pytest.raises(Refused, match="Reopen it to change it"):
        cite(citation.claim, lead, "CONTRADICTS", record=citation.record)

    citation.refresh_from_db()
    assert citation.stance == Citation.Stance.SUPPORTS


def test_reopen_takes_an_agreed_claim_up_again(review, lead):
    claim = ClaimFactory.create(review=review, agreed=True)

    with pytest.raises(Refused, match="Reopen it to change it"):
        reword(claim, lead, "Other.")
    operations.reopen(claim=claim, because="New evidence.", by=lead, at=AT)
    reworded = reword(claim, lead, "Other.")

    assert (reworded.status, reworded.statement) == ("OPEN", "Other.")


def test_reword_with_the_same_words_writes_nothing(claim, lead):
    reword(claim, lead, claim.statement)

    assert verbs_of(claim) == []


def test_reword_keeps_what_somebody_else_wrote_meanwhile(claim, lead):
    opened = Claim.objects.get(pk=claim.pk)
    reword(claim, lead, "Theirs.")

    with pytest.raises(Stale) as stale:
        reword(opened, lead, "Mine.")

    claim.refresh_from_db()
    assert claim.statement == "Theirs."
    assert stale.value.current == {"statement": "Theirs."}


def test_answer_keeps_the_answer_somebody_else_gave_meanwhile(claim, lead):
    citation = cite(claim, lead, "CONTRADICTS")
    opened = Citation.objects.get(pk=citation.pk)
    answer(citation, lead, "EXPLAINED", "Theirs.")

    with pytest.raises(Stale) as stale:
        answer(opened, lead, "OUTWEIGHED", "Mine.")

    citation.refresh_from_db()
    assert (citation.answer_kind, citation.answer) == ("EXPLAINED", "Theirs.")
    assert stale.value.current == {"words": "Theirs.", "new_statement": claim.statement}


def test_withdraw_is_for_its_proposer_or_the_lead(claim, lead):
    with pytest.raises(Refused, match="Only the lead"):
        operations.withdraw(
            claim=claim,
            because="Doubtful.",
            by=person(Role.HEADTEACHER, at=claim.academy),
            at=AT,
        )

    operations.withdraw(claim=claim, because="Doubtful.", by=lead, at=AT)

    claim.refresh_from_db()
    assert claim.status == Claim.Status.WITHDRAWN
    with pytest.raises(Refused, match="was withdrawn"):
        cite(claim, lead)


def test_withdraw_by_the_proposer(review):
    proposer = person(Role.REVIEWER, at=review)
    claim = ClaimFactory.create(review=review, proposed_by=proposer.person)

    assert operations.withdraw(claim=claim, because="No.", by=proposer, at=AT).status == "WITHDRAWN"


def test_cite_counts_the_same_through_the_factory(claim, lead):
    """The factory's citations weigh like the operation's, once anything touches the claim."""
    CitationFactory.create(claim=claim, stance=Citation.Stance.CONTRADICTS)

    reword(claim, lead, "Otherwise.")

    claim.refresh_from_db()
    assert claim.strength_facts["unanswered"] == 1


# ── evidence that changes after it was cited ──────────────────────────────────────────────────


@pytest.fixture
def author(review):
    return person(Role.REVIEWER, at=review.trust)


def correct(cited, by, **said):
    """Correct a record through the door its author uses."""
    content = replace(system_content(cited), **said)
    return evidence.save(
        record_id=cited.pk, content=content, base_revision=cited.revision, by=by, at=AT
    )


def reworded(cited, text):
    notes = system_content(cited).notes
    return tuple(replace(note, text=text) for note in notes)


def changes_of(cited):
    """Corrections that change what a record says of its visit."""
    return {
        "words": {"notes": reworded(cited, "Few pupils retrieve anything.")},
        "a note more": {"notes": (*system_content(cited).notes, NoteContent(text="Or not."))},
        "when": {"observed_at": cited.observed_at - dt.timedelta(days=1)},
        "who": {"group_described": "Six pupils of Year 5"},
    }


@pytest.mark.parametrize("change", ["words", "a note more", "when", "who"])
def test_agree_waits_until_a_changed_record_is_cited_again(claim, lead, author, change):
    cited = record(claim.review, author=author.person)
    operations.set_level(claim=claim, level=level_of(claim.review), by=lead, at=AT)
    cite(claim, lead, record=cited)
    correct(cited, author, **changes_of(cited)[change])

    with pytest.raises(Refused, match=f"{cited.reference} changed after it was cited"):
        operations.agree(claim=claim, by=lead, at=AT)
    cite(claim, lead, record=cited, excerpt=cited.notes.first().text)

    assert operations.agree(claim=claim, by=lead, at=AT).status == Claim.Status.AGREED


def test_agree_does_not_mind_how_a_cited_record_is_filed(claim, lead, author):
    cited = record(claim.review, author=author.person)
    operations.set_level(claim=claim, level=level_of(claim.review), by=lead, at=AT)
    cite(claim, lead, record=cited)
    correct(cited, author, standards=(claim.standard_id,))

    assert operations.agree(claim=claim, by=lead, at=AT).status == Claim.Status.AGREED


def test_a_claim_about_what_is_judged_in_words_needs_no_level(review, lead):
    words = ScaleFactory.create(version=review.policy_version, in_words=True)
    standard = StandardFactory.create(area__version=review.policy_version, area__scale=words)
    facts = ClaimFacts(standard=standard, statement="Most pupils catch up.")

    claim = operations.propose(review=review, facts=facts, by=lead, at=AT)
    cite(claim, lead)

    with pytest.raises(Refused, match="is judged in words, so this claim has no level"):
        operations.set_level(claim=claim, level=level_of(review), by=lead, at=AT)
    assert operations.agree(claim=claim, by=lead, at=AT).status == Claim.Status.AGREED


def test_propose_sent_twice_is_one_claim(review, lead):
    standard = StandardFactory.create(area__version=review.policy_version)
    facts = ClaimFacts(standard=standard, statement="Most pupils catch up.")

    first, again = (
        operations.propose(review=review, facts=facts, by=lead, at=AT) for _ in range(2)
    )
    operations.withdraw(claim=first, because="Too broad.", by=lead, at=AT)
    anew = operations.propose(review=review, facts=facts, by=lead, at=AT)

    assert again.pk == first.pk != anew.pk
    assert verbs_of(first) == ["proposed", "withdrawn"]
