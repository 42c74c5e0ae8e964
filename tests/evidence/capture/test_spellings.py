"""Device and server spell a record alike: spellings.json holds both halves to it.

The other half is canonical.test.js. After a change of the spelling:
``python -m tests.evidence.capture.test_spellings`` writes the file anew.
"""

import json
from pathlib import Path

import pytest

from trigpoint.evidence.contents.rules import content_hash
from trigpoint.evidence.entries.api import ContentIn

FILE = Path(__file__).parent / "spellings.json"
CASES = {
    "nothing said": {},
    "quotes, a backslash, a tab, a line and a bell": {"title": '"a" \\ b\tc\nd\u0007'},
    "other alphabets, an emoji, a line separator": {"title": "Żółć 読む 📖 \u2028 é"},
    "summer time without a zone": {"observed_at": "2026-06-15T09:40"},
    "winter time without a zone": {"observed_at": "2026-11-15T09:40"},
    "an hour the clocks show twice": {"observed_at": "2026-10-25T01:30"},
    "an hour the clocks skip": {"observed_at": "2026-03-29T01:30"},
    "a zone and milliseconds": {"observed_at": "2026-06-15T09:40:05.120+02:00"},
    "microseconds in UTC": {"observed_at": "2026-06-15T09:40:05.000123Z"},
    "lists in any order": {
        "standards": [
            "ffffffff-0000-4000-8000-000000000000",
            "00000000-0000-4000-8000-000000000000",
        ],
        "lines": ["0b000000-0000-4000-8000-000000000000", "0a000000-0000-4000-8000-000000000000"],
    },
    "answers of every kind": {
        "answers": {"b": "yes", "a": ["two", "one"], "c": "  spaces stay  ", "d": [{"z": "1"}]}
    },
    "look-fors": {"look_fors": {"0b000000-0000-4000-8000-000000000000": "PARTLY"}},
    "notes": {
        "minutes": 30,
        "group_size": 0,
        "is_private": True,
        "notes": [
            {"key": "b", "text": "second first", "kind": "EBI"},
            {
                "key": "a",
                "text": "two\n\nlines",
                "kind": "WWW",
                "noted_at": "2026-11-15T09:41:00.5Z",
                "look_fors": ["0b000000-0000-4000-8000-000000000000"],
            },
        ],
    },
}


def spelled(said):
    content = ContentIn(**said).content()
    return {"said": said, "canonical": content.canonical(), "sha256": content_hash(content)}


@pytest.mark.parametrize("name", CASES)
def test_server_spells_it_as_the_file_says(name):
    assert json.loads(FILE.read_text())[name] == spelled(CASES[name])


def test_file_holds_no_case_that_is_not_checked():
    assert set(json.loads(FILE.read_text())) == set(CASES)


if __name__ == "__main__":
    made = {name: spelled(said) for name, said in CASES.items()}
    FILE.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n")
