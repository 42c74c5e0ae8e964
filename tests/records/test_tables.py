import datetime as dt
import io
import struct
import zipfile

import openpyxl
import pytest

from trigpoint.records import tables
from trigpoint.records.refusals import Refused


def workbook(rows):
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Staff")
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def zipped(*, flag=0, method=0, size=0, ends=0):
    """Return a zip file of one part whose headers promise something else than there is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("xl/workbook.xml", b"no packed bytes " * 4)
    data = bytearray(file.getvalue())
    for start, at in ((0, 6), (data.index(b"PK\x01\x02"), 8)):
        data[start + at : start + at + 4] = struct.pack("<HH", flag, method)
        if size:
            data[start + at + 12 : start + at + 20] = struct.pack("<II", size, size)
    if ends:
        data[-6:-2] = struct.pack("<I", ends)
    return bytes(data)


def test_read_csv_numbers_rows_as_a_spreadsheet_does_and_leaves_empty_ones_out():
    table = tables.read_csv(b"URN,Name\r\n1,Ash\r\n,\r\n2,Birch\r\n", name="It")

    assert table.columns == ("URN", "Name")
    assert [(line.number, line.cells) for line in table.lines] == [
        (2, ("1", "Ash")),
        (4, ("2", "Birch")),
    ]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("Name;Town\nBécket;Ely\n".encode(), id="UTF-8, semicolons"),
        pytest.param("Name,Town\nBécket,Ely\n".encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param("Name\tTown\nBécket\tEly\n".encode("cp1252"), id="Windows text, tabs"),
    ],
)
def test_read_csv_knows_encodings_and_separators(data):
    line = tables.read_csv(data, name="It").lines[0]

    assert line.cells == ("Bécket", "Ely")


def test_read_tells_a_spreadsheet_by_its_content_and_writes_cells_as_text():
    data = workbook([["Name", "Start", "Number"], ["Ann", dt.date(2026, 9, 1), 7.0]])

    table = tables.read(data, name="staff.csv")

    assert table.lines[0].cells == ("Ann", "2026-09-01", "7")


def test_find_ignores_case_spacing_and_punctuation():
    table = tables.read_csv(b"Staff_No., e-mail ADDRESS\n1,2\n", name="It")

    assert table.find(("Email address", "E-mail address")) == 1
    assert table.find(("staff no",)) == 0
    assert table.find(("nothing",)) is None


def test_value_is_empty_in_a_short_row_and_surplus_counts_a_long_one():
    table = tables.read_csv(b"a,b,\n1\n1,2,3,,4\n", name="It")
    short, long = table.lines

    assert (short.value(1), short.value(None), table.surplus(short)) == ("", "", 0)
    assert table.surplus(long) == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b" \n ", "empty", id="nothing in it"),
        pytest.param(b",,\n,,\n", "empty", id="only commas"),
        pytest.param(b"<!DOCTYPE html><html>", "web page", id="a web page"),
        pytest.param(workbook([["a"]]), "spreadsheet or zip", id="a workbook"),
        pytest.param("a,b\n".encode("utf-16"), "UTF-8", id="Unicode text"),
        pytest.param(b"a,b\n\x81,\x8d\n", "encoding", id="neither encoding"),
        pytest.param(b"a\n" + b"x" * 200_000, "CSV file we can read", id="one endless value"),
        pytest.param(b"x" * (tables.MAX_BYTES + 1), "20 MB", id="too large"),
    ],
)
def test_read_csv_refuses_with_a_sentence(data, words):
    with pytest.raises(Refused, match=words):
        tables.read_csv(data, name="The groups file")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(tables.ZIPPED + b"rubbish", "is damaged", id="damaged"),
        pytest.param(zipped(flag=1), "locked with a password", id="encrypted"),
        pytest.param(zipped(method=99), "is damaged", id="packed in a way nobody knows"),
        pytest.param(zipped(method=8), "is damaged", id="packed badly"),
        pytest.param(zipped(method=12), "is damaged", id="packed badly, bzip2"),
        pytest.param(zipped(method=14), "is damaged", id="packed badly, lzma"),
        pytest.param(zipped(ends=9_999), "is damaged", id="says that it begins before itself"),
        pytest.param(zipped(size=10_000), "is damaged", id="cut short"),
        pytest.param(tables.OLD_EXCEL + b"rubbish", "not a spreadsheet", id="damaged, old"),
        pytest.param(workbook([]), "empty", id="no cell in it"),
    ],
)
def test_read_refuses_a_spreadsheet_with_a_sentence(data, words):
    with pytest.raises(Refused, match=words):
        tables.read(data, name="It")


def test_read_refuses_a_small_file_that_unpacks_into_a_huge_one(monkeypatch):
    monkeypatch.setattr(tables, "MAX_UNPACKED_BYTES", 10)

    with pytest.raises(Refused, match="once unpacked"):
        tables.read(workbook([["a"]]), name="It")


@pytest.mark.parametrize("corner", ["XFD1048576", "A1048576", "XFD1", "GR99999"])
def test_read_refuses_a_sheet_whose_cells_lie_too_far_apart(corner):
    book = openpyxl.Workbook()
    book.active["A1"], book.active[corner] = "Name", "Ash"
    file = io.BytesIO()
    book.save(file)

    with pytest.raises(Refused, match="200 columns fit"):
        tables.read(file.getvalue(), name="It")


def test_read_csv_refuses_more_rows_than_it_takes(monkeypatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 2)

    with pytest.raises(Refused, match="more than 2 rows"):
        tables.read_csv(b"a\n1\n2\n3\n", name="It")


def test_columns_for_names_what_is_missing():
    table = tables.read_csv(b"URN,Old name\n", name="It")
    wanted = {"urn": ("URN",), "name": ("New name", "Old name"), "town": ("Town",)}

    with pytest.raises(Refused, match="It has no column called “Town”"):
        table.columns_for(wanted, {}, name="It")
    assert table.columns_for({"name": wanted["name"]}, {"town": ("Town",)}, name="It") == {
        "name": 1,
        "town": None,
    }


@pytest.mark.parametrize("text", ["2026-09-01", "01-09-2026", "01/09/2026"])
def test_read_day_knows_the_ways_a_day_is_written(text):
    assert tables.read_day(text) == dt.date(2026, 9, 1)


def test_read_day_is_none_for_nothing_and_wrong_for_anything_else():
    assert tables.read_day("") is None
    with pytest.raises(ValueError, match="next week"):
        tables.read_day("next week")
    for far in ("31/12/1999", "2101-01-01"):
        with pytest.raises(ValueError, match=far):
            tables.read_day(far)
