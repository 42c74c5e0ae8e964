"""Small drawings carry their meaning in words and no inline style."""

import pytest

from tests.looks import IN_WORDS, Placed, placed
from trigpoint.web import drawings
from trigpoint.web.drawings import Point

S, M, A = placed("S", "Strong"), placed("M", "Meets"), placed("A", "Attention")
MET = Placed("Y", "circle", "stone", "Met", 1, 2)
UNMET = Placed("N", "octagon", "rust", "Not met", 2, 2)


@pytest.mark.parametrize(
    ("value", "of", "width"),
    [(6, 8, "90.0"), (0, 8, "0.0"), (9, 8, "120.0"), (3, 0, "0.0"), (-1, 8, "0.0")],
)
def test_bar_is_filled_in_proportion_and_never_past_its_end(value, of, width):
    assert f'<rect class="tp-bar-fill" width="{width}"' in drawings.bar(value, of)


def test_bar_says_when_it_is_over():
    assert "tp-bar--over" in drawings.bar(9, 8)
    assert "tp-bar--over" not in drawings.bar(8, 8)


def test_meter_writes_the_figures_beside_the_bar():
    assert "6 of 8 visits" in drawings.meter(6, 8, noun="visits")
    assert "6 of 8</span>" in drawings.meter(6, 8)


def test_trend_steps_from_term_to_term_and_says_each():
    html = drawings.trend([Point("Spr", A), Point("Sum", M), Point("Aut", S)])

    assert 'd="M10 25.0H84V18.0H158V11.0"' in html
    assert html.count('r="2.5"') == 2
    assert html.count('r="4.5"') == 1
    assert "Spr: Attention; Sum: Meets; Aut: Strong" in html
    assert "style=" not in html


def test_trend_lifts_the_pen_at_a_gap_and_at_a_changed_meaning():
    html = drawings.trend(
        [Point("a", A), Point("b", None), Point("c", M), Point("d", S, breaks=True)]
    )

    assert 'd="M10 25.0M109 18.0M158 11.0"' in html
    assert html.count('class="break"') == 1
    assert "b: Not judged" in html
    assert "d: Strong, meaning changed" in html


@pytest.mark.parametrize("points", [[], [Point("Aut", None)]], ids=["no terms", "none judged"])
def test_trend_without_a_judgement_says_so(points):
    assert "No earlier judgement" in drawings.trend(points)


def test_trend_of_one_term_is_one_dot():
    assert drawings.trend([Point("Aut", S)]).count("<circle") == 1


def test_comparison_shows_the_gap_between_school_and_trust():
    html = drawings.comparison(S, A)

    assert '<line class="gap" x1="90" x2="38"' in html
    assert '<circle class="self" cx="90" cy="13" r="6.5"/>' in html
    assert '<rect class="trust" x="32.5"' in html
    assert "School: Strong. Trust: Attention." in html


def test_comparison_of_equals_draws_the_ring_round_the_square():
    html = drawings.comparison(M, M)

    assert 'class="gap"' not in html
    assert 'r="9"' in html


def test_comparison_leaves_out_what_was_not_judged():
    html = drawings.comparison(None, None)

    assert 'class="self"' not in html
    assert 'class="trust"' not in html
    assert "School: Not judged. Trust: Not judged." in html
    assert 'class="self"' in drawings.comparison(S, None)


def test_what_is_judged_in_words_is_a_gap_in_a_trend_and_has_no_place_on_the_rail():
    mixed = drawings.trend([Point("Aut", S), Point("Spr", IN_WORDS), Point("Sum", A)])
    alone = drawings.trend([Point("Aut", IN_WORDS)])

    assert mixed.count("<circle") == 2
    assert "Spr: In words" in mixed
    assert "Judged in words" in alone
    assert 'class="self"' not in drawings.comparison(IN_WORDS, A)
    assert "Both in words" in drawings.comparison(IN_WORDS, IN_WORDS)


def test_two_views_with_a_change_of_meaning_between_are_said_and_not_drawn():
    said = drawings.comparison(S, A, meaning="The bar <rose>.")

    assert "School: Strong, trust: Attention. Not compared" in said
    assert 'title="The bar &lt;rose&gt;."' in said
    assert "<svg" not in said


def test_the_best_of_a_scale_is_on_top_and_the_worst_at_the_bottom_however_many_it_has():
    trend = drawings.trend([Point("Aut", UNMET), Point("Spr", MET)])
    rail = drawings.comparison(MET, UNMET)

    assert 'd="M10 32.0H158V4.0"' in trend
    assert rail.count('class="tick"') == 2
    assert '<line class="gap" x1="116" x2="12"' in rail
    assert drawings.comparison(S, A).count('class="tick"') == 5
    assert drawings.comparison(None, None).count('class="tick"') == 5
