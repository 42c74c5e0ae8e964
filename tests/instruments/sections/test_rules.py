from hypothesis import given
from hypothesis import strategies as st

from tests.instruments.shapes import contents
from trigpoint.instruments.contents.rules import parts
from trigpoint.instruments.sections import rules
from trigpoint.instruments.sections.rules import Words


@given(contents(), st.data())
def test_what_a_part_says_is_made_into_the_same_part(content, data):
    part = data.draw(st.sampled_from(parts(content)))
    told = rules.told(part)
    said = Words(
        title=told["title"], help=told["help"], most=int(told["most"] or 0), word=told["word"]
    )

    assert rules.said(said) == told
    assert rules.changed(content, part["key"], said) == content


@given(contents(), st.data(), st.integers(-3, 3))
def test_moved_keeps_every_part(content, data, steps):
    key = data.draw(st.sampled_from(parts(content)))["key"]

    moved = rules.moved(content, key, steps)

    assert sorted(map(str, parts(moved))) == sorted(map(str, parts(content)))
