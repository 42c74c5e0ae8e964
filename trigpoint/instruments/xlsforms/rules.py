"""What of an XLSForm has an equal here, and a sentence for each thing that has none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from trigpoint.instruments.contents.rules import (
    MOST_CHOICES,
    MOST_PARTS,
    MOST_QUESTIONS,
    MOST_REPEATS,
    Choice,
    Condition,
    Content,
    Part,
    Question,
    faults,
    parts,
)
from trigpoint.instruments.drafts.rules import keys_of, new_key
from trigpoint.instruments.expressions.rules import (
    Asks,
    bounds,
    condition,
    is_yes,
    kind_of,
    leavings,
    said,
)
from trigpoint.instruments.workbooks.rules import Book
from trigpoint.records.refusals import Refused

LABEL, HELP, WORD, NAME = 200, 600, 40, 120  # characters
NO_EQUAL = {
    "calculate": "Trigpoint computes nothing out of answers: what is judged is judged by people",
    "metadata": "when and by whom is kept with every record, without being asked",
    "place": "places on a map are not recorded",
    "recording": "sound and film are not recorded",
    "file": "files are added to the record as a whole",
    "rank": "answers are chosen, not put in order",
    "outside": "its answers stand in another file",
    "unknown": "Trigpoint has no such question",
}


@dataclass(slots=True)
class Frame:
    """A group or a repeat that is open, and what its questions share."""

    title: str
    is_repeat: bool
    shown_if: Condition | None = None
    keys: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Carried:
    """A form as far as it has an equal, and what was left out, a sentence each."""

    name: str
    content: Content
    left_out: list[str] = field(default_factory=list)


def carried(book: Book, *, name: str) -> Carried:
    """Return what of an XLSForm has an equal here.

    Args:
        book: from ``workbooks.rules.read``.
        name: of the file, in case the form has no title.

    Raises:
        Refused: nothing of it has an equal, or it is longer than a form of ours.

    """
    title = str(book.settings.get("form_title") or name).strip()[:NAME] or "Form"
    carrier = Carrier(book, Carried(title, {"naming": "OFF", "sections": []}))
    for number, row in book.survey:
        carrier.take(number, row)
    return carrier.finished()


class Carrier:
    """Goes down the rows of a form and writes ours, one row after the other."""

    def __init__(self, book: Book, made: Carried) -> None:
        self.book, self.made = book, made
        self.frames: list[Frame] = []
        self.part: Part | None = None
        self.asked: dict[str, Question] = {}  # by the name it has in the file
        self.values: dict[str, dict[str, str]] = {}  # key of each answer, by question and name
        self.whole: list[int] = []  # rows that take whole numbers only

    def take(self, number: int, row: Mapping[str, Any]) -> None:
        """Carry one row over, or say why not."""
        asks = kind_of(str(row.get("type", "")))
        if asks.kind == "begin":
            self._begin(number, row, is_repeat=asks.rest == "repeat")
        elif asks.kind == "end":
            self._end()
        elif asks.kind == "note":
            self._note(number, row)
        elif asks.kind in NO_EQUAL:
            self._leave(number, f"“{self._label(row)}” ({row['type']}): {NO_EQUAL[asks.kind]}.")
        else:
            self._ask(number, row, asks)

    def _leave(self, number: int, words: str) -> None:
        self.made.left_out.append(f"Row {number}: {words}")

    def _label(self, row: Mapping[str, Any]) -> str:
        name = str(row.get("name", ""))
        return said(row.get("label"), self.book) or name.replace("_", " ").strip().capitalize()

    def _fitted(self, number: int, text: str, most: int) -> str:
        if "${" in text:
            self._leave(number, f"“{text[:60]}” mentions an answer, which is not filled in here.")
        if len(text) > most:
            self._leave(number, f"“{text[:60]}…” is shortened to {most} characters.")
        return text[:most].strip()

    def _begin(self, number: int, row: Mapping[str, Any], *, is_repeat: bool) -> None:
        title = self._fitted(number, self._label(row) or "Questions", LABEL) or "Questions"
        frame = Frame(title, is_repeat, self._condition(number, row))
        inside = any(outer.is_repeat for outer in self.frames)
        self.frames.append(frame)
        if inside:
            how = "once each time" if is_repeat else "without a heading of their own"
            self._leave(number, f"“{title}” stands inside a repeat: its questions are asked {how}.")
            return
        self._open(title, str(row.get("name", "")))
        if is_repeat and self.part is not None:
            most = self._most(number, row)
            word = title if len(title) <= WORD else "Time"
            self.part["repeats"] = {"most": most, "word": word}

    def _most(self, number: int, row: Mapping[str, Any]) -> int:
        count = str(cast("dict[str, Any]", row.get("control", {})).get("jr:count", "")).strip()
        if count.isdecimal() and 1 <= int(count) <= MOST_REPEATS:
            return int(count)
        if count:
            self._leave(number, f"how often it repeats ({count}): up to {MOST_REPEATS} times here.")
        return MOST_REPEATS

    def _open(self, title: str, name: str = "") -> None:
        """Begin a part."""
        taken = keys_of(self.made.content) | {it["key"] for it in self.asked.values()}
        key = new_key(name or title, taken, otherwise="part")
        self.part = {"title": title, "key": key, "questions": []}
        self.made.content["sections"].append(self.part)

    def _end(self) -> None:
        self.frames.pop()
        if not any(frame.is_repeat for frame in self.frames):
            self.part = None

    def _note(self, number: int, row: Mapping[str, Any]) -> None:
        """Words above the first question of a part, or of the form, are its help."""
        text = self._label(row)
        if self.part is None and not self.made.content["sections"]:
            before = self.made.content.get("guidance", "")
            whole = f"{before}\n\n{text}".strip()
            self.made.content["guidance"] = self._fitted(number, whole, HELP)
        elif self.part is not None and not self.part["questions"] and "help" not in self.part:
            self.part["help"] = self._fitted(number, text, HELP)
        else:
            words = "words stand above a part or below a question here."
            self._leave(number, f"“{text[:60]}”: {words}")

    def _ask(self, number: int, row: Mapping[str, Any], asks: Asks) -> None:
        question = self._question(number, row, asks)
        if question is None or not self._has_room(number, question):
            return
        self._mention(number, row, asks)
        for frame in self.frames:
            frame.keys.add(question["key"])
        self.asked[str(row.get("name", ""))] = question
        cast("Part", self.part)["questions"].append(question)
        if asks.or_other:
            self._other(number, question)

    def _has_room(self, number: int, question: Question) -> bool:
        repeats = any(frame.is_repeat for frame in self.frames)
        if self.part is None:
            self._open(self.frames[-1].title if self.frames else "Questions")
        elif len(self.part["questions"]) >= MOST_QUESTIONS:
            if repeats:
                self._leave(
                    number, f"“{question['label']}”: {MOST_QUESTIONS} questions can repeat."
                )
                return False
            self._open(self.part["title"])
        if repeats and question["type"] == "photo":
            self._leave(number, f"“{question['label']}”: photos are kept once a record.")
            return False
        return True

    def _question(self, number: int, row: Mapping[str, Any], asks: Asks) -> Question | None:
        label = self._fitted(number, self._label(row) or "Question", LABEL) or "Question"
        taken = keys_of(self.made.content)
        words = "multiline" in str(row.get("control", {}).get("appearance", ""))
        is_long = asks.kind == "short_text" and (words or "rows" in row.get("control", {}))
        question: Question = {
            "key": new_key(str(row.get("name", "")) or label, taken),
            "type": "long_text" if is_long else asks.kind,
            "label": label,
        }
        if hint := self._fitted(number, said(row.get("hint"), self.book), HELP):
            question["help"] = hint
        if asks.kind in ("single_choice", "multiple_choice") and not self._offer(
            number, row, asks, question
        ):
            return None
        if asks.kind == "number":
            question |= cast("Any", self._bounds(number, row, asks))
        self._require(number, row, question)
        if shown_if := self._shown_if(number, row):
            question["shown_if"] = shown_if
        return question

    def _offer(self, number: int, row: Mapping[str, Any], asks: Asks, question: Question) -> bool:
        """Give a question the answers of its list; yes and no are a kind of their own."""
        listed = self.book.choices.get(asks.rest, [])
        if not 2 <= len(listed) + asks.or_other <= MOST_CHOICES:  # noqa: PLR2004 -- one is no choice
            words = f"“{question['label']}” offers {len(listed)} answers; 2 to {MOST_CHOICES} fit."
            self._leave(number, words)
            return False
        keys: dict[str, str] = {}
        choices: list[Choice] = []
        for choice in listed:
            name = str(choice["name"])
            if name in keys:
                self._leave(number, f"“{question['label']}”: its answer “{name}” stands twice.")
                continue
            words = self._fitted(number, said(choice.get("label"), self.book) or name, LABEL)
            keys[name] = new_key(name, keys.values(), otherwise="answer")
            choices.append({"value": keys[name], "label": words or name[:LABEL]})
        if asks.or_other:
            choices.append({"value": new_key("other", keys.values()), "label": "Other"})
        said_by = {choice["value"]: choice["label"].casefold() for choice in choices}
        if asks.kind == "single_choice" and said_by == {"yes": "yes", "no": "no"}:
            question["type"] = "yes_no"
        else:
            question["choices"] = choices
        self.values[str(row.get("name", ""))] = keys
        return True

    def _other(self, number: int, asked: Question) -> None:
        """Ask what “Other” is, as the file would have."""
        taken = keys_of(self.made.content)
        other: Question = {
            "key": new_key(f"{asked['key'][:30]}_other", taken),
            "type": "short_text",
            "label": "Which other?",
            "shown_if": {"question": asked["key"], "any_of": [asked["choices"][-1]["value"]]},
        }
        if self._has_room(number, other):
            cast("Part", self.part)["questions"].append(other)

    def _bounds(self, number: int, row: Mapping[str, Any], asks: Asks) -> dict[str, int]:
        if asks.is_whole:
            self.whole.append(number)
        check = str(cast("dict[str, Any]", row.get("bind", {})).get("constraint", ""))
        found = bounds(check, parameters=str(row.get("parameters", "")) if asks.is_range else "")
        if found is None:
            self._leave(number, f"the check “{check[:80]}” is not made here.")
        return found or {}

    def _require(self, number: int, row: Mapping[str, Any], question: Question) -> None:
        required = str(cast("dict[str, Any]", row.get("bind", {})).get("required", ""))
        if is_yes(required):
            if question["type"] != "photo":
                question["required"] = True
        elif required and is_yes(required) is None:
            self._leave(
                number, f"“{question['label']}” is required only at times ({required[:80]})."
            )

    def _condition(self, number: int, row: Mapping[str, Any]) -> Condition | None:
        text = str(cast("dict[str, Any]", row.get("bind", {})).get("relevant", "")).strip()
        if not text:
            return None
        found = condition(text)
        asked = self.asked.get(found[0]) if found else None
        keys = self.values.get(found[0], {}) if found else {}
        if found is None or asked is None or not all(value in keys for value in found[1]):
            self._leave(number, f"when it is asked ({text[:80]}): it is asked always here.")
            return None
        return {
            "question": asked["key"],
            "any_of": list(dict.fromkeys(keys[it] for it in found[1])),
        }

    def _shown_if(self, number: int, row: Mapping[str, Any]) -> Condition | None:
        """Return when a question is asked: its own condition, else that of a group around it."""
        own = self._condition(number, row)
        outer = [(frame, frame.shown_if) for frame in self.frames if frame.shown_if]
        every = [own] if own else []
        for frame, shown_if in outer:
            if not (own and own["question"] in frame.keys):
                every.append(shown_if)
        if len(every) > 1:
            self._leave(
                number, "it is asked if several things hold; here only the first is looked at."
            )
        return cast("Condition", {**every[0]}) if every else None

    def _mention(self, number: int, row: Mapping[str, Any], asks: Asks) -> None:
        """Say what else the row asks for."""
        for words in leavings(row, asks):
            self._leave(number, words)

    def finished(self) -> Carried:
        """Return what was carried, without what turned out not to hold together."""
        content = self.made.content
        content["sections"] = [part for part in content["sections"] if part["questions"]]
        if not content["sections"]:
            reason = "Nothing in this form has an equal here, so nothing was brought in."
            raise Refused(reason)
        if len(content["sections"]) > MOST_PARTS:
            reason = (
                f"This form has {len(content['sections'])} parts, and {MOST_PARTS} fit. Split it "
                "into several forms and bring them in one by one."
            )
            raise Refused(reason)
        self._only_what_holds()
        if self.whole:
            rows = ", ".join(map(str, self.whole))
            self.made.left_out.append(
                f"Whole numbers only (rows {rows}): any number is taken here."
            )
        return self.made

    def _only_what_holds(self) -> None:
        """Take out conditions that look ahead, or into a part that repeats."""
        for fault in list(faults(self.made.content)):
            if len(fault.path) == 4:  # noqa: PLR2004 -- the path of a question
                part = parts(self.made.content)[cast("int", fault.path[1])]
                question = part["questions"][cast("int", fault.path[3])]
                if question.pop("shown_if", None):
                    words = (
                        f"“{question['label']}”: when it is asked looks elsewhere; asked always."
                    )
                    self.made.left_out.append(words)
