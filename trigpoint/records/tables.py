"""Tables that people hand over, CSV files and spreadsheets: read, or refused with a sentence.

Every cell comes out as text, days as ``2026-09-01``, so that what was handed over can be kept and
shown as it was read. Knows no column of any file; the import that wants the table names those.
"""

import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from trigpoint.records.days import within_years
from trigpoint.records.refusals import Refused

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELLS = 5_000_000  # the sheet's first row to its last, times its columns
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d+)["']""")  # of a cell, or of a row
DELIMITERS = (",", ";", "\t")
ZIPPED, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
UNREADABLE = (  # what the zip library says of a file that is torn, encrypted or oddly packed
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,  # a place before the file begins, a name in no encoding
)
DAY_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")
Columns = dict[str, tuple[str, ...]]
Cell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Line:
    """One row. ``number`` is what a spreadsheet program shows beside it; the header is 1."""

    number: int
    cells: tuple[str, ...]

    def value(self, column: int | None) -> str:
        """Return a cell; empty for a row that is too short or a column that is not there."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns' names and the rows under them, empty rows left out."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    def find(self, names: Iterable[str]) -> int | None:
        """Return where the first of these columns is, without regard to case and spacing."""
        tidied = [tidy(column) for column in self.columns]
        return next((tidied.index(tidy(name)) for name in names if tidy(name) in tidied), None)

    def columns_for(
        self, wanted: "Columns", also: "Columns", *, name: str
    ) -> dict[str, int | None]:
        """Find columns by name; each may have had several.

        Args:
            wanted: for each key, the names its column may have; all must be there.
            also: the same for columns that may be missing.
            name: how to call the table in a sentence.

        Returns:
            For each key where its column is, or None.

        Raises:
            Refused: wanted columns are missing; the sentence names them.

        """
        found = {key: self.find(names) for key, names in (wanted | also).items()}
        missing = [f"\u201c{names[0]}\u201d" for key, names in wanted.items() if found[key] is None]
        if missing:
            reason = (
                f"{name} has no column called {' or '.join(missing)}. "
                "Check that it is the right file and that its first row names the columns."
            )
            raise Refused(reason)
        return found

    def surplus(self, line: Line) -> int:
        """Count the values of a row that stand to the right of the last named column."""
        return sum(1 for cell in line.cells[len(self.columns) :] if cell)


def tidy(name: str) -> str:
    """Return a column's name for comparing: small letters and digits, single spaces."""
    letters = "".join(letter if letter.isalnum() else " " for letter in name.casefold())
    return " ".join(letters.split())


def read_day(text: str) -> date | None:
    """Read a day written ``2026-09-01``, ``01-09-2026`` or ``01/09/2026``; None when empty.

    Raises:
        ValueError: it is not a day, or in no year that is kept here.

    """
    if not text:
        return None
    for layout in DAY_FORMATS:
        try:
            day = datetime.strptime(text, layout).date()  # noqa: DTZ007 -- a day has no time zone
        except ValueError:
            continue
        if within_years(day):
            return day
    raise ValueError(text)


def read(data: bytes, *, name: str) -> Table:
    """Read a CSV file or a spreadsheet, told apart by content and not by name.

    Raises:
        Refused: it is neither, or it is empty, too large, locked or damaged.

    """
    _measure(data, name)
    if data.startswith((ZIPPED, OLD_EXCEL)):
        return _table(_spreadsheet(data, name), name)
    return read_csv(data, name=name)


def read_csv(data: bytes, *, name: str) -> Table:
    """Read a CSV file saved as UTF-8 or as Windows text.

    Raises:
        Refused: it is something else, or it is empty or too large.

    """
    _measure(data, name)
    text = _decode(data, name)
    header = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=header.count)
    try:
        return _table(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), name)
    except csv.Error as error:
        reason = f"{name} is not a CSV file we can read. Save it again as CSV and send that."
        raise Refused(reason) from error


def _measure(data: bytes, name: str, most_bytes: int = MAX_BYTES) -> None:
    if not data.strip():
        reason = f"{name} is empty. Download or save it again."
        raise Refused(reason)
    if len(data) > most_bytes:
        most = most_bytes // (1024 * 1024)
        reason = f"{name} is larger than {most} MB. Send a smaller extract of it."
        raise Refused(reason)


def _decode(data: bytes, name: str) -> str:
    """Turn bytes into text, or say what the file seems to be instead."""
    start = data.lstrip()[:200].lower()
    if data.startswith((ZIPPED, OLD_EXCEL)):
        reason = f"{name} is a spreadsheet or zip file. Open it and save it as CSV."
        raise Refused(reason)
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        reason = f"{name} is a web page, not a CSV file. The download failed: download it again."
        raise Refused(reason)
    if data.startswith(UTF_16) or b"\x00" in data:
        reason = f"{name} is not a CSV file saved as UTF-8. Save it as \u201cCSV UTF-8\u201d and send that."
        raise Refused(reason)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    reason = f"{name} has letters in an encoding we cannot read. Save it as \u201cCSV UTF-8\u201d."
    raise Refused(reason)


def _spreadsheet(data: bytes, name: str) -> Iterator[list[str]]:
    """Yield the rows of the first sheet that has any."""
    try:
        if data.startswith(ZIPPED):
            _check_size(data, name, MAX_UNPACKED_BYTES)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = map(book.get_sheet_by_name, book.sheet_names)
        rows = next((sheet.iter_rows() for sheet in sheets if sheet.height), iter(()))
    except PasswordError as error:
        reason = f"{name} is locked with a password. Save a copy without one."
        raise Refused(reason) from error
    except CalamineError as error:
        reason = f"{name} is not a spreadsheet we can read. Save it as .xlsx or CSV."
        raise Refused(reason) from error
    for row in rows:
        yield [_text(cell) for cell in row]


def check_workbook(data: bytes, *, name: str, most_bytes: int) -> None:
    """Look at a spreadsheet before another library reads it.

    Args:
        data: the file as it arrived.
        name: how to call it in a sentence.
        most_bytes: how large it may be; unpacked ten times that.

    Raises:
        Refused: it is no spreadsheet, or it is empty, damaged, too large, or would unpack into
            something huge.

    """
    _measure(data, name, most_bytes)
    if not data.startswith((ZIPPED, OLD_EXCEL)):
        reason = f"{name} is not a spreadsheet. Save it as .xlsx and send that."
        raise Refused(reason)
    if data.startswith(ZIPPED):
        _check_size(data, name, most_unpacked=10 * most_bytes)


def _check_size(data: bytes, name: str, most_unpacked: int) -> None:
    """Refuse a file that is torn, unpacks into a huge one, or holds cells too far apart to lay out."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > most_unpacked:
                reason = f"{name} is too large once unpacked. Send a smaller spreadsheet."
                raise Refused(reason)
            for part in packed.infolist():
                _extent(packed.read(part), name)
    except UNREADABLE as error:
        reason = f"{name} is damaged, or locked with a password. Save a copy and send that."
        raise Refused(reason) from error


def _extent(part: bytes, name: str) -> None:
    """Refuse a sheet whose last cell lies too far out: the library lays out all before it."""
    rows = columns = 1
    for letters, digits in PLACE.findall(part):
        rows = max(rows, int(digits[:8]))
        columns = max(columns, _column(letters))
    if rows > MAX_ROWS + 1 or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        reason = (
            f"{name} reaches to row {rows:,} and column {columns:,}, and {MAX_ROWS:,} rows and "
            f"{MAX_COLUMNS} columns fit. Copy only the table into a new spreadsheet and send that."
        )
        raise Refused(reason)


def _column(letters: bytes) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _text(cell: Cell) -> str:
    """Write a spreadsheet cell as text: whole numbers without .0, days as 2026-09-01."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _table(rows: Iterable[list[str]], name: str) -> Table:
    """Take the first row that says anything as the header."""
    lines = []
    for number, row in enumerate(rows, start=1):
        if any(cell.strip() for cell in row):
            lines.append(Line(number, tuple(cell.strip() for cell in row)))
        if len(lines) > MAX_ROWS + 1:
            reason = f"{name} has more than {MAX_ROWS:,} rows. Send a smaller extract of it."
            raise Refused(reason)
    if not lines:
        reason = f"{name} is empty. Download or save it again."
        raise Refused(reason)
    header = list(lines[0].cells)
    while header and not header[-1]:
        header.pop()
    return Table(tuple(header), tuple(lines[1:]))
