"""What was answered on another version of a record's form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, When

from trigpoint.instruments.answers.rules import Answered, in_words, unasked
from trigpoint.instruments.models import InstrumentVersion


@dataclass(frozen=True, slots=True)
class Carried:
    """An answer without a question in the record's form, in the words of the form that asked it.

    Of a part that was answered several times ``said`` holds each answer of each time.
    """

    key: str
    answer: object
    said: list[Answered]

    @property
    def as_json(self) -> str:
        """The answer as a device sends it on."""
        return json.dumps(self.answer)


def system_carried(
    version: InstrumentVersion, answers: Mapping[str, Any], *, kind: str
) -> list[Carried]:
    """Return the answers that a record's form does not ask for; no query where there are none.

    The words are those of the latest published form of that kind which asks, those of the record's
    own instrument first; where none does, the answer stands under its key.
    """
    left = unasked(version.content, answers)
    if not left:
        return []
    others = InstrumentVersion.objects.filter(
        trust=version.trust_id, instrument__kind=kind, status=InstrumentVersion.Status.PUBLISHED
    )
    own = Case(When(instrument=version.instrument_id, then=0), default=1)
    forms = list(
        others.order_by(own, "-published_on", "-number", "id").values_list("content", flat=True)
    )
    return [Carried(key, answer, _said(key, answer, forms)) for key, answer in left.items()]


def _said(key: str, answer: object, forms: list[dict[str, Any]]) -> list[Answered]:
    asking = (form for form in forms if not unasked(form, {key: answer}))
    said = next(filter(None, (in_words(form, {key: answer}) for form in asking)), None)
    words = ", ".join(map(str, answer)) if isinstance(answer, list) else str(answer)
    return said or [Answered(key, words)]
