from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.looks import MET_OR_NOT
from trigpoint.policies.differences.rules import AREA, LOOK_FOR, STANDARD, compare, nodes
from trigpoint.policies.frameworks import rules as frameworks


def big():
    """A framework of 136 nodes, three deep: 7 areas, 43 standards, 86 look-fors."""
    framework = frameworks.shipped()
    areas = framework["areas"]
    pattern = deepcopy(areas[0]["standards"][0])
    for area in areas:
        area["standards"] = []
    for number in range(43):
        standard = deepcopy(pattern) | {
            "code": f"N{number}",
            "lineage": f"standard-{number}",
            "title": f"Standard {number}",
            "look_fors": {"one": f"First of {number}", "two": f"Second of {number}"},
        }
        areas[number % 7]["standards"].append(standard)
    return framework


def test_a_framework_of_136_nodes_is_in_order():
    framework = big()

    assert frameworks.faults(framework) == []
    assert len(nodes(framework)) == 136
    assert compare(framework, big()).is_empty


def test_five_texts_two_removed_and_three_new_are_exactly_that():
    before, after = big(), big()
    standards = {it["code"]: it for area in after["areas"] for it in area["standards"]}
    standards = [standards[f"N{number}"] for number in range(43)]
    standards[0]["statement"] = "Every pupil follows a broad curriculum."
    standards[1]["descriptors"]["M"] = "Most subjects are taught in full."
    standards[1]["descriptors"]["A"] = "Some subjects are taught in full."
    standards[2]["look_fors"]["one"] = "Timetables protect every subject"
    after["areas"][0]["summary"] = "What pupils learn."
    del standards[3]["look_fors"]["one"], standards[4]["look_fors"]["two"]
    standards[5]["look_fors"] |= {"three": "A third", "four": "A fourth"}
    standards[6]["look_fors"]["five"] = "A fifth"

    found = compare(before, after)

    assert (found.texts_count, len(found.removed), len(found.added)) == (5, 2, 3)
    assert [it.name for it in found.removed] == ["First of 3", "Second of 4"]
    assert [it.name for it in found.added] == ["A third", "A fourth", "A fifth"]
    assert found.unchanged_count == 136 - 2 - len(found.changed)


def test_a_standard_that_goes_takes_its_look_fors_along():
    before, after = big(), big()
    gone = after["areas"][0]["standards"].pop(0)

    found = compare(before, after)

    assert [(it.kind, it.key) for it in found.removed] == [
        (STANDARD, gone["lineage"]),
        (LOOK_FOR, f"{gone['lineage']}-one"),
        (LOOK_FOR, f"{gone['lineage']}-two"),
    ]


def test_spaces_and_order_are_no_difference():
    after = big()
    first = after["areas"][0]["standards"][0]
    first["statement"] = first["statement"].replace(" ", "\n", 3)
    first["expected"] = first["expected"][::-1]

    assert compare(big(), after).is_empty


def test_a_change_of_meaning_is_said_even_where_the_words_stay():
    after = big()
    after["areas"][0]["standards"][0]["meaning_changed"] = "The bar rose."
    after["areas"][1]["meaning_changed"] = "It takes in attendance now."

    found = compare(big(), after)

    assert [(it.node.kind, it.meaning) for it in found.breaks] == [
        (STANDARD, "The bar rose."),
        (AREA, "It takes in attendance now."),
    ]
    assert found.texts_count == 0


def test_a_standard_that_moves_says_where_from_and_a_renamed_area_moves_nothing():
    after = big()
    after["areas"][1]["standards"].append(after["areas"][0]["standards"].pop(0))
    after["areas"][2]["name"] = "Checking what was learned"

    found = compare(big(), after)

    moved = [it for it in found.changed if it.moved_from]
    assert [(it.node.key, it.moved_from) for it in moved] == [("standard-0", "Curriculum")]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda it: it["settings"]["clock"].update(draft=4), "Draft report (working days after"),
        (lambda it: it["cadence"][0].update(months=6), "Trust review, tier 1: every 6 months inst"),
        (lambda it: it["cadence"].pop(0), "Trust review, tier 1: no longer promised."),
        (
            lambda it: it["cadence"].append({"review": "PEER", "every": "TERM"}),
            "Peer review: every term, which was not promised before.",
        ),
        (
            lambda it: it["responsibilities"].append({"part": "MONITORS", "role": "The chair"}),
            "The chair now monitors the whole policy.",
        ),
        (
            lambda it: it["areas"][0]["responsibilities"].pop(0),
            "Trust curriculum lead no longer monitors Curriculum.",
        ),
        (
            lambda it: it["scales"][0]["levels"][2].update(label="Secure"),
            "The level “Meets standard” is now called “Secure”.",
        ),
        (
            lambda it: it["scales"][0]["levels"][2].update(shape="octagon"),
            "The level “Meets standard” looks different now: stone, octagon.",
        ),
        (
            lambda it: it["scales"][0].update(name="Our levels"),
            "The scale “Five levels” is now called “Our levels”.",
        ),
        (
            lambda it: it["scales"].append(MET_OR_NOT),
            "There is a new scale, “Met or not”: Y Met, N Not met.",
        ),
        (lambda it: it["scales"].clear(), "The scale “Five levels” is gone."),
        (
            lambda it: it["settings"]["life"].update(review_notice_days=[90, 30]),
            "90 and 30 instead of 60, 30 and 0.",
        ),
    ],
)
def test_what_is_promised_is_compared_in_words(change, words):
    after = frameworks.shipped()
    change(after)

    found = compare(frameworks.shipped(), after)

    assert [it for it in found.promises if words in it], found.promises
    assert len(found.promises) == 1


def test_the_text_is_compared_part_by_part():
    after = frameworks.shipped()
    after["sections"][0]["text"] = after["sections"][0]["text"].replace("better", "good", 1)

    (change,) = compare(frameworks.shipped(), after).sections

    assert change.label == "Purpose"
    assert {piece.kind for piece in change.pieces} == {"same", "gone", "new"}


KEYS = st.sampled_from([f"standard-{number}" for number in range(43)])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(gone=st.sets(KEYS, max_size=8), reworded=st.sets(KEYS, max_size=8))
def test_counts_equal_a_recount_and_turn_round_when_read_backwards(gone, reworded):
    before, after = big(), big()
    for area in after["areas"]:
        area["standards"] = [it for it in area["standards"] if it["lineage"] not in gone]
        for standard in area["standards"]:
            if standard["lineage"] in reworded:
                standard["title"] += ", again"

    there, back = compare(before, after), compare(after, before)

    assert len(there.removed) == len(back.added) == 3 * len(gone)
    assert there.texts_count == back.texts_count == len(reworded - gone)
    assert there.unchanged_count == 136 - 3 * len(gone) - len(reworded - gone)


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        ("words", "It is judged in words, without a level."),
        ("YN", "It is judged on the scale “Met or not”."),
    ],
)
def test_to_be_judged_on_something_else_is_a_change_of_meaning(scale, words):
    after = frameworks.shipped()
    after["scales"].append(MET_OR_NOT)
    after["areas"][0]["scale"] = scale

    for standard in after["areas"][0]["standards"]:
        standard["descriptors"] = {"Y": "It is met."} if scale == "YN" else {}

    found = compare(frameworks.shipped(), after)

    assert [(it.node.name, it.meaning) for it in found.breaks] == [("Curriculum", words)]
    assert [change.label for change in found.breaks[0].texts] == ["Judged on"]
    standards = [it for it in found.changed if it.node.kind == STANDARD]
    count = len(after["areas"][0]["standards"])
    removed, reworded = (4, 1) if scale == "YN" else (5, 0)
    assert found.levels_counts == [(removed * count, "removed")]
    assert [change.label for it in standards for change in it.texts] == ["Met"] * reworded * count


def test_descriptions_that_move_come_or_go_are_told_apart_from_those_reworded():
    before, after = frameworks.shipped(), frameworks.shipped()
    after["scales"].append(MET_OR_NOT)
    after["areas"][0]["scale"] = "YN"
    first, *others = after["areas"][0]["standards"]
    for it in after["areas"][0]["standards"]:
        it["descriptors"] = {"Y": it["descriptors"]["M"], "N": it["descriptors"]["U"]}
    first["descriptors"]["Y"] = "It is met, and more."
    del after["areas"][1]["standards"][0]["descriptors"]["E"]
    del before["areas"][1]["standards"][1]["descriptors"]["E"]

    found = compare(before, after)

    assert found.texts_count == 2  # the area's scale, and one description
    assert found.levels_counts == [
        (1, "new"),
        (3 * (len(others) + 1) + 1, "removed"),
        (2 * len(others) + 1, "moved unchanged"),
    ]
