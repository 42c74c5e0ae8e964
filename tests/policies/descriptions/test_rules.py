"""What becomes of the descriptions of a standard, each counted once."""

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.policies.descriptions.rules import Description, Outcome, compare
from trigpoint.web.marks import ORDER

WORDS = ["Strong", "Met", "Not met", "Urgent"]


@st.composite
def scales(draw):
    """Descriptions of some levels of a scale: colours and words are each there once."""
    tones = draw(st.lists(st.sampled_from(ORDER), unique=True, max_size=4))
    labels = draw(st.permutations(WORDS))
    return [
        Description(tone, label, draw(st.sampled_from(["Books show it.", "It is rare."])))
        for tone, label in zip(tones, labels, strict=False)
    ]


@given(scales(), scales(), st.booleans())
def test_each_description_is_counted_once_and_a_reading_backwards_turns_them_round(
    before, after, on_another_scale
):
    there = compare(before, after, on_another_scale=on_another_scale)
    back = compare(after, before, on_another_scale=on_another_scale)

    kept = len(before) - len(there.removed)
    assert kept == len(after) - len(there.added)
    assert len(there.reworded) + len(there.moved) <= kept
    if on_another_scale:
        assert len(there.reworded) + len(there.moved) == kept
    assert len(there.added) == len(back.removed)
    assert len(there.reworded) == len(back.reworded)
    assert len(there.moved) == len(back.moved)


def test_the_same_on_the_same_scale_is_no_difference_also_under_another_word():
    now = [Description("teal", "Secure", "Books show it.")]

    assert (
        compare([Description("teal", "Strong", "Books show it.")], now, on_another_scale=False)
        == Outcome()
    )


def test_a_level_of_another_scale_takes_over_by_colour_or_by_word():
    before = [
        Description("teal", "Strong", "Books show it."),
        Description("stone", "Met", "Most books show it."),
        Description("rust", "Urgent", "Nothing shows it."),
        Description("amber", "Weak", "Little shows it."),
    ]
    after = [
        Description("teal", "Secure", "Books show it."),
        Description("deep-teal", "Met", "Most books show it."),
        Description("rust", "Not met", "Hardly anything shows it."),
    ]

    found = compare(before, after, on_another_scale=True)

    assert found.moved == ("Strong, now Secure", "Met")
    assert [it.label for it in found.reworded] == ["Not met"]
    assert [it.label for it in found.removed] == ["Weak"]
    assert found.added == ()
