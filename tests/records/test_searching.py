from trigpoint.records.searching import words_of


def test_words_of_a_search_are_few_and_short():
    assert words_of("phonics  in Year 4") == ["phonics", "in", "Year", "4"]
    assert len(words_of("a " * 1_200)) == 8
    assert len(words_of("a" * 60_000)[0]) == 200
