import io
import zipfile

import pytest

from trigpoint.instruments.workbooks import rules
from trigpoint.records.refusals import Refused

SURVEY = [("type", "name", "label"), ("text", "a", "=1+1")]


def test_cells_are_text_and_never_formulas():
    with zipfile.ZipFile(io.BytesIO(rules.written({"survey": SURVEY}))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()

    assert "<f>" not in sheet
    assert rules.read(rules.written({"survey": SURVEY})).survey[0][1]["label"] == "=1+1"


def bomb():
    """Return a small zip file that says nothing and unpacks into 60 MB of it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 60 * 1024 * 1024)
    return out.getvalue()


def survey(*rows):
    return rules.written({"survey": [SURVEY[0], *rows]})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"type,name\ntext,a", "not a spreadsheet"),
        (b"PK\x03\x04" + b"x" * 50, "is damaged"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "cannot be read|can be read"),
        (b"PK\x03\x04" + b"x" * 6 * 1024 * 1024, "larger than 5 MB"),
        (bomb(), "too large once unpacked"),
        (rules.written({"one": [("a",)], "two": [("b",)]}), "no sheet called “survey”"),
        (survey(("begin group", "g", "G"), ("text", "a", "A")), "begin"),
        (survey(("select_one nowhere", "a", "A")), "nowhere|choices"),
        (survey(("text", "two words", "A")), "Names must begin"),
        (survey(("text", "a", "A"), ("text", "a", "B")), "a"),
        (rules.written({"survey": [("kind", "name"), ("text", "a")]}), "type"),
    ],
    ids=["empty", "csv", "torn zip", "torn xls", "too large", "bomb", "no survey", "group left open",
         "no such list", "name with a space", "a name twice", "no types"],
)  # fmt: skip
def test_a_file_that_is_not_in_order_is_refused_with_a_sentence(data, words):
    with pytest.raises(Refused, match=words) as refused:
        rules.read(data)

    assert "http" not in refused.value.reason


def test_a_file_of_too_many_rows_is_refused():
    with pytest.raises(Refused, match="more than 5,000 rows"):
        rules.read(survey(*[("text", f"a{n}", "A") for n in range(5_001)]))
