"""Forms and answers of every shape there may be, for property tests."""

import datetime as dt
import string

from hypothesis import strategies as st

from trigpoint.instruments.answers.rules import once, repeated
from trigpoint.instruments.contents.rules import CHOOSE, STORED_APART, offered

LETTERS = (
    string.ascii_letters + string.digits + " éß–?!&<"
)  # no curly quotes: pyxform makes straight ones of them
words = st.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
SAYABLE = ("short_text", "long_text", "single_choice", "multiple_choice", "yes_no", "number", "date",
           "time", "photo")  # fmt: skip
KINDS = (*SAYABLE, "level", "running_notes", "look_fors")


@st.composite
def questions(draw, key, before, *, kinds):
    kind = draw(st.sampled_from(kinds))
    question = {"key": key, "type": kind, "label": draw(words)}
    if draw(st.booleans()):
        question["help"] = draw(words)
    if kind not in STORED_APART and draw(st.booleans()):
        question["required"] = True
    if kind in CHOOSE or kind == "level":
        labels = draw(st.lists(words, min_size=2, max_size=4, unique_by=str.casefold))
        question["choices"] = [{"value": f"v{n}", "label": it} for n, it in enumerate(labels)]
    if kind == "level":
        question["scale"] = "ESMAU"
    if kind == "look_fors" and draw(st.booleans()):
        question["standards"] = ["T1", "C2"]
    if kind == "number":
        question |= draw(st.sampled_from([{}, {"min": 1}, {"max": 9}, {"min": -3, "max": 30}]))
    deciding = [one for one in before if offered(one)]
    if deciding and draw(st.booleans()):
        asked = draw(st.sampled_from(deciding))
        values = [choice["value"] for choice in offered(asked)]
        some = draw(st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True))
        question["shown_if"] = {"question": asked["key"], "any_of": some}
    return question


@st.composite
def contents(draw, *, kinds=KINDS, repeats=True):
    """Return a form that is in order."""
    outside, parts = [], []
    for number in range(draw(st.integers(1, 4))):
        part = {"title": draw(words), "key": f"part_{number}", "questions": []}
        if draw(st.booleans()):
            part["help"] = draw(words)
        again = repeats and draw(st.booleans())
        if again:
            part["repeats"] = {"most": draw(st.integers(1, 4)), "word": draw(words)}
        allowed = [kind for kind in kinds if not (again and kind in STORED_APART)]
        own = []
        for place in range(draw(st.integers(1, 4))):
            key = f"q{number}_{place}"
            own.append(draw(questions(key, [*outside, *own], kinds=allowed)))
        part["questions"] = own
        parts.append(part)
        if not again:
            outside += own
    content = {"naming": draw(st.sampled_from(["OFF", "OPTIONAL"])), "sections": parts}
    if draw(st.booleans()):
        content["guidance"] = draw(words)
    return content


def answer_to(question):
    """Return answers that fit a question, as typed or as JSON has them."""
    values = [choice["value"] for choice in offered(question)]
    least, most = question.get("min", -50), question.get("max", 50)
    return {
        "short_text": words,
        "long_text": words,
        "single_choice": st.sampled_from(values or [""]),
        "level": st.sampled_from(values or [""]),
        "multiple_choice": st.lists(st.sampled_from(values or [""]), min_size=1, unique=True),
        "yes_no": st.sampled_from([True, False, "yes", "no"]),
        "number": st.integers(least, most) | st.integers(least, most).map(str),
        "date": st.dates(min_value=dt.date(1950, 1, 1)).map(str),
        "time": st.times().map(lambda time: time.isoformat("minutes")),
    }[question["type"]]


@st.composite
def answers_to(draw, content, *, every=True):
    """Return answers that fit a form: to every question, or to some."""

    def to(asked):
        return {
            one["key"]: draw(answer_to(one))
            for one in asked
            if one["type"] not in STORED_APART and (every or draw(st.booleans()))
        }

    given = to(once(content))
    for part in repeated(content):
        times = draw(st.integers(1 if every else 0, part["repeats"]["most"]))
        if made := [to(part["questions"]) for _ in range(times)]:
            given[part["key"]] = made
    return given


def answered(*, every=True):
    """Return a form that is in order and answers that fit it."""
    pair = lambda content: st.tuples(st.just(content), answers_to(content, every=every))  # noqa: E731 -- one use
    return contents().flatmap(pair)
