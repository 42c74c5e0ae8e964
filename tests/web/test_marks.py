"""Level and strength are always a mark and a word."""

import pytest

from tests.looks import FIVE, IN_WORDS, shown
from trigpoint.web import icons, marks
from trigpoint.web.marks import Shown

STRONG = shown("S", "Strong & steady")


def test_level_is_the_shape_with_its_word():
    assert marks.level(STRONG) == (
        '<span class="tp-level"><svg class="tp-lv tp-lv--s" viewBox="0 0 24 24" aria-hidden="true">'
        '<use href="#lv-house"/><text class="lv-letter" x="12" y="17.6">S</text></svg>'
        "<span>Strong &amp; steady</span></span>"
    )


def test_level_of_nothing_says_so():
    assert "Not judged" in marks.level(None)
    assert "#lv-none" in marks.level_mark(None)


def test_level_sizes_are_classes():
    assert 'class="tp-level tp-level--lg"' in marks.level(STRONG, "lg")
    assert "tp-lv--sm" in marks.level_mark(STRONG, "sm")


@pytest.mark.parametrize("tone", ["", "e", "green", '"'])
def test_level_refuses_a_colour_that_is_none_of_the_safe_ones(tone):
    with pytest.raises(ValueError, match="no tone"):
        marks.level(Shown("X", "star", tone, "Wrong"))


def test_level_may_have_another_letter_and_shape_in_a_colour():
    met = marks.level(Shown("M", "octagon", "teal", "Met"))

    assert 'class="tp-lv tp-lv--s"' in met
    assert '<use href="#lv-octagon"/>' in met
    assert ">M</text>" in met


def test_what_is_judged_in_words_is_drawn_without_a_letter():
    html = marks.level(IN_WORDS)

    assert "#lv-lines" in html
    assert "<text" not in html
    assert "In words" in html


def test_position_counts_from_the_best():
    assert [marks.position(level) for level in FIVE] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("strength", "corners", "words"),
    [
        ("THIN", "#st-1", "Thin evidence"),
        ("FAIR", "#st-2", "Fair evidence"),
        ("STRONG", "#st-3", "Strong evidence"),
        (None, "#st-0", "No evidence yet"),
    ],
)
def test_strength_is_its_corners_with_its_noun(strength, corners, words):
    html = marks.strength(strength)

    assert corners in html
    assert f"<span>{words}</span>" in html


def test_strength_may_drop_the_noun_under_a_heading():
    assert "<span>Fair</span>" in marks.strength("FAIR", short=True)
    assert "<span>No evidence yet</span>" in marks.strength(None, short=True)


def test_change_is_an_arrow_with_words_and_nothing_when_it_stayed():
    assert "arrow-up" in marks.change(1)
    assert "Up since last term" in marks.change(1)
    assert "Down since May" in marks.change(-2, since="May")
    assert marks.change(0) == ""


def test_icon_comes_from_the_sprite_and_is_for_the_eye_only():
    assert marks.icon("check", "sm", "tp-overdue") == (
        '<svg class="tp-icon tp-icon--sm tp-overdue" aria-hidden="true">'
        '<use href="/static/web/icons.svg#i-check"/></svg>'
    )
    assert marks.icon("") == ""


def test_icon_that_does_not_exist_is_loud():
    with pytest.raises(ValueError, match="no icon 'chekc'"):
        marks.icon("chekc")


def test_sprite_names_are_read_from_the_file():
    assert {"check", "calendar-week", "school"} <= icons.names()
