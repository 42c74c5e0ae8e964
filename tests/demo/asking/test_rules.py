import random
from collections import Counter

import pytest

from trigpoint.demo.asking.rules import replies
from trigpoint.demo.words.rules import read
from trigpoint.evidence.surveys.rules import options


@pytest.mark.parametrize("name", ["pupils", "parents", "staff"])
def test_replies_add_up_to_the_counts_of_the_list(name):
    told = read("surveys")[name]
    questions = [{"choices": [], **it} for it in told["questions"]]

    dealt = replies(told, questions, random.Random(1))  # noqa: S311 -- any dice do

    for key, question in enumerate(questions, 1):
        given = Counter(answers[str(key)] for answers, _ in dealt if str(key) in answers)
        values = [value for value, _ in options(question)]
        assert [given[value] for value in values] == question["counts"]
    assert len(dealt) == told["replies"]
    assert sorted(words for _, words in dealt if words) == sorted(told["words"])
