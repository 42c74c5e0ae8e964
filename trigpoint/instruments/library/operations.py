"""Everything that changes an instrument."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.instruments.contents.rules import ReadyMade
from trigpoint.instruments.library import rules
from trigpoint.instruments.library.models import Instrument, InstrumentVersion
from trigpoint.records import history
from trigpoint.trusts.models import Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def install_ready_made(*, trust: Trust, by: "User | None", on: date) -> list[InstrumentVersion]:
    """Give a trust the instruments that come with the product.

    What the trust already has under the same name is left as it is, so a second call does nothing.

    Args:
        trust: who receives them.
        by: who asked; None for the system.
        on: the day they are published.

    Returns:
        The versions that were installed now.

    Raises:
        Refused: the person may not add instruments to this trust.

    """
    if by:
        rules.may_install(by, trust).enforce()
    trust = Trust.objects.select_for_update().get(pk=trust.pk)
    present = set(Instrument.objects.filter(trust=trust).values_list("name", flat=True))
    return [
        _install(trust, file, by=by, on=on)
        for file in rules.ready_made()
        if file["name"] not in present
    ]


def _install(trust: Trust, file: ReadyMade, *, by: "User | None", on: date) -> InstrumentVersion:
    instrument = Instrument.objects.create(
        trust=trust, kind=file["kind"], name=file["name"], purpose=file["purpose"]
    )
    history.write(instrument, "installed", by=by, name=instrument.name)
    version = InstrumentVersion.objects.create(
        trust=trust, instrument=instrument, number=1, content=file["content"]
    )
    return publish(version=version, by=by, on=on)


@transaction.atomic
def publish(*, version: InstrumentVersion, by: "User | None", on: date) -> InstrumentVersion:
    """Publish a draft. From then on it never changes.

    The first of its kind in a trust is the usual one.

    Raises:
        Refused: it is published already.

    """
    Trust.objects.select_for_update(no_key=True).get(pk=version.trust_id)
    version = InstrumentVersion.objects.select_for_update().get(pk=version.pk)
    rules.LIFECYCLE.may("publish", version.status).enforce()
    version.status = rules.LIFECYCLE.target("publish")
    version.published_on = on
    version.save(update_fields=["status", "published_on"])
    history.write(version, "published", by=by, on=on.isoformat())
    instrument = version.instrument
    alike = Instrument.objects.filter(trust=version.trust_id, kind=instrument.kind)
    if not alike.filter(is_usual=True).exists():
        instrument.is_usual = True
        instrument.save(update_fields=["is_usual"])
    return version


@transaction.atomic
def prefer(*, instrument: Instrument, by: "User") -> Instrument:
    """Make an instrument the usual one of its kind: the form of visits that nobody planned.

    Raises:
        Refused: the person writes no forms, or it has no published version.

    """
    Trust.objects.select_for_update(no_key=True).get(pk=instrument.trust_id)
    instrument = Instrument.objects.select_for_update().get(pk=instrument.pk)
    published = instrument.versions.filter(status=InstrumentVersion.Status.PUBLISHED)
    rules.may_prefer(by, instrument, is_published=published.exists()).enforce()
    alike = Instrument.objects.filter(trust=instrument.trust_id, kind=instrument.kind)
    alike.exclude(pk=instrument.pk).update(is_usual=False)
    instrument.is_usual = True
    instrument.save(update_fields=["is_usual"])
    history.write(instrument, "made the usual one", by=by, kind=instrument.kind)
    return instrument
