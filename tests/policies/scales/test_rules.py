import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.looks import MET_OR_NOT
from trigpoint.policies.scales import rules
from trigpoint.web.marks import ORDER, SHAPES

LEVELS = MET_OR_NOT["levels"]


def with_first(**other):
    return [LEVELS[0] | other, LEVELS[1]]


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        (LEVELS[:1], "at least two levels"),
        (LEVELS[::-1], "go from best to worst"),
        (with_first(tone="rust"), "each once at most"),
        (with_first(letter="N"), "Two levels have the letter “N”"),
        (with_first(shape="octagon"), "Two levels have the shape “octagon”"),
        (with_first(label="not MET"), "Two levels have the word “not met”"),
    ],
)
def test_faults_say_what_cannot_be_told_apart(levels, words):
    assert any(words in fault for fault in rules.faults(levels))


@given(
    tones=st.lists(st.sampled_from(ORDER), min_size=2, unique=True).map(
        lambda found: sorted(found, key=ORDER.index)
    ),
    shapes=st.permutations(SHAPES),
    letters=st.permutations("ABCDE"),
)
def test_any_two_to_five_colours_in_order_are_a_scale(tones, shapes, letters):
    levels = [
        {"letter": letter, "shape": shape, "tone": tone, "label": f"Level {letter}"}
        for letter, shape, tone in zip(letters, shapes, tones, strict=False)
    ]

    assert rules.is_a_scale("New", levels, taken={"XY": "Other"})
    assert rules.code_of(levels) == "".join(letters[: len(tones)])


def test_two_scales_have_letters_of_their_own():
    verdict = rules.is_a_scale("New", LEVELS, taken={"YN": "Yes or no"})

    assert "“Yes or no” has the letters YN already" in verdict.reason


def test_told_has_a_slot_for_every_colour_in_one_order():
    told = rules.told("Met or not", LEVELS)

    assert list(told) == list(rules.told("", ()))
    assert (told["label-stone"], told["letter-rust"], told["label-teal"]) == ("Met", "N", "")
