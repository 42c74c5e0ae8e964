"""What people type: the same for the same seed, with every sign that tends to get lost."""

import datetime as dt
import hashlib
import json
import random
from dataclasses import dataclass, field
from io import BytesIO
from uuid import UUID

from PIL import Image

MORNING = dt.datetime(2025, 9, 1, 8, 0, tzinfo=dt.UTC)
WORDS = (
    "Calm start.", "“Show me how you know.”", "Books: 3/10 unmarked", "naïve café, Ŵyn, Siân",
    "two  spaces ", "line\nbreak", "tab\there", "🧭📐", "100 % & <b>", "it's \"quoted\"",
    "back\\slash", "e\u0301 is not \u00e9", "عربي",
)  # fmt: skip
KINDS = ("RUNNING", "WWW", "EBI", "QUESTION")


@dataclass
class Record:
    """One record as typed: each revision's whole content. ``id`` is the device's own."""

    id: UUID
    revisions: list[dict]
    sent: int = 0  # revisions a matching receipt has come for
    base: int | None = None


@dataclass
class Photo:
    """One photo of a record. ``at`` is where the server was last heard to be."""

    id: UUID
    record: Record
    data: bytes
    at: int = 0
    is_sent: bool = False
    sha256: str = field(init=False)

    def __post_init__(self):
        """Work out the hash once."""
        self.sha256 = hashlib.sha256(self.data).hexdigest()


def content_hash(content):
    """Return the hash a device works out: of sorted, tight JSON in UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class Typist:
    """Types records for one device."""

    def __init__(self, seed, places):
        self.dice = random.Random(seed)
        self.places = places

    def uuid(self):
        """Mint an id."""
        return UUID(int=self.dice.getrandbits(128), version=4)

    def text(self):
        """Type a few words."""
        return " ".join(self.dice.choices(WORDS, k=self.dice.randint(1, 12)))

    def note(self, number, moment):
        """Type one note."""
        return {
            "key": f"n{number}",
            "text": self.text(),
            "kind": self.dice.choice(KINDS),
            "noted_at": (moment + dt.timedelta(minutes=number)).isoformat(),
            "look_fors": [],
        }

    def record(self, number):
        """Type a record, and the corrections of it."""
        moment = MORNING + dt.timedelta(hours=20 * number)
        place = self.places[number % len(self.places)]
        nothing = ("activity_id", "academy_id", "review_id", "team_id", "observed_id", "level_id")
        content = {
            **dict.fromkeys(nothing),
            "kind": "",
            **place,
            "title": f"Visit {number}: {self.dice.choice(WORDS)}",
            "subject": "Mathematics",
            "year_groups": "Year 4",
            "group_described": self.text()[:160],
            "group_size": self.dice.randint(1, 30),
            "observed_at": moment.isoformat(),
            "minutes": self.dice.randint(5, 60),
            "is_private": False,
            "budget_reason": "",
            "answers": {"focus": self.text()},
            "notes": [self.note(one, moment) for one in range(self.dice.randint(1, 6))],
            "look_fors": {},
            "standards": [],
            "lines": [],
        }
        revisions = [content]
        for _ in range(self.dice.randint(0, 2)):
            revisions.append(self.corrected(revisions[-1], moment))
        return Record(self.uuid(), revisions)

    def corrected(self, content, moment):
        """Change some words, add a note, and now and then take the last one out."""
        notes = [dict(note) for note in content["notes"]]
        self.dice.choice(notes)["text"] = self.text()
        if len(notes) > 2 and self.dice.random() < 0.2:
            notes.pop()
        number = 1 + max(int(note["key"][1:]) for note in notes)
        notes.append(self.note(number + 100, moment))
        return content | {"notes": notes, "answers": {"focus": self.text()}}

    def photo(self, record):
        """Take a photo of noise, which is large for its size."""
        side = self.dice.randint(40, 260)
        drawn = BytesIO()
        dots = self.dice.randbytes(side * side * 3)
        Image.frombytes("RGB", (side, side), dots).save(drawn, "JPEG", quality=85)
        return Photo(self.uuid(), record, drawn.getvalue())
