import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.evidence.search.rules import (
    MOST_FRAGMENTS,
    MOST_TERMS,
    fragments,
    marked,
    read,
)

texts = st.text(st.sampled_from(string.ascii_letters + " .'’-éŻ\u0308\"\n"), max_size=300)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("pupils read", (("pupils",), ("read",))),
        ('"careful work" books', (("careful", "work"), ("books",))),
        ("“careful work”", (("careful", "work"),)),
        ('careful "work', (("careful",), ("work",))),
        ("the pupils and the books", (("pupils",), ("books",))),
        ('"to read to the class"', (("read", "to", "the", "class"),)),
        ("the of and", ()),
        ("Zoë’s CAFÉ", (("zoe",), ("cafe",))),
        ("a_b body:x* -y^2", (("b",), ("body",), ("x",), ("y",), ("2",))),
        ("books BOOKS books", (("books",),)),
        ("?!", ()),
        ("", ()),
    ],
)
def test_read_takes_words_and_phrases_and_no_operators(typed, terms):
    assert read(typed).terms == terms


def test_read_says_when_it_takes_no_more():
    many = read(" ".join(f"word{number}" for number in range(20)))

    assert (len(many.terms), many.is_cut) == (MOST_TERMS, True)
    assert not read("two words").is_cut


@given(st.text(max_size=1200))
def test_read_takes_anything(typed):
    for term in read(typed).terms:
        assert all(word.isalnum() and word for word in term)


@given(texts, texts)
def test_marked_says_the_same_text_again(text, typed):
    runs = marked(text, read(typed))

    again = marked("".join(run.text for run in runs), read(""))
    assert "".join(run.text for run in runs) == "".join(run.text for run in again)


def told(runs):
    return "".join(f"[{run.text}]" if run.found else run.text for run in runs)


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Pupils retrieve words.", "pupil word", "[Pupils] retrieve [words]."),
        ("A careful work of books", '"careful work"', "A [careful work] of books"),
        ("work careful", '"careful work"', "work careful"),
        ("In the café’s corner", "cafe", "In the [café]’s corner"),
        ("Reading, reads, ready", "read", "[Reading], [reads], ready"),
        ("read to the class", '"read in a class"', "[read to the class]"),
        ("nothing of it", "", "nothing of it"),
    ],
)
def test_marked_marks_what_either_database_finds(text, typed, shown):
    assert told(marked(text, read(typed))) == shown


def test_fragments_show_a_little_of_what_is_around():
    long = "Before it all. " * 20 + "Rivers run deep. " + "After it all. " * 20

    (only,) = fragments([long, "Nothing here."], read("river"))

    assert told(only).startswith("… ")
    assert told(only).endswith(" …")
    assert "[Rivers]" in told(only)
    assert len(told(only)) < 200


def test_fragments_are_few():
    assert len(fragments(["Rivers."] * 9, read("rivers"))) == MOST_FRAGMENTS
    assert fragments(["Rivers."], read("")) == []
