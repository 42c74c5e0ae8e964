import pytest

from trigpoint.evidence.names.rules import listed, name_like_words


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
        pytest.param("", [], id="nothing"),
    ],
)
def test_name_like_words_are_found(text, words):
    assert name_like_words([text]) == words


def test_name_like_words_leaves_out_those_who_may_stand_there():
    texts = ["Ellen plans with Aisha. Ellen Corrigan and Ellen Jones agree."]

    assert name_like_words(texts, known=["Ellen Corrigan"]) == ["Aisha", "Ellen Jones"]


def test_listed_names_are_small_letters_and_many():
    names = listed("first_names")

    assert len(names) > 1_000
    assert all(name == name.lower() for name in names)
