"""Turns an address into the drawing a phone's camera reads."""

from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of white around it, which cameras need


@dataclass(frozen=True, slots=True)
class Code:
    """A square of ``size`` modules with its white border, and the dark ones as one SVG path."""

    size: int
    path: str


def code(text: str) -> Code:
    """Return the QR code of a text. It stays readable with a sixth of it covered."""
    made = qrcode.QRCode(border=QUIET, error_correction=ERROR_CORRECT_M)
    made.add_data(text)
    made.make(fit=True)
    rows = made.get_matrix()
    dark = [(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return Code(len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))
