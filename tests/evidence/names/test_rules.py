import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.evidence.names.rules import covered, listed, name_like_words, names_in_haste


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Aisha reads aloud.", ["Aisha"], id="a first name, even opening a sentence"),
        pytest.param("Read by Jacob’s partner.", ["Jacob"], id="a first name with its ’s"),
        pytest.param("Will this work? Mark the words.", [], id="a word that opens a sentence"),
        pytest.param("We asked Will and Grace.", ["Will", "Grace"], id="the same word inside one"),
        pytest.param(
            "Zofka said it was hard.", ["Zofka"], id="a rarer name before a speaking verb"
        ),
        pytest.param("Pupils said it was hard.", [], id="pupils speaking"),
        pytest.param("Macbeth's witches; Roman numerals; Year 4.", [], id="what lessons are about"),
        pytest.param("Mrs Grace helped. Mr James left.", [], id="adults by title"),
        pytest.param("PRIYA KS2 SEND", ["PRIYA"], id="a first name in capitals throughout"),
        pytest.param("Best reader: Will", ["Will"], id="after a colon"),
        pytest.param("Tom read. Then Tom wrote.", ["Tom"], id="once each"),
        pytest.param("Amelia Jones’s book", ["Amelia Jones"], id="with the surname"),
        pytest.param("Seen: Zofka Nowak, Tom.", ["Tom"], id="two words nobody lists"),
        pytest.param("Amelia Grace read to Tom.", ["Amelia Grace", "Tom"], id="two first names"),
        pytest.param("PRIYA SEND Amelia KS2", ["PRIYA", "Amelia"], id="not an abbreviation"),
        pytest.param("One-word answers were accepted.", [], id="a compound that counts"),
        pytest.param("Two-minute answers. Their answers.", [], id="whose answers they are"),
        pytest.param("Jean-Luc answers well.", ["Jean-Luc"], id="a compound that is a name"),
        pytest.param("He-Ping said so.", ["He-Ping"], id="a name that begins with a small word"),
        pytest.param("One-word answers, but Zofka said more.", ["Zofka"], id="both at once"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_name_like_words_are_found(text, words):
    assert name_like_words([text]) == words


def test_name_like_words_leaves_out_those_who_may_stand_there():
    texts = ["Ellen plans with Aisha. Ellen Corrigan and Ellen Jones agree."]

    assert name_like_words(texts, known=["Ellen Corrigan"]) == ["Aisha", "Ellen Jones"]


@pytest.mark.parametrize("told", ["{} answers well.", "{}-Oni answers well.", "One-word {} said."])
def test_no_listed_name_is_missed_where_somebody_speaks(told):
    names = [name.capitalize() for name in sorted(listed("first_names") - listed("not_names"))]

    missed = [name for name in names if not name_like_words([told.format(name)])]

    assert missed == []


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1))
def test_what_counts_is_never_a_name_and_never_hides_one(counted):
    assert name_like_words([f"Six-{counted} answers."]) == []
    assert name_like_words([f"Six-{counted} answers Zofka said."]) == ["Zofka"]


def test_listed_names_are_small_letters_and_many():
    names = listed("first_names")

    assert len(names) > 1_000
    assert all(name == name.lower() for name in names)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("amelia keeps shouting", ["amelia"], id="a first name without a capital"),
        pytest.param("mr fell is unfair", ["mr fell"], id="a title without one"),
        pytest.param("i will read more with grace", [], id="names that are words"),
        pytest.param("Longer breaks and more books", [], id="nobody"),
    ],
)
def test_names_in_haste_are_found_however_they_are_typed(text, found):
    assert names_in_haste(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ring 07700 900123 or +44 7700 900124", ["07700 900123", "+44 7700 900124"]),
        ("write to a.b@mail.example", ["a.b@mail.example"]),
        ("ask @year6_mum", ["@year6_mum"]),
        ("0 of 30 pupils, 12345678901 words, page 0123", []),
    ],
)
def test_names_in_haste_are_also_what_reaches_somebody(text, found):
    assert names_in_haste(text) == found
    assert not any(one in covered(text, found) for one in found)


def test_covered_leaves_nothing_of_a_name():
    assert covered("amelia and Amelia's mum", ["amelia"]) == "[covered] and [covered]'s mum"
