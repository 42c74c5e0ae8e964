"""Ours read through another framework: everything under what it maps to, and nowhere else."""

from hypothesis import example, given
from hypothesis import strategies as st

from tests.looks import FIVE, IN_WORDS, shown
from trigpoint.policies.crosswalks import rules
from trigpoint.policies.crosswalks.rules import FITS, Held, Match
from trigpoint.web.marks import Shown

AREAS = ["curriculum", "teaching", "welfare", "resources"]
ITEMS = [
    ("inc", "Inclusion"),
    ("ach", "Achievement"),
    ("sg", "Safeguarding"),
    ("ey", "Early years"),
]
MATCHES = st.lists(
    st.builds(
        Match,
        lineage=st.sampled_from(AREAS),
        item=st.sampled_from([*(name for _, name in ITEMS), "An item nobody has"]),
        fit=st.sampled_from(sorted(FITS)),
        standard=st.sampled_from(["", "C1", "C2"]),
    ),
    max_size=20,
)
LEVELS = st.none() | st.sampled_from(FIVE)
HELD = st.dictionaries(
    st.sampled_from(AREAS),
    st.builds(Held, level=LEVELS, scale=st.sampled_from(["ESMAU", "YN"])),
    max_size=4,
)


TWO = [Match("curriculum", "Inclusion", "SAME"), Match("teaching", "Inclusion", "SAME")]
GOOD_THEN_WEAK = {
    "curriculum": Held(shown("S", "Strong standard")),
    "teaching": Held(shown("A", "Needs attention")),
}


@given(MATCHES, HELD)
@example(TWO, GOOD_THEN_WEAK)
def test_seen_has_each_judgement_under_every_item_it_maps_to_and_none_elsewhere(matches, held):
    shown = rules.seen(rules.items(ITEMS, matches, AREAS), held)

    assert [(it.item.code, it.item.name) for it in shown] == ITEMS
    got = [(it.item.name, part.source.lineage) for it in shown for part in it.parts]
    names = {name for _, name in ITEMS}
    assert len(got) == len(set(got))
    assert set(got) == {(row.item, row.lineage) for row in matches if row.item in names}
    for it in shown:
        for part in it.parts:
            assert part.held == held.get(part.source.lineage, Held())
        lineages = [part.source.lineage for part in it.parts]
        assert lineages == sorted(lineages, key=AREAS.index)


@given(MATCHES, HELD)
@example(TWO, GOOD_THEN_WEAK)
def test_lowest_is_a_level_of_ours_and_none_behind_it_is_lower(matches, held):
    for it in rules.seen(rules.items(ITEMS, matches, AREAS), held):
        by_scale = {}
        for part in it.parts:
            if part.held.level:
                by_scale.setdefault(part.held.scale, []).append(part.held.level.letter)
        lows = {low.part.held.scale: low.part.held.level.letter for low in it.lows}
        assert lows == {of: max(them, key="ESMAU".index) for of, them in by_scale.items()}
        assert [low.count for low in it.lows] == [len(them) for them in by_scale.values()]
        assert (it.lowest is None) == (len(by_scale) != 1)
        if it.lowest:
            assert [it.lowest.held.level.letter] == list(lows.values())


def test_items_say_how_an_area_fits_as_a_whole_or_through_its_standards():
    matches = [
        Match("teaching", "Inclusion", "PARTIAL", "Teaching", "T2"),
        Match("teaching", "Inclusion", "SAME", "Teaching", "T1"),
        Match("curriculum", "Inclusion", "NARROWER", "Curriculum"),
        Match("curriculum", "Inclusion", "SAME", "Curriculum", "C1"),
        Match("welfare", "Achievement", "SAME", "Welfare", "W1"),
    ]

    inclusion, achievement, *rest = rules.items(ITEMS, matches, AREAS)

    assert [(it.area, it.fit) for it in inclusion.sources] == [
        ("Curriculum", "ours is narrower"),
        ("Teaching", "partly, through T2 and T1"),
    ]
    assert [it.fit for it in achievement.sources] == ["partly, through W1"]
    assert [it.sources for it in rest] == [(), ()]


def test_words_say_what_the_level_rests_on():
    matches = [
        Match("teaching", "Inclusion", "SAME"),
        Match("welfare", "Inclusion", "SAME"),
        Match("welfare", "Achievement", "SAME"),
        Match("curriculum", "Safeguarding", "SAME"),
    ]
    items = rules.items(ITEMS, matches, AREAS)
    level = shown("A", "Needs attention")

    some = [it.words for it in rules.seen(items, {"welfare": Held(level)})]
    none = rules.seen(items, {})[0]

    assert some == [
        "from 1 area, 1 not judged",
        "from 1 area",
        "1 area, not judged",
        "Nothing of ours covers it",
    ]
    assert (none.words, none.lowest) == ("2 areas, none judged", None)


def test_what_is_judged_in_words_is_lowest_only_where_nothing_has_a_level():
    matches = [Match("teaching", "Inclusion", "SAME"), Match("welfare", "Inclusion", "SAME")]
    items = rules.items(ITEMS, matches, AREAS)
    words = Held(IN_WORDS)

    alone = rules.seen(items, {"teaching": words})[0]
    beside = rules.seen(items, {"teaching": words, "welfare": Held(shown("E"))})[0]

    assert (alone.lowest.held.level, alone.words) == (IN_WORDS, "1 area, in words, 1 not judged")
    assert (beside.lowest.held.level.letter, beside.words) == ("E", "from 1 area, 1 in words")


def test_levels_of_two_scales_are_each_the_lowest_of_their_own():
    matches = [Match(area, "Inclusion", "SAME") for area in AREAS]
    items = rules.items(ITEMS, matches, AREAS)
    met = Shown("Y", "circle", "stone", "Met", 1)
    held = {
        "curriculum": Held(shown("S"), scale="ESMAU"),
        "teaching": Held(shown("E"), scale="ESMAU"),
        "welfare": Held(met, scale="YN"),
        "resources": Held(IN_WORDS, scale="words"),
    }

    mixed = rules.seen(items, held)[0]
    one = rules.seen(items, {**held, "welfare": Held(shown("A"), scale="ESMAU")})[0]

    assert [(low.part.held.level.letter, low.words) for low in mixed.lows] == [
        ("S", "lowest of 2 areas"),
        ("Y", "from 1 area"),
    ]
    assert (mixed.lowest, mixed.words) == (None, "3 areas on 2 scales, 1 in words")
    assert (one.lowest.held.level.letter, one.words) == ("A", "lowest of 3 areas, 1 in words")


def test_an_area_without_a_level_in_the_middle_is_judged_all_the_same():
    items = rules.items(ITEMS, [Match("teaching", "Inclusion", "SAME")], AREAS)

    assert rules.seen(items, {"teaching": Held(is_judged=True)})[0].words == (
        "1 area, without a middle level"
    )
