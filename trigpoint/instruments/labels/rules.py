"""Who may give a form an academy's own words, and the form in those words."""

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from trigpoint.instruments.contents.rules import questions
from trigpoint.instruments.labels.models import InstrumentLabels
from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.trusts.models import Academy

if TYPE_CHECKING:
    from trigpoint.people.models import User


def may_view(user: "User", labels: InstrumentLabels) -> Verdict:
    """Whoever works with instruments at that academy. Agrees with ``visible_to``."""
    if user.access.covers(
        Capability.INSTRUMENT_VIEW, trust_id=labels.trust_id, academy_id=labels.academy_id
    ):
        return ALLOWED
    return denied("These are the words of an academy you do not work with.")


def may_relabel(user: "User", academy: Academy) -> Verdict:
    """The academy's head or QA lead, or the trust's QA lead."""
    if user.access.covers(
        Capability.INSTRUMENT_LABEL, trust_id=academy.trust_id, academy_id=academy.pk
    ):
        return ALLOWED
    return denied(
        f"Only the head or QA lead of {academy.name} gives a form its words. Ask one of them."
    )


def labelled(content: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    """Return a form with an academy's labels; everything else, and the rest of it, as it is."""
    if not labels:
        return dict(content)
    made = copy.deepcopy(dict(content))
    for question in questions(made):
        question["label"] = labels.get(question["key"]) or question["label"]
    return made


def told(labels: InstrumentLabels | None, content: Mapping[str, Any]) -> dict[str, str]:
    """Return an academy's words as its form names them: ``name``, and each question's key."""
    own = labels.labels if labels else {}
    name = {"name": labels.name if labels else ""}
    return name | {f"label-{it['key']}": own.get(it["key"], "") for it in questions(content)}
