"""The verbs of a draft: begin, follow, describe, publish, discard."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from trigpoint.instruments.drafts import queries, rules
from trigpoint.instruments.drafts.rules import Beginning
from trigpoint.instruments.library import operations as library
from trigpoint.instruments.library.models import Instrument, InstrumentVersion
from trigpoint.records import history
from trigpoint.records.refusals import Refused
from trigpoint.records.revisions import keep_both
from trigpoint.trusts.models import Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def begin(*, trust: Trust, start: Beginning, by: "User") -> InstrumentVersion:
    """Begin a new instrument as a draft, beside others of its kind. Each part gets a key.

    Raises:
        Refused: the person writes no forms, or another instrument of the trust has that name.

    """
    rules.may_write(by, trust.pk).enforce()
    trust = Trust.objects.select_for_update(no_key=True).get(pk=trust.pk)
    is_taken = queries.system_is_taken(start.name, trust_id=trust.pk)
    rules.name_is_free(start.name, is_taken=is_taken).enforce()
    instrument = Instrument.objects.create(
        trust=trust, kind=start.kind, name=start.name, purpose=start.purpose
    )
    version = InstrumentVersion.objects.create(
        trust=trust,
        instrument=instrument,
        number=1,
        content=rules.following(start.content),
        left_out=list(start.left_out),
    )
    history.write(instrument, "begun", by=by, name=start.name)
    return version


@transaction.atomic
def follow(*, instrument: Instrument, by: "User") -> InstrumentVersion:
    """Begin the next version of a published instrument; the draft there is, if there is one.

    Raises:
        Refused: the person writes no forms.

    """
    rules.may_write(by, instrument.trust_id).enforce()
    instrument = Instrument.objects.select_for_update(no_key=True).get(pk=instrument.pk)
    newest = instrument.versions.order_by("-number")[0]  # each has one from its beginning
    if newest.status == rules.DRAFT:
        return newest
    version = InstrumentVersion.objects.create(
        trust_id=instrument.trust_id,
        instrument=instrument,
        number=newest.number + 1,
        content=rules.following(newest.content, queries.system_keys(instrument)),
    )
    history.write(version, "begun", by=by, number=version.number)
    return version


@transaction.atomic
def describe(
    *, version: InstrumentVersion, words: dict[str, str], base_revision: str, by: "User"
) -> InstrumentVersion:
    """Say otherwise what a form is called, what it is for, whom it names and what is read first.

    Name and purpose are those of the instrument, and hold for its earlier versions at once.

    Args:
        version: a draft.
        words: as ``rules.told`` names them.
        base_revision: of the words the writer was looking at.
        by: who says so.

    Raises:
        Refused: it is no draft, the person writes no forms, or the name is taken.
        Stale: somebody changed them since ``base_revision``.

    """
    Trust.objects.select_for_update(no_key=True).get(pk=version.trust_id)  # names are taken in turn
    version = locked(version)
    rules.may_edit(by, version).enforce()
    before, instrument = rules.told(version), version.instrument
    keep_both(base_revision, stored=before, wanted=words)
    taken = queries.system_is_taken(
        words["name"], trust_id=version.trust_id, but=version.instrument_id
    )
    rules.name_is_free(words["name"], is_taken=taken).enforce()
    instrument.name, instrument.purpose = words["name"], words["purpose"]
    instrument.save(update_fields=["name", "purpose"])
    content = rules.described(version.content, naming=words["naming"], guidance=words["guidance"])
    return write(version, content, "described", by=by, before=before, after=words)


@transaction.atomic
def publish(*, version: InstrumentVersion, seen: str, by: "User", on: date) -> InstrumentVersion:
    """Publish a draft: activities planned from now on use it, and it never changes again.

    Levels it asks for are frozen as the policy in force has them.

    Args:
        version: a draft.
        seen: ``rules.mark`` of the form that was agreed to, its levels as they will be frozen.
        by: who publishes it.
        on: today.

    Raises:
        Refused: the person may not, something is in its way, or it or the policy’s levels were
            changed meanwhile.

    """
    version = locked(version)
    rules.may_edit(by, version).enforce()
    scales = queries.system_scales(version.trust_id)
    content = rules.frozen(version.content, scales)
    rules.is_as_seen(content, seen).enforce()
    rules.may_publish(by, version, scales).enforce()
    version.content = content
    version.save(update_fields=["content"])
    return library.publish(version=version, by=by, on=on)


@transaction.atomic
def discard(*, version: InstrumentVersion, seen: str, by: "User") -> Instrument | None:
    """Throw a draft away; an instrument that was never published goes with it. The history stays.

    Returns:
        The instrument, as long as there is one.

    Raises:
        Refused: it is no draft, the person writes no forms, or it was changed since it was
            ``seen``.

    """
    version = locked(version)
    rules.may_edit(by, version).enforce()
    rules.is_as_seen(version.content, seen).enforce()
    instrument = version.instrument
    history.write(instrument, "draft discarded", by=by, number=version.number,
                  content=version.content)  # fmt: skip
    version.delete()
    if instrument.versions.exists():
        return instrument
    instrument.delete()
    return None


def locked(version: InstrumentVersion) -> InstrumentVersion:
    """Return a version as it stands, nobody else changing it meanwhile.

    Raises:
        Refused: it was discarded.

    """
    found = (
        InstrumentVersion.objects.select_for_update(of=("self",))
        .select_related("instrument")
        .filter(pk=version.pk)
        .first()
    )
    if found is None:
        msg = "This draft was discarded a moment ago. Go back to the instruments."
        raise Refused(msg)
    return found


def write(
    version: InstrumentVersion, content: dict[str, Any], event: str, *, by: "User", **facts: object
) -> InstrumentVersion:
    """Store what a locked draft says now, and write it into its history."""
    version.content = content
    version.save(update_fields=["content"])
    history.write(version, event, by=by, **facts)
    return version
