"""Which year groups some words name. Filters and the strength of evidence read by the same patterns."""

import re
from functools import cache, lru_cache

NURSERY, RECEPTION, LAST_YEAR = "nursery", "reception", 13
YEARS = (
    (NURSERY, "Nursery"),
    (RECEPTION, "Reception"),
    *((str(year), f"Year {year}") for year in range(1, LAST_YEAR + 1)),
)
STAGES = {1: (1, 2), 2: (3, 6), 3: (7, 9), 4: (10, 11), 5: (12, 13)}  # key stage: its years

# Year groups as they are written, in pieces both PostgreSQL and Python read. A number is a year
# where it follows the word, begins the text, or goes on from another year.
EDGE, END = "(?<![0-9a-z])", "[a-z]?(?![0-9a-z])"
YEAR, STAGE = "(year groups?|years?|yrs?|y) *", "(key stages?|ks) *"
EARLY, SIXTH = "eyfs|early years", "sixth form"
BEGINNING = f"({NURSERY}|{RECEPTION}|(year *|y)?r(?! *[0-9])|{EARLY})"
TO = " *(up to|to|-|\N{EN DASH}|\N{EM DASH}) *"
AND = "( *[,;/&+\N{EN DASH}\N{EM DASH}-] *(and +)?| *(and|or|to) *)"
ALSO = f"({AND}| +)"
SEVERAL_STAGES = f"{STAGE}[1-5]({AND}[1-5])*"
NO_STAGE = "(?![1-5]([^0-9]|$))"  # “KS3, 4” goes on with a key stage, “KS3, 10” with a year
NAMED = f"(({BEGINNING}|{SIXTH}){ALSO}|{SEVERAL_STAGES}{ALSO}{NO_STAGE})"
BEFORE = (  # a year in digits: what leads up to it
    f"(^ *|[(:] *|{EDGE}({YEAR}|{NAMED}))(({YEAR})?[1-9][0-9]?[a-z]?{ALSO}|{NAMED})*({YEAR})?"
)
NUMBERS = {NURSERY: -1, RECEPTION: 0} | {str(year): year for year in range(1, LAST_YEAR + 1)}


@lru_cache(maxsize=4_096)  # the same few spellings, record after record
def years_in(text: str) -> frozenset[int]:
    """Read year groups from words: "Years 3 and 4", "Reception to Year 2", "KS 3", "Y7-9".

    Returns:
        Whole numbers, -1 nursery, 0 reception, 1 to 13; empty when no year is named.

    """
    return frozenset(NUMBERS[year] for year, _ in YEARS if _compiled(year).search(text))


@cache
def _compiled(year: str) -> re.Pattern[str]:
    return re.compile(year_pattern(year), re.IGNORECASE)


def year_pattern(year: str) -> str:
    """Return the pattern of year groups, as they are written, that one year is among.

    Args:
        year: "nursery", "reception", or a number from 1 to 13.

    """
    if year == NURSERY:
        return f"{NURSERY}|{EARLY}"
    if year == RECEPTION:
        return "|".join([RECEPTION, EARLY, *_spanned(0)])
    number = int(year)
    sixth = [SIXTH] if number in STAGES[5] else []
    return "|".join([f"{BEFORE}{number}{END}", *sixth, *_staged(number), *_spanned(number)])


def _staged(number: int) -> list[str]:
    """Return how a year is among key stages, listed one by one or from one to another."""
    stage = next(it for it, (first, last) in STAGES.items() if first <= number <= last)
    listed = f"{STAGE}([1-5]{AND}({STAGE})?)*{stage}(?![0-9])"
    return [listed, f"{STAGE}[1-{stage}]{TO}({STAGE})?[{stage}-5](?![0-9])"]


def _spanned(number: int) -> list[str]:
    """Return how a year is between two others; 0 is reception."""
    after = f"{_digits(max(number, 1), LAST_YEAR)}{END}"
    stages = "".join(str(it) for it, (_, last) in STAGES.items() if last >= number)
    until = f"(({YEAR})?{after}|{STAGE}[{stages}](?![0-9])|{SIXTH})"
    found = [f"{EDGE}{BEGINNING}{TO}{until}"]
    if number:
        begun = "".join(str(it) for it, (first, _) in STAGES.items() if first <= number)
        found.append(f"{STAGE}[{begun}]{TO}({YEAR}{after}|{SIXTH})")
        found.append(f"{BEFORE}{_digits(1, number)}[a-z]?{TO}{until}")
    return found


def _digits(first: int, last: int) -> str:
    return f"({'|'.join(str(year) for year in range(first, last + 1))})"
