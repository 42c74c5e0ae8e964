"""Names of staff are found however they are written; ordinary words are left alone."""

import pytest

from trigpoint.people.names import rules

NAMES = ["Tom Ludlam", "Anne-Marie O'Neill", "Priya Young"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Tom Ludlam spoke.", ["Tom Ludlam"], id="in full"),
        pytest.param("tom  ludlam spoke", ["Tom Ludlam"], id="small letters and spaces"),
        pytest.param("Mr Ludlam and Ms. O'Neill.", NAMES[:2], id="after a title"),
        pytest.param("T. Ludlam spoke", ["Tom Ludlam"], id="after an initial"),
        pytest.param("Ludlam spoke", [], id="a bare surname may be a word"),
        pytest.param("Young pupils read well.", [], id="a word that is a surname too"),
        pytest.param("Tom Ludlamton", [], id="the start of a longer word"),
        pytest.param("The head teacher spoke.", [], id="a role"),
    ],
)
def test_names_are_found_and_words_are_not(text, found):
    assert rules.named_in(text, NAMES) == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anne-Marie O\u2019Neill spoke.", "Anne-Marie O'Neill"),
        ("Ask Anne\u2011Marie O'Neill.", "Anne-Marie O'Neill"),
        ("Ask Rene\u0301 Faure.", "Ren\u00e9 Faure"),
        ("MR LUDLAM spoke.", "Tom Ludlam"),
        ("mr Ludlam spoke.", "Tom Ludlam"),
        ("Professor Ludlam spoke.", "Tom Ludlam"),
        ("Tom J. Ludlam spoke.", "Tom Ludlam"),
        ("Ludlam, Tom spoke.", "Tom Ludlam"),
        ("Tom\u00a0Ludlam spoke.", "Tom Ludlam"),
        ("Jane Smith spoke.", "Dr Jane Smith"),
    ],
)
def test_names_are_found_however_they_are_written(text, name):
    assert rules.named_in(text, [name]) == [name]
    assert rules.REMOVED in rules.without_names(text, [name])


@pytest.mark.parametrize("text", ["A reading of it", "Those who miss reading", "Spence spoke"])
def test_names_are_not_seen_in_ordinary_words(text):
    assert rules.named_in(text, ["Ann Reading", "Sue Pence"]) == []


def test_names_are_taken_out_of_what_is_printed():
    said = "Mr Ludlam and Priya Young agree."

    assert rules.without_names(said, NAMES) == "[name removed] and [name removed] agree."
