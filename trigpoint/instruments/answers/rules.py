"""Whether answers to a form are in order, which of its questions are shown, and what was said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from trigpoint.instruments.contents.rules import (
    STORED_APART,
    Part,
    Question,
    offered,
    parts,
    questions,
)
from trigpoint.instruments.values.rules import HOW, Wrong, is_shaped, read
from trigpoint.records.days import day_words
from trigpoint.records.refusals import ALLOWED, Verdict, denied

NO_ANSWER = "This question needs an answer before you can submit."
NO_QUESTION = "This form has no such question. Reload the page."
OF_AN_EARLIER_FORM = (
    "An answer was given on an earlier form, and this one does not ask for it. Go on writing, copy "
    "what you need of it into a note, and take it out."
)


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers as they will be stored, and what is wrong with the others.

    Both by the key of the question; those of a part that repeats by the key of the part.
    """

    cleaned: dict[str, object] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and its answer in words."""

    label: str
    words: str


def shown(asked: Sequence[Question], answers: Mapping[str, Any]) -> list[Question]:
    """Return the questions that the answers so far lead to, in order.

    Args:
        asked: questions in order; a condition looks at earlier ones of them.
        answers: to them, as typed or as stored. What was answered to a question that is not
            shown itself leads to nothing.

    """
    seen: dict[str, frozenset[str]] = {}
    found = []
    for question in asked:
        condition = question.get("shown_if")
        if condition is None or seen.get(condition["question"], frozenset()) & {
            *condition["any_of"]
        }:
            found.append(question)
            seen[question["key"]] = chosen(answers.get(question["key"]))
    return found


def chosen(answer: object) -> frozenset[str]:
    """Return an answer as the values it chooses, as typed or as stored."""
    if isinstance(answer, bool):
        return frozenset({"yes" if answer else "no"})
    several = answer if isinstance(answer, list) else [answer]
    return frozenset(one.strip() for one in several if isinstance(one, str))


def check_answers(
    content: Mapping[str, Any], answers: Mapping[str, object], *, complete: bool = True
) -> Answers:
    """Check answers against the form they were given on.

    Args:
        content: an instrument version's ``content``.
        answers: by question key; text as typed or values as JSON has them. A part that repeats
            has a list of such answers under its own key. Notes, look-fors and photos have their
            own places and are refused here.
        complete: also ask for every required answer that is shown, and drop what is not shown.
            False while somebody is still typing.

    Returns:
        ``cleaned``: text stripped, choices known, numbers int or float, dates and times in ISO
        form; questions left empty are left out. ``problems``: a sentence by question key.

    """
    result = Answers()
    for key in unasked(content, answers):
        result.problems[str(key)[:80]] = NO_QUESTION
    _check(once(content), answers, result, complete=complete)
    for part in repeated(content):
        _check_repeats(content, part, answers, result, complete=complete)
    return result


def unasked(content: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers that the form has no question for, such as those given on another version."""
    known = {question["key"] for question in once(content)}
    known |= {str(part["key"]) for part in repeated(content)}
    return {key: answer for key, answer in answers.items() if key not in known}


def passed_over(content: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers to questions that other answers lead past: handing in leaves them out."""
    asked = once(content)
    led_to = {question["key"] for question in shown(asked, answers)}
    return {
        key: answers[key]
        for key in (question["key"] for question in asked)
        if key in answers and key not in led_to
    }


def once(content: Mapping[str, Any]) -> list[Question]:
    """Return the questions that are answered once."""
    return [it for part in parts(content) if "repeats" not in part for it in part["questions"]]


def repeated(content: Mapping[str, Any]) -> list[Part]:
    """Return the parts that are answered several times."""
    return [part for part in parts(content) if "repeats" in part]


def repeats_of(part: Part, answers: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return how often a part was answered, each time with its answers; what is no list is none."""
    given = answers.get(part.get("key", ""))
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def _check(
    asked: Sequence[Question], answers: Mapping[str, object], result: Answers, *, complete: bool
) -> None:
    for question in shown(asked, answers) if complete else asked:
        key = question["key"]
        try:
            value = read(question, answers.get(key))
        except Wrong as wrong:
            result.problems[key] = str(wrong)
            continue
        if value is not None:
            result.cleaned[key] = value
        elif complete and question.get("required") and question["type"] not in STORED_APART:
            result.problems[key] = NO_ANSWER


def _check_repeats(
    content: Mapping[str, Any],
    part: Part,
    answers: Mapping[str, object],
    result: Answers,
    *,
    complete: bool,
) -> None:
    """Check each time a part was answered; what is required is asked for at least once.

    Once it is complete a time left empty is dropped, and all of them empty are none given.
    """
    key, word = part.get("key", ""), part["repeats"]["word"]
    given = answers.get(key)
    if wrong := _repeats_wrong(part, given):
        result.problems[key] = wrong
        return
    outside, kept = once(content), []
    times = repeats_of(part, answers) if _says(given) or not complete else []
    for number, one in enumerate(times or [{}], start=1):
        checked = Answers()
        for unknown in one.keys() - {question["key"] for question in part["questions"]}:
            checked.problems[unknown] = NO_QUESTION
        asked = _shown_within(outside, part, answers, one) if complete else part["questions"]
        if complete and times and not _is_filled(one):
            continue
        _check([_always(question) for question in asked], one, checked, complete=complete)
        labels = {question["key"]: question["label"] for question in part["questions"]}
        for name, words in checked.problems.items():
            label = labels.get(name, str(name)[:80])
            result.problems.setdefault(key, f"{word} {number}, {label}: {words}")
        kept.append(checked.cleaned)
    if any(kept) and key not in result.problems:
        result.cleaned[key] = kept


def _shown_within(
    outside: Sequence[Question], part: Part, answers: Mapping[str, Any], one: Mapping[str, Any]
) -> list[Question]:
    """Return the questions shown in one repeat, which may look at answers given once."""
    both = {**{question["key"]: answers.get(question["key"]) for question in outside}, **one}
    own = {question["key"] for question in part["questions"]}
    return [it for it in shown([*outside, *part["questions"]], both) if it["key"] in own]


def _always(question: Question) -> Question:
    """Return a question without its condition, which has been looked at already."""
    return cast("Question", {name: it for name, it in question.items() if name != "shown_if"})


def _repeats_wrong(part: Part, given: object) -> str:
    most, word = part["repeats"]["most"], part["repeats"]["word"].lower()
    if given in (None, "", []):
        return ""
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        return f"Answer each {word} by itself. Reload the page."
    if len(given) > most:
        return f"There are {len(given)}, and {most} fit. Start another record for the rest."
    return ""


def _says(answer: object) -> bool:
    """Say whether something was answered; times a part was answered that are all empty say nothing."""
    if isinstance(answer, list):
        return any(not isinstance(one, dict) or _is_filled(one) for one in answer)
    return not _is_blank(answer)


def _is_filled(one: Mapping[str, object]) -> bool:
    """Say whether one time a part was answered holds an answer."""
    return not all(_is_blank(answer) for answer in one.values())


def _is_blank(answer: object) -> bool:
    return answer in (None, "", []) or (isinstance(answer, str) and not answer.strip())


def answers_shaped(content: Mapping[str, Any], answers: Mapping[str, object]) -> Verdict:
    """Every answer is the kind of thing its question takes, however unfinished it is."""
    for part in repeated(content):
        if wrong := _repeats_wrong(part, answers.get(part.get("key", ""))):
            return denied(f"{part['title']}: {wrong}")
        for one in repeats_of(part, answers):
            verdict = _all_shaped(part["questions"], one)
            if not verdict:
                return verdict
    return _all_shaped(once(content), answers)


def _all_shaped(asked: Sequence[Question], answers: Mapping[str, object]) -> Verdict:
    for question in asked:
        answer = answers.get(question["key"])
        if answer not in (None, "") and not is_shaped(question["type"], answer):
            return denied(f"{question['label']}: {HOW[question['type']]}")
    return ALLOWED


def answers_fit(content: Mapping[str, Any], answers: Mapping[str, object]) -> Verdict:
    """Every answer suits its question, and every question the form requires is answered."""
    problems = check_answers(content, answers).problems
    for question in questions(content):
        if question["key"] in problems:
            return denied(f"{question['label']}: {problems[question['key']]}")
    if unasked(content, answers):
        return denied(OF_AN_EARLIER_FORM)
    return denied(next(iter(problems.values()))) if problems else ALLOWED


def is_answered(content: Mapping[str, Any], answers: Mapping[str, object]) -> bool:
    """Say whether something was answered that will stay once the record is handed in."""
    checked = check_answers(content, answers)
    given = {key for key, answer in answers.items() if _says(answer)}
    return bool(checked.cleaned or given & checked.problems.keys())


def gives_level(content: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """Say whether any answer is a level, also one that is not shown at the moment."""
    levels = {question["key"] for question in questions(content) if question["type"] == "level"}
    repeats = [one for part in repeated(content) for one in repeats_of(part, answers)]
    return any(_says(one.get(key)) for key in levels for one in (answers, *repeats))


def in_words(content: Mapping[str, Any], answers: Mapping[str, Any]) -> list[Answered]:
    """Put the answers beside their questions, choices in words, what was left empty left out.

    Of a part that repeats, each question is headed by which time it was: “Snapshot 1: …”.
    """
    found: list[Answered] = []
    for part in parts(content):
        if "repeats" not in part:
            found += _said(part["questions"], answers)
            continue
        for number, one in enumerate(repeats_of(part, answers), start=1):
            found += _said(part["questions"], one, f"{part['repeats']['word']} {number}: ")
    return found


def _said(
    asked: Sequence[Question], answers: Mapping[str, Any], before: str = ""
) -> Iterator[Answered]:
    for question in asked:
        answer = answers.get(question["key"])
        if question["type"] in STORED_APART or answer in (None, "", []):
            continue
        labels = {choice["value"]: choice["label"] for choice in offered(question)}
        several = answer if isinstance(answer, list) else [answer]
        spelt = [("yes" if one else "no") if isinstance(one, bool) else one for one in several]
        words = ", ".join(str(labels.get(one, one)) for one in spelt)
        yield Answered(
            before + question["label"], _day(words) if question["type"] == "date" else words
        )


def _day(answer: str) -> str:
    """Write a stored day as the product does; what is no day stays as it was typed."""
    try:
        return day_words(date.fromisoformat(answer))
    except ValueError:
        return answer
