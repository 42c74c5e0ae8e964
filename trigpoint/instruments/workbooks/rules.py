"""Reading XLSForm workbooks with pyxform, safely, and writing them without formulas."""

import io
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError

import xlsxwriter
from defusedxml.common import DefusedXmlException
from pyxform import aliases, constants
from pyxform.errors import PyXFormError
from pyxform.parsing.sheet_headers import dealias_and_group_headers
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData, get_xlsform
from xlrd import XLRDError
from xlrd.compdoc import CompDocError

from trigpoint.records import tables
from trigpoint.records.refusals import Refused

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5_000  # of a sheet; a form of ours has at most 600 questions
NAME = "This file"
UNREADABLE = (  # what the libraries beneath pyxform raise on files that are not what they seem
    XLRDError, CompDocError, ParseError, DefusedXmlException, struct.error, ValueError, KeyError,
    IndexError, TypeError, AttributeError, AssertionError, OSError,
)  # fmt: skip
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Book:
    """An XLSForm that pyxform finds in order, as rows with columns in one spelling.

    ``survey`` is numbered as a spreadsheet program numbers rows. ``choices`` are by list.
    """

    survey: list[tuple[int, dict[str, Any]]]
    choices: dict[str, list[dict[str, Any]]]
    settings: dict[str, Any]


def read(data: bytes) -> Book:
    """Read an XLSForm, ``.xlsx`` or ``.xls``.

    Raises:
        Refused: it is none, or it is too large, damaged or not in order; the sentence says what
            and, where it can, in which row.

    """
    tables.check_workbook(data, name=NAME, most_bytes=MOST_BYTES)
    try:
        return _book(data)
    except PyXFormError as error:
        reason = f"This is not an XLSForm that can be read: {_tidy(str(error))}"
        raise Refused(reason) from error
    except UNREADABLE as error:
        reason = "This is not an XLSForm that can be read. Open it, save it as .xlsx and try again."
        raise Refused(reason) from error


def _tidy(words: str) -> str:
    """Return pyxform's sentence on one line, without the address it ends with."""
    return " ".join(words.split("Learn more:", maxsplit=1)[0].split())[:400]


def _book(data: bytes) -> Book:
    kind = ".xlsx" if data.startswith(tables.ZIPPED) else ".xls"
    found = get_xlsform(io.BytesIO(data), file_type=kind)
    if not found.survey:
        reason = "This file has no sheet called “survey”, so it is not an XLSForm."
        raise Refused(reason)
    if max(len(found.survey), len(found.choices or ())) > MOST_ROWS:
        reason = f"This form has more than {MOST_ROWS:,} rows. Take in a part of it."
        raise Refused(reason)
    settings = dict((found.settings or [{}])[0])
    _validate(get_xlsform(io.BytesIO(data), file_type=kind))
    language = str(settings.get("default_language", constants.DEFAULT_LANGUAGE_VALUE))
    return Book(
        [(number, dict(row)) for number, row in enumerate(_rows(found, language), start=2) if row],
        _choices(found, language),
        settings,
    )


def _validate(found: DefinitionData) -> None:
    """Have pyxform read all of it: it knows best what makes an XLSForm one."""
    workbook_to_json(found, form_name="form", warnings=[])


def _rows(found: DefinitionData, language: str) -> Sequence[Mapping[str, Any]]:
    rows: Sequence[Mapping[str, Any]] = dealias_and_group_headers(
        sheet_name=constants.SURVEY,
        sheet_data=found.survey,
        sheet_header=found.survey_header,
        header_aliases=aliases.survey_header,
        header_columns=set(),
        default_language=language,
    ).data
    return rows


def _choices(found: DefinitionData, language: str) -> dict[str, list[dict[str, Any]]]:
    if not found.choices:
        return {}
    listed = dealias_and_group_headers(
        sheet_name=constants.CHOICES,
        sheet_data=found.choices,
        sheet_header=found.choices_header,
        header_aliases=aliases.list_header,
        header_columns=set(),
        default_language=language,
    ).data
    lists: dict[str, list[dict[str, Any]]] = {}
    for row in listed:
        if constants.LIST_NAME_S in row and constants.NAME in row:
            lists.setdefault(str(row[constants.LIST_NAME_S]), []).append(dict(row))
    return lists


def written(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Return sheets as a workbook, each cell as the text it is, the first row in bold."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **PLAIN}) as book:
        bold = book.add_format({"bold": True})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, text in enumerate(row):
                    sheet.write_string(number, column, text, bold if number == 0 else None)
            sheet.freeze_panes(1, 0)
            sheet.autofit(max_width=400)
    return out.getvalue()
