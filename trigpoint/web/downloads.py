"""Lists as files people open elsewhere: CSV and spreadsheets, in which no cell is ever a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter
from django.http import HttpResponse

Value = str | int | date | None
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
WIDEST = 60  # characters of a column
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def csv_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """Answer a CSV file; spreadsheet programs know by its first bytes that it is UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return _file(
        ("\N{ZERO WIDTH NO-BREAK SPACE}" + text.getvalue()).encode(), CSV_TYPE, f"{name}.csv"
    )


def xlsx_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """Answer a spreadsheet: a heading that stays in view, days as days, all else as it was typed."""
    kept = [list(row) for row in rows]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **AS_TEXT}) as book:
        page = book.add_worksheet()
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "d mmm yyyy"})
        page.write_row(0, 0, headings, bold)
        page.freeze_panes(1, 1)
        for number, row in enumerate(kept, start=1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(number, column, value, day)
                elif isinstance(value, str):
                    page.write_string(number, column, value)
                elif value is not None:
                    page.write_number(number, column, value)
        for column, heading in enumerate(headings):
            longest = max([len(heading), *(len(str(row[column] or "")) for row in kept)])
            page.set_column(column, column, min(longest + 2, WIDEST))
        page.autofilter(0, 0, max(len(kept), 1), len(headings) - 1)
    return _file(out.getvalue(), XLSX_TYPE, f"{name}.xlsx")


def _plain(value: Value) -> str:
    """Write a cell so that no spreadsheet program takes it for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": disposition}
    )
