"""What the figures say, in numbers and in sentences."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.looks import IN_WORDS, shown
from trigpoint.governance.assurance import rules
from trigpoint.governance.assurance.rules import Table
from trigpoint.governance.cells.rules import Cell, Judged
from trigpoint.web.marks import Shown

ON = dt.date(2025, 12, 9)
LABELS = {"E": "Exceptional", "S": "Strong", "M": "Meets", "A": "Attention", "U": "Urgent"}


def judged(mark, strength="FAIR", *, made_on=ON, valid_until=None, perspective="TRUST"):
    level = shown(mark, LABELS[mark])
    return Judged(level, strength, made_on, perspective, valid_until)


def a_row(*pairs, area="Assessment"):
    """Sum up academies given as pairs of what is now and what was before."""
    cells = [Cell(f"Academy {n}", now, before) for n, (now, before) in enumerate(pairs)]
    return rules.row(area, area.lower(), cells, on=ON, max_age_days=365)


def a_table(*rows, changes=(), academy=""):
    return Table("9 December 2025", "2 September", 4, rows, tuple(changes), academy)


@pytest.mark.parametrize(
    ("marks", "middle"),
    [
        pytest.param("", None, id="nothing judged"),
        pytest.param("S", "S", id="one"),
        pytest.param("SA", "A", id="two: the weaker"),
        pytest.param("UES", "S", id="three in any order"),
    ],
)
def test_middle_level_is_the_middle_academys(marks, middle):
    level = rules.middle([Cell(mark, judged(mark), None) for mark in marks])

    assert (level.letter if level else None) == middle


def test_row_counts_academies():
    row = a_row(
        (judged("S", "STRONG"), judged("M")),
        (judged("A", "THIN", perspective="EXTERNAL"), judged("M")),
        (judged("M", made_on=dt.date(2024, 1, 1)), judged("M")),
        (None, None),
    )

    assert [(s.level.letter, s.count) for s in row.levels] == [("S", 1), ("M", 1), ("A", 1)]
    assert [(s.code, s.count) for s in row.strengths] == [("STRONG", 1), ("FAIR", 1), ("THIN", 1)]
    assert (row.better, row.worse, row.at_standard, row.was_at_standard) == (1, 1, 2, 3)
    assert (row.judged, row.of, row.not_judged, row.out_of_date, row.thin) == (3, 4, 1, 1, 1)
    assert (row.level.letter, row.strength, row.last_check) == ("M", "FAIR", "Dec 2025")
    assert (row.is_known, row.is_assured) == (False, False)


def test_row_of_nothing_is_not_zero():
    row = a_row((None, None))

    assert (row.level, row.strength, row.last_check) == (None, "", "None yet")


def test_row_says_when_the_last_check_was_from_outside():
    assert a_row((judged("M", perspective="EXTERNAL"), None)).last_check == "Dec 2025, external"


def test_changes_there_is_no_room_for_are_counted():
    cells = [Cell(f"Academy {n}", judged("S"), judged("M")) for n in range(8)]
    table = a_table(changes=rules.changes("Assessment", "assessment", cells))

    assert (len(table.shown_changes), table.more_changes) == (6, 2)


def in_words(strength="FAIR"):
    return Judged(IN_WORDS, strength, ON, "TRUST", scale="words")


def test_what_is_judged_in_words_has_no_level_to_count():
    row = a_row((in_words(), in_words()), (in_words("THIN"), None), (None, None))

    assert (row.level, row.is_mostly_in_words, row.judged, row.of) == (IN_WORDS, True, 2, 3)
    assert (row.at_standard, row.better, row.worse, row.thin) == (0, 0, 0, 1)
    assert [(it.level.code, it.count) for it in row.levels] == [("words", 2)]


def test_levels_speak_for_an_area_that_is_judged_in_words_in_part():
    row = a_row((in_words(), None), (judged("A"), None), (judged("S"), None))
    most = a_row((in_words(), None), (in_words(), None), (judged("S"), None))

    assert (row.level.letter, row.in_words, row.is_assured) == ("A", 1, False)
    assert (most.level, most.in_words, most.is_assured) == (IN_WORDS, 2, True)
    assert [it.level.code for it in row.levels] == ["teal-S", "amber-A", "words"]


MET = Shown("Y", "circle", "stone", "Met", 1)
UNMET = Shown("N", "octagon", "rust", "Not met", 2)
OF_SCALES = {
    "ESMAU": [shown(mark) for mark in "ESMAU"],
    "YN": [MET, UNMET],
    "words": [IN_WORDS],
}


def on_scale(scale, level, in_force="ESMAU"):
    return Cell("", Judged(level, "FAIR", ON, "TRUST", scale=scale), None, scale=in_force)


def row_of(cells):
    return rules.row("Assessment", "assessment", cells, on=ON, max_age_days=365)


def test_the_middle_is_of_those_on_the_scale_in_force():
    now = [on_scale("ESMAU", shown("S")), on_scale("ESMAU", shown("A"))]
    row = row_of([*now, on_scale("YN", MET)])

    assert (row.level.letter, row.scale, row.earlier, row.judged) == ("A", "ESMAU", 1, 3)


def test_no_middle_where_most_are_on_an_earlier_scale():
    row = row_of([on_scale("YN", MET), on_scale("YN", UNMET), on_scale("ESMAU", shown("E"))])

    assert (row.level, row.earlier, row.at_standard) == (None, 2, 2)
    assert row_of([on_scale("YN", MET, in_force="words")] * 2).level is None


def test_a_single_academy_has_its_own_level_on_whatever_scale():
    row = row_of([on_scale("YN", UNMET)])

    assert (row.level, row.scale, row.earlier) == (UNMET, "YN", 1)


@given(
    st.lists(st.sampled_from([(code, it) for code, of in OF_SCALES.items() for it in of])),
    st.sampled_from(sorted(OF_SCALES)),
)
def test_a_middle_level_has_half_of_those_on_its_scale_on_either_side(given_levels, scale):
    cells = [on_scale(code, level, scale) for code, level in given_levels]
    middle = rules.middle(cells)

    if len(cells) < 2:
        assert middle == (given_levels[0][1] if cells else None)
        return
    counts = Counter(code for code, _ in given_levels)
    assert (middle is None) == (2 * max(counts[scale], counts["words"] - 0.5) < len(cells))
    if middle:
        code = next(code for code, of in OF_SCALES.items() if middle in of)
        ranks = [level.rank for of, level in given_levels if of == code]
        assert code in {scale, "words"}
        assert 2 * sum(rank <= middle.rank for rank in ranks) > len(ranks)
        assert 2 * sum(rank >= middle.rank for rank in ranks) >= len(ranks)


def test_verdict_answers_in_a_sentence():
    good = a_row((judged("S"), judged("S")), area="Curriculum")
    weak = a_row((judged("A"), judged("M")), area="Assessment")
    blank = a_row((None, None), area="Resources")

    assert rules.verdict(a_table(good, weak, blank)) == (
        "In one of three areas most academies are at standard or above. "
        "Assessment is weaker than on 2 September. We know too little about resources."
    )
    assert "Nothing has been judged" in rules.verdict(a_table(blank))


def test_verdict_lists_several_areas():
    worse = [a_row((judged("A"), judged("M")), area=name) for name in ("Curriculum", "Welfare")]

    assert "Curriculum and Welfare are weaker" in rules.verdict(a_table(*worse))


def test_unknowns_come_worst_first_with_why():
    thin = a_row((judged("M", "THIN"), None), (judged("M"), None), area="Curriculum")
    old = a_row((judged("M", valid_until=dt.date(2025, 1, 1)), None), (None, None), area="Welfare")
    fine = a_row((judged("M"), None), area="Behaviour")

    assert rules.unknowns(a_table(thin, old, fine)) == [
        ("Welfare", "1 of 2 academies not judged. 1 out of date."),
        ("Curriculum", "1 on thin evidence."),
    ]


def test_questions_come_from_the_figures():
    cells = [
        Cell("Saltwyke", judged("U"), judged("M")),
        Cell("Thornmere", judged("S"), judged("M")),
        Cell("Dunlow", None, None),
    ]
    summed = rules.row("Assessment", "assessment", cells, on=ON, max_age_days=365)
    moved = sorted(
        rules.changes("Assessment", "assessment", cells), key=lambda change: change.better
    )

    asked = rules.questions(a_table(summed, changes=moved))

    assert [question for question, _ in asked] == [
        "What is being done about assessment at Saltwyke?",
        "When will somebody look at assessment where nobody has?",
        "What made assessment better at Thornmere?",
    ]
    assert rules.questions(a_table()) == []


def test_small_numbers_are_written_out():
    assert (rules.said(2), rules.said(12)) == ("two", "12")


def test_a_table_of_one_academy_speaks_of_it():
    good = a_row((judged("S"), judged("S")), area="Curriculum")
    weak = a_row((judged("A", "THIN"), judged("M")), area="Assessment")
    blank = a_row((None, None), area="Resources")
    table = a_table(good, weak, blank, academy="Brackenfold")

    assert rules.verdict(table) == (
        "Brackenfold is at standard or above in one of three areas. "
        "Assessment is weaker than on 2 September. "
        "We know too little about assessment and resources."
    )
    assert rules.unknowns(table) == [
        ("Assessment", "On thin evidence."),
        ("Resources", "Not judged."),
    ]
    assert rules.questions(table) == [
        (
            "When will somebody look at resources at Brackenfold?",
            "Behind this: nobody has judged it yet",
        )
    ]


def test_verdict_leaves_out_areas_that_are_judged_in_words():
    good = a_row((judged("S"), judged("S")), area="Curriculum")
    wordy = a_row((in_words(), in_words()), area="Welfare")

    assert rules.verdict(a_table(good, wordy)).startswith(
        "In one of one area most academies are at standard or above. Welfare is judged in words:"
    )
    assert rules.verdict(a_table(wordy)).startswith("The policy judges in words, without levels:")
