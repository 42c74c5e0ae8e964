import re

import qrcode

from trigpoint.evidence.codes.rules import QUIET, code

ADDRESS = "https://qa.trust.example/evidence/s/abcd-efgh-jkmn-pqrs/"


def test_code_is_the_librarys_drawn_as_one_path():
    made = qrcode.QRCode(border=QUIET, error_correction=qrcode.constants.ERROR_CORRECT_M)
    made.add_data(ADDRESS)
    made.make(fit=True)
    rows = made.get_matrix()

    found = code(ADDRESS)

    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", found.path)}
    assert found.size == len(rows)
    assert dark == {(x, y) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell}


def test_code_leaves_a_white_border():
    found = code(ADDRESS)

    places = [int(n) for pair in re.findall(r"M(\d+) (\d+)h", found.path) for n in pair]
    assert min(places) == QUIET
    assert max(places) == found.size - QUIET - 1
