"""The verb of an academy's words for a form: relabel."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from trigpoint.instruments.labels import queries, rules
from trigpoint.instruments.labels.models import InstrumentLabels
from trigpoint.instruments.library.models import Instrument
from trigpoint.records import history
from trigpoint.records.revisions import keep_both
from trigpoint.trusts.models import Academy

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def relabel(
    *,
    instrument: Instrument,
    academy: Academy,
    words: Mapping[str, str],
    content: Mapping[str, Any],
    base_revision: str,
    by: "User",
) -> InstrumentLabels:
    """Give an instrument and its questions an academy's own words, for all versions at once.

    They are shown while a record is written. What is handed in keeps the trust's wording.

    Args:
        instrument: of the academy's trust.
        academy: whose words they are.
        words: as ``rules.told`` names them; what is empty is called as the trust calls it.
        content: the version they were chosen for. Words for questions of others stay.
        base_revision: of the words the writer was looking at.
        by: who chooses them.

    Raises:
        Refused: the person does not speak for the academy.
        Stale: somebody changed them since ``base_revision``.
        ValueError: the instrument is another trust's.

    """
    rules.may_relabel(by, academy).enforce()
    if instrument.trust_id != academy.trust_id:
        msg = "An academy's words are for its own trust's instruments."
        raise ValueError(msg)
    Academy.objects.select_for_update(no_key=True).get(pk=academy.pk)
    labels = queries.system_labels(academy.pk, instrument.pk)
    before = rules.told(labels, content)
    keep_both(base_revision, stored=before, wanted=words)
    labels = labels or InstrumentLabels(
        trust_id=academy.trust_id, academy=academy, instrument=instrument
    )
    chosen = {
        name.removeprefix("label-"): text.strip()
        for name, text in words.items()
        if name.startswith("label-")
    }
    labels.name = words["name"].strip()
    kept = {**labels.labels, **chosen}
    labels.labels = {key: text for key, text in kept.items() if text}
    labels.save()
    history.write(labels, "relabelled", by=by, before=before, after=dict(words))
    return labels
