import re

import pytest

from trigpoint.instruments.models import ActivityKind
from trigpoint.policies.frameworks import rules
from trigpoint.policies.versions.rules import REVIEW_KINDS
from trigpoint.reviews.models import Review

TEXT = rules.SHIPPED.read_text(encoding="utf-8")
LINES = TEXT.splitlines()


def line_of(words, start=0):
    """The line, counted from 1, on which the shipped file says something."""
    return next(n for n, line in enumerate(LINES[start:], start + 1) if words in line)


def said(text):
    checked = rules.check(text)
    assert checked.framework is None
    return [str(problem) for problem in checked.problems]


def without(first, last):
    """The shipped file without the lines from the one that says ``first`` up to ``last``."""
    start = line_of(first) - 1
    return "\n".join(LINES[:start] + LINES[line_of(last, start) - 1 :])


def test_shipped_framework_is_in_order():
    assert rules.check(TEXT).problems == []
    assert rules.counts(rules.shipped()) == rules.Counts(
        areas=7, standards=38, look_fors=152, descriptors=190
    )


def test_shipped_is_a_copy_of_one_s_own():
    rules.shipped()["areas"].clear()

    assert len(rules.shipped()["areas"]) == 7


def test_shipped_framework_is_real_prose_and_repeats_nothing():
    texts = [
        text
        for area in rules.shipped()["areas"]
        for standard in area["standards"]
        for text in (
            standard["statement"],
            *standard["look_fors"].values(),
            *standard["descriptors"].values(),
        )
    ]

    assert len(texts) == len(set(texts))
    assert not [text for text in texts if len(text.split()) < 5]
    words = [set(re.findall(r"\w+", text.lower())) for text in texts]
    alike = [
        (texts[i], texts[j])
        for i in range(len(texts))
        for j in range(i)
        if len(words[i] & words[j]) / len(words[i] | words[j]) > 0.7
    ]
    assert alike == []


def test_shipped_framework_maps_every_area_to_outside_frameworks():
    for area in rules.shipped()["areas"]:
        names = {match["framework"].split(" ")[0] for match in area.get("crosswalk", [])}
        assert names >= {"Ofsted", "DfE", "Trust"}, area["name"]
        parts = {row["part"] for row in area.get("responsibilities", [])}
        assert parts == {"MONITORS", "REVIEWS", "CONSULTED", "TOLD"}, area["name"]


def test_schema_knows_the_kinds_that_upper_areas_have():
    """Policies may not import upwards, so the lists are written twice and compared here."""
    kinds = set(rules._schema()["$defs"]["kind"]["enum"])  # noqa: SLF001 -- the published schema

    assert kinds == set(ActivityKind.values)
    assert {kind.value: kind.label for kind in Review.Kind} == REVIEW_KINDS


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        (
            TEXT.replace("letter: U,", "letter: E,", 1),
            (
                f"Line {line_of('levels:')}: Two levels have the letter “E”. Each level of a scale has its"
                " own."
            ),
        ),
        (
            TEXT.replace("tone: teal,", "tone: amber,", 1),
            (
                f"Line {line_of('levels:')}: The colours go from best to worst, each once at most:"
                " deep-teal, teal, stone, amber, rust. Here: deep-teal, amber, stone, amber, rust."
            ),
        ),
        (
            TEXT.replace("scale: ESMAU", "scale: EMU", 1),
            (
                f"Line {line_of('scale: ESMAU')}: The area Curriculum is judged on EMU, and no scale has"
                " these letters. Choose from: words, ESMAU."
            ),
        ),
        (
            TEXT.replace("scale: ESMAU", "scale: words", 1),
            f"Line {line_of('          E:')}: C1 says what E looks like, which is no level of it.",
        ),
        (
            without("          U: Large parts of", "      - code: C2"),
            (
                f"Line {line_of('descriptors:')}: C1 does not say what U, “Urgent improvement”, looks"
                " like."
            ),
        ),
        (
            TEXT.replace("code: T2\n", "code: T1\n", 1),
            f"Line {line_of('code: T2')}: The standard code T1 is used twice.",
        ),
        (
            TEXT.replace("lineage: teaching-adapting", "lineage: teaching-clear", 1),
            (
                f"Line {line_of('lineage: teaching-adapting')}: The standard lineage teaching-clear is"
                " used twice."
            ),
        ),
        (
            TEXT.replace("  - code: A\n", "  - code: C\n", 1),
            f"Line {line_of('  - code: A')}: The area code C is used twice.",
        ),
        (
            TEXT.replace("lineage: assessment\n", "lineage: testing\n", 1),
            (
                f"Line {line_of('areas:')}: The area Assessment (lineage assessment) is missing. Every"
                " policy covers it."
            ),
        ),
        (
            without("  - code: Q", "# Who answers"),
            (
                f"Line {line_of('areas:')}: The area Quality assurance (lineage"
                " quality-assurance) is missing. Every policy covers it."
            ),
        ),
        (
            TEXT.replace("months: 24, area: curriculum}", "months: 24, area: latin}"),
            (
                f"Line {line_of('area: curriculum}')}: How often: there is no area with the lineage"
                " latin."
            ),
        ),
        (
            TEXT.replace("every: TERM, tier: 3}", "every: TERM, months: 4, tier: 3}", 1),
            (
                f"Line {line_of('every: TERM, tier: 3}')}: How often: give “months” with every: MONTHS,"
                " and only then."
            ),
        ),
        (
            TEXT.replace("    final: 15", "    final: 3", 1),
            (
                f"Line {line_of('    final: 15')}: The clock runs backwards: final comes before"
                " factual_accuracy."
            ),
        ),
        (
            TEXT.replace("        expected: [CURRICULUM_REVIEW", "        expected: [TAROT", 1),
            f"Line {line_of('        expected: [')}: “C1”, expected: “TAROT” should be",
        ),
        (
            TEXT.replace("        title: Breadth", "        titel: Breadth", 1),
            f"Line {line_of('title: Breadth')}: “C1”: “titel” is not a field",
        ),
    ],
    ids=[
        "a letter twice",
        "colours out of order",
        "no such scale",
        "a level that the area's scale does not have",
        "a level without a descriptor",
        "a standard's code twice",
        "a lineage twice",
        "an area's code twice",
        "an area under another name",
        "an area missing",
        "cadence of no area",
        "months with a term",
        "a clock that runs backwards",
        "an unknown kind of evidence",
        "a field misspelt",
    ],
)
def test_check_says_each_fault_with_its_line(faulty, words):
    assert any(one.startswith(words) for one in said(faulty)), said(faulty)


def test_check_reports_several_faults_in_the_order_of_their_lines():
    faulty = TEXT.replace("code: T2\n", "code: T1\n").replace("code: C2\n", "code: C1\n")

    lines = [problem.line for problem in rules.check(faulty).problems]

    assert lines == [line_of("code: C2"), line_of("code: T2")]


def test_check_stops_at_a_readable_number_of_problems():
    assert len(rules.check("x: 1\n" * 1000).problems) <= 40


def test_faults_finds_the_same_in_a_framework_made_by_a_program():
    framework = rules.shipped()
    framework["areas"][1]["standards"][0]["code"] = "C1"

    assert [str(it) for it in rules.faults(framework)] == ["The standard code C1 is used twice."]
    del framework["areas"][0]
    assert "Curriculum" in str(rules.faults(framework)[0])


def test_paragraphs_joins_lines_and_keeps_blank_ones():
    assert rules.paragraphs("One\nline.\n\n  \nAnother\n") == "One line.\n\nAnother"
