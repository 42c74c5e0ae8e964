import pytest

from trigpoint.policies.sources import rules

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["code"],
    "properties": {
        "code": {"type": "string", "maxLength": 5, "pattern": "^[a-z]+$"},
        "kind": {"enum": ["A", "B", "C"]},
        "format": {"const": "one"},
        "count": {"type": "integer", "minimum": 1, "maximum": 9},
        "items": {"type": "array", "minItems": 2, "maxItems": 3, "uniqueItems": True},
        "part": {"type": "object", "minProperties": 1, "maxProperties": 1},
    },
}


def said(raw):
    return [str(problem) for problem in rules.read(raw).problems]


def test_read_gives_plain_values_and_where_they_stand():
    source = rules.read(
        b"\xef\xbb\xbfname: Caf\xc3\xa9\nlist:\n  - 1\n  - -2\n  - yes\n  - ~\n  - 2026-01-05\n  - 1:30\n"
    )

    assert source.problems == []
    assert source.content == {"name": "Café", "list": [1, -2, True, None, "2026-01-05", "1:30"]}
    assert source.line_of(("list", 1)) == 4
    assert source.line_of(("list", 1, "deeper")) == 4
    assert source.line_of(("nowhere",)) == 1


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "The file is empty."),
        (b"a: 1\nb: &x [1]\n", "Line 2: Aliases and anchors"),
        (b"a: 1\nb: *x\n", "Line 2: Aliases and anchors"),
        (b"a: 1\n\nb: !!python/object:os.system x\n", "Line 3: Tags (!)"),
        (b"a: [1\nb: 2\n", "Line 2: This is not YAML"),
        (b"a: b: c\n", "Line 1: This is not YAML"),
        (b"a: 1\n---\nb: 2\n", "Line 2: The file holds more than one document"),
        (b"a: 1\nb: 2\na: 3\n", "Line 3: “a” stands twice in the same place."),
        (b"? [a, b]\n: 1\n", "Line 1: A field's name must be a plain word."),
        (b'a: "\\0"\n', "Line 1: This text holds a control character."),
        (b"a: 1\nb: \xff\n", "Line 2: This is not text in UTF-8."),
        (b"a: \x07\n", "characters that YAML does not allow"),
        (b"a: " + b"[" * 5000, "Line 1: This is nested more than 16 deep"),
        (b"a: " + b"x" * 5_000_000, "The file is 5.0 MB. A framework may be at most 1 MB."),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_read_refuses_what_could_do_harm_and_says_where(raw, words):
    assert words in said(raw)[0]


def test_read_refuses_the_billion_laughs_at_once():
    bomb = "a0: &a0 [lol]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )

    assert said(bomb.encode()) == [
        "Line 1: Aliases and anchors (* and &) are not read. Write the text out instead."
    ]


def test_read_keeps_a_huge_number_as_text():
    assert rules.read(b"a: " + b"9" * 5000).content == {"a": "9" * 5000}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("kind: A", "Line 1: The file: “code” is missing."),
        ("code: a\nextra: 1", "Line 2: The file: “extra” is not a field that anybody reads here."),
        ("code: a\nkind: D", "Line 2: The file, kind: “D” should be A, B or C."),
        ("code: a\nformat: two", "Line 2: The file, format: “two” should be one."),
        ("code: a\ncount: many", "Line 2: The file, count: this should be a whole number."),
        ("code: a\ncount: 0", "Line 2: The file, count: 0 is too small; the least is 1."),
        ("code: a\ncount: 10", "Line 2: The file, count: 10 is too large; the most is 9."),
        ("code: a\nitems: [1]", "this has 1 where 2 or more are needed."),
        ("code: a\nitems: [1, 2, 3, 4]", "this has 4 where 3 at most are allowed."),
        ("code: a\nitems: [1, 1]", "the same entry stands twice."),
        ("code: a\npart: {}", "this has 0 where 1 or more are needed."),
        ("code: a\npart: {a: 1, b: 2}", "this has 2 where 1 at most are allowed."),
        ("code: abcdef", "“a”, code: the text has 6 characters and may have at most 5."),
        ("code: A1", "“A1” is not written as this field needs it."),
        ("- a", "this should be a set of named fields."),
    ],
)
def test_check_says_what_does_not_follow_the_schema(line, words):
    source = rules.read(line.encode())

    rules.check(source, SCHEMA)

    first = str(source.problems[0])
    assert words.removeprefix("“a”, code: ") in first


def test_check_names_a_place_by_the_codes_on_the_way():
    content = {"areas": [{"code": "C", "standards": [{"code": "C1", "title": 5}]}]}

    path = ("areas", 0, "standards", 0, "title")

    assert rules.place_in_words(content, path) == "“C1”, title:"
    assert rules.place_in_words(content, path[:-1]) == "“C1”:"


def test_check_shortens_a_long_value():
    source = rules.read(b"code: a\nkind: " + b"x" * 90)

    rules.check(source, SCHEMA)

    assert f"“{'x' * 60}…”" in str(source.problems[0])
