"""Which reply says what: the counts of a list, dealt out so that no two questions go together."""

import random
from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from trigpoint.evidence.surveys.rules import closed, options


def replies(
    told: Mapping[str, Any], questions: Sequence[Mapping[str, Any]], dice: random.Random
) -> list[tuple[dict[str, str], str]]:
    """Return each reply's answers and words.

    Args:
        told: an entry of the list of surveys: how many ``replies``, the ``counts`` of each question
            in the order of its options, and the ``words``; who is in no count left a question out.
        questions: the same questions as the survey stores them.
        dice: who gave which answer.

    """
    count = told["replies"]
    answers: list[dict[str, str]] = [{} for _ in range(count)]
    for (key, question), entry in zip(closed(questions), told["questions"], strict=True):
        values = [value for value, _ in options(question)]
        given = list(chain(*map(repeat, values, entry["counts"])))
        for who, value in zip(dice.sample(range(count), len(given)), given, strict=True):
            answers[who][key] = value
    words = dict(zip(dice.sample(range(count), len(told["words"])), told["words"], strict=True))
    return [(answer, words.get(who, "")) for who, answer in enumerate(answers) if answer]
