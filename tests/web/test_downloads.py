"""Files for spreadsheet programs: text stays text, days are days, nothing is a formula."""

import datetime as dt
import io

import openpyxl
import pytest

from trigpoint.web.downloads import csv_file, xlsx_file

ROWS = [["=1+1", 3, dt.date(2026, 11, 1)], [None, 0, None]]


def test_csv_file_is_utf_8_that_says_so():
    answer = csv_file("list", ["Ä", "n", "day"], ROWS)

    assert answer.content.decode() == "\ufeffÄ,n,day\r\n'=1+1,3,2026-11-01\r\n,0,\r\n"
    assert answer["Content-Disposition"] == 'attachment; filename="list.csv"'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_csv_file_disarms_what_a_program_would_run(start):
    assert f"'{start}x" in csv_file("list", ["a"], [[f"{start}x"]]).content.decode()


def test_xlsx_file_keeps_text_as_text_and_days_as_days():
    answer = xlsx_file("list", ["a", "n", "day"], ROWS)

    page = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [cell.data_type for cell in page[2]] == ["s", "n", "d"]
    assert [cell.value for cell in page[2]] == ["=1+1", 3, dt.datetime(2026, 11, 1)]  # noqa: DTZ001 -- as read
    assert page.freeze_panes == "B2"


def test_a_file_of_nothing_still_has_its_headings():
    page = openpyxl.load_workbook(io.BytesIO(xlsx_file("list", ["a"], []).content)).active

    assert [cell.value for cell in page[1]] == ["a"]
