"""Who may make a survey, what fits in one, and when it takes replies."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import UUID

import yaml

from trigpoint.evidence.counts.rules import LEAST_BELOW
from trigpoint.evidence.surveys.models import Survey
from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.workflow import Step, Workflow

if TYPE_CHECKING:
    from trigpoint.people.models import User

S = Survey.Status
LIFECYCLE = Workflow(
    "survey",
    initial=S.OPEN,
    steps=(
        Step("renew", frozenset({S.OPEN}), S.OPEN),
        Step("close", frozenset({S.OPEN}), S.CLOSED),
        Step("record", frozenset({S.CLOSED}), S.RECORDED),
        Step("withdraw", frozenset({S.OPEN, S.CLOSED}), S.WITHDRAWN),
    ),
)
MOST_QUESTIONS = 8
MOST_CHOICES = 6
LONGEST_QUESTION, LONGEST_CHOICE, LONGEST_WORDS = 200, 80, 300  # characters
LONGEST_DAYS = 60
TOO_FEW_KEPT = timedelta(days=30)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
SECRET_PARTS, PART = 4, 4  # sixteen letters of thirty-one are 79 bits
CANNOT_SAY = ("CANNOT_SAY", "I cannot say")
STEPS = {
    "AGREE": (
        ("STRONGLY_AGREE", "Strongly agree"),
        ("AGREE", "Agree"),
        ("DISAGREE", "Disagree"),
        ("STRONGLY_DISAGREE", "Strongly disagree"),
        CANNOT_SAY,
    ),
    "YES_NO": (("YES", "Yes"), ("NO", "No"), CANNOT_SAY),
}
KINDS = {
    "AGREE": "A statement to agree with",
    "YES_NO": "Yes, no, or I cannot say",
    "CHOICE": "One of your own choices",
}
OPEN_QUESTION = "OPEN"
SHOW, COVER, DROP = "SHOW", "COVER", "DROP"  # what a second look decides of held words
EVIDENCE_OF = {"STUDENTS": "STUDENT_VOICE", "STAFF": "STAFF_VOICE", "PARENTS": "PARENT_VOICE"}


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of held words, and the marks of the texts that whoever decided had before them."""

    way: str
    seen: frozenset[str] = frozenset()


class Question(TypedDict):
    """One question; ``choices`` are empty unless its kind is CHOICE."""

    kind: str
    text: str
    choices: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything there is to say when a survey is made. ``open_question`` is optional."""

    group: str
    title: str
    purpose: str
    opens_on: date
    closes_on: date
    questions: Sequence[Question]
    open_question: str = ""

    @property
    def asked(self) -> list[Question]:
        """The questions as they are stored, the open one last."""
        last = self.open_question.strip()
        extra: list[Question] = [{"kind": OPEN_QUESTION, "text": last, "choices": []}]
        return [*self.questions, *(extra if last else [])]

    @property
    def read_by_all(self) -> list[str]:
        """Every text that anybody with the link reads, each by itself."""
        asked = (text for it in self.asked for text in (it["text"], *it["choices"]))
        return [self.title, self.purpose, *asked]


def new_secret() -> str:
    """Return what a link ends in: unguessable, and short enough to be typed from a poster."""
    parts = ("".join(secrets.choice(LETTERS) for _ in range(PART)) for _ in range(SECRET_PARTS))
    return "-".join(parts)


@lru_cache(maxsize=1)
def ready_made() -> Mapping[str, Mapping[str, Any]]:
    """Return the sets of questions that come with the product, by group."""
    path = Path(__file__).parent / "data" / "ready_made.yaml"
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def options(question: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the answers a question offers, as value and label; none for an open one."""
    if question["kind"] == "CHOICE":
        return [(f"CHOICE_{place}", label) for place, label in enumerate(question["choices"], 1)]
    return list(STEPS.get(question["kind"], ()))


def closed(questions: Sequence[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the questions with answers to choose from, each with the key replies give it."""
    return [(str(n), it) for n, it in enumerate(questions, 1) if it["kind"] != OPEN_QUESTION]


def open_question(questions: Sequence[Mapping[str, Any]]) -> str:
    """Return the words of the open question; empty when there is none."""
    return next((str(it["text"]) for it in questions if it["kind"] == OPEN_QUESTION), "")


def in_words(questions: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return each question with the answers it offers, for whoever made it."""
    return [
        (it["text"], ", ".join(label for _, label in options(it)) or "In up to 300 characters")
        for it in questions
    ]


def may_view(user: "User", survey: Survey) -> Verdict:
    """The review's team; of no review, whoever captures evidence there; and its maker, as long.

    Agrees with ``visible_to``.
    """
    if _reaches(user, Capability.EVIDENCE_WEIGH, survey):
        return ALLOWED
    is_own = survey.review_id is None or survey.made_by_id == user.person_id
    if is_own and _reaches(user, Capability.EVIDENCE_CAPTURE, survey):
        return ALLOWED
    return denied("This survey belongs to a review or an academy you do not record for.")


def _reaches(user: "User", capability: Capability, survey: Survey) -> bool:
    return user.access.covers(
        capability,
        trust_id=survey.trust_id,
        academy_id=survey.academy_id,
        review_id=survey.review_id,
    )


def _may_run(verb: str, user: "User", survey: Survey) -> Verdict:
    """Its maker, and whoever plans reviews there."""
    plans = _reaches(user, Capability.REVIEW_PLAN, survey)
    if not may_view(user, survey) or not (plans or survey.made_by_id == user.person_id):
        return denied(
            f"Only {survey.made_by.name}, who made it, or the trust's QA lead can do this."
        )
    return LIFECYCLE.may(verb, survey.status)


def may_renew(user: "User", survey: Survey) -> Verdict:
    """Give it a new link, while it is open."""
    return _may_run("renew", user, survey)


def may_close(user: "User", survey: Survey) -> Verdict:
    """Close it before its last day."""
    return _may_run("close", user, survey)


def may_withdraw(user: "User", survey: Survey) -> Verdict:
    """Take it back with all its replies, until they are evidence."""
    return _may_run("withdraw", user, survey)


def may_look(user: "User", survey: Survey) -> Verdict:
    """Take the second look at words that may name somebody, once it is over."""
    return _may_run("record", user, survey)


def mark(reply_id: UUID, text: str) -> str:
    """Return what stands for one text of a reply: known only to a page that shows the text."""
    return hashlib.sha256(f"{reply_id} {text}".encode()).hexdigest()


def was_seen(decision: Decision, reply_id: UUID, *, written: str, covered: str) -> Verdict:
    """Nothing is released that whoever releases it has not had before them.

    Args:
        decision: what becomes of the words.
        reply_id: whose words.
        written: as they were written.
        covered: as they would be shown with the names covered, as things stand now.

    """
    if decision.way == SHOW and mark(reply_id, written) not in decision.seen:
        return denied(
            "Read a comment as it was written before you show it like that, or show it covered."
        )
    if decision.way == COVER and mark(reply_id, covered) not in decision.seen:
        return denied(
            "What is covered in a comment has changed since you looked. Read it again, then decide."
        )
    return ALLOWED


def may_record(user: "User", survey: Survey, *, count: int, held: int, fewest: int) -> Verdict:
    """Make its counts a record of evidence, once it is over and enough replied."""
    if survey.status == S.OPEN:
        return denied("Its replies become evidence once it is closed. Close it, or wait.")
    if not (allowed := _may_run("record", user, survey)):
        return allowed
    return _is_ready(count, held, fewest)


def _is_ready(count: int, held: int, fewest: int) -> Verdict:
    if count < fewest:
        return denied(f"{_replies(count)} came, and fewer than {fewest} are never shown.")
    if held:
        return denied("Words that may name somebody wait for a second look. Look at them first.")
    return ALLOWED


def _replies(count: int) -> str:
    return "1 reply" if count == 1 else f"{count} replies"


def questions_fit(questions: Sequence[Question]) -> Verdict:
    """One to eight questions to choose in, each with its words, and at most one open one."""
    asked = [question for question in questions if question["kind"] != OPEN_QUESTION]
    if len(open_question(questions)) > LONGEST_QUESTION:
        return denied(f"Open question: write it in up to {LONGEST_QUESTION} characters.")
    if not 1 <= len(asked) <= MOST_QUESTIONS:
        return denied(f"Ask one to {MOST_QUESTIONS} questions. Fewer are answered by more people.")
    for number, question in enumerate(asked, 1):
        if not question["text"].strip() or len(question["text"]) > LONGEST_QUESTION:
            return denied(f"Question {number}: write it in up to {LONGEST_QUESTION} characters.")
        choices = question["choices"]
        if question["kind"] == "CHOICE" and not _choices_fit(choices):
            return denied(
                f"Question {number}: give two to {MOST_CHOICES} different choices, each up to "
                f"{LONGEST_CHOICE} characters."
            )
    return ALLOWED


def _choices_fit(choices: Sequence[str]) -> bool:
    fits = all(0 < len(choice.strip()) <= LONGEST_CHOICE for choice in choices)
    return fits and len(set(choices)) == len(choices) and 1 < len(choices) <= MOST_CHOICES


def days_fit(opens_on: date, closes_on: date, *, on: date) -> Verdict:
    """It opens today or later, closes no earlier than that, and runs for two months at most."""
    if opens_on < on:
        return denied("It cannot open in the past. Let it open today or later.")
    if closes_on < opens_on:
        return denied("It would close before it opens. Choose a later last day.")
    if (closes_on - opens_on).days >= LONGEST_DAYS:
        return denied(f"A survey runs for at most {LONGEST_DAYS} days. Choose an earlier last day.")
    return ALLOWED


def is_answering(survey: Survey, *, on: date) -> bool:
    """Say whether it takes replies that day."""
    return survey.status == S.OPEN and survey.opens_on <= on <= survey.closes_on


def names_nobody(staff: Sequence[str]) -> Verdict:
    """What anybody with the link reads names no member of staff."""
    if not staff:
        return ALLOWED
    return denied(f"Anybody with the link reads this, so leave {staff[0]} out. Say what it is for.")


def fewest(survey: Survey) -> int:
    """Return from how many replies on it is shown: as it closed, until then the trust's setting."""
    return survey.fewest or max(survey.trust.suppress_below, LEAST_BELOW)


def answers_fit(questions: Sequence[Mapping[str, Any]], answers: Mapping[str, str]) -> Verdict:
    """Every answer is one that was offered, and there is at least one."""
    offered = {key: {value for value, _ in options(it)} for key, it in closed(questions)}
    if not answers:
        return denied("Answer at least one question, then send it.")
    if all(value in offered.get(key, ()) for key, value in answers.items()):
        return ALLOWED
    return denied("One of the answers is not among those offered. Choose again.")


def replies_kept_until(last_day: date, *, starts_month: int, years: int) -> date:
    """Return the last day replies are kept: the end of their school year, and so many years more.

    Args:
        last_day: the last day the survey took replies.
        starts_month: the month in which the trust's school year starts, 1 to 12.
        years: how many years notes are kept after the current one.

    """
    begun = last_day.year if last_day.month >= starts_month else last_day.year - 1
    return date(begun + years + 1, starts_month, 1) - timedelta(days=1)
