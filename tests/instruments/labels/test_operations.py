import pytest

from tests.factories import (
    AcademyFactory,
    InstrumentFactory,
    InstrumentVersionFactory,
    person,
)
from trigpoint.instruments.labels import operations, queries
from trigpoint.people.roles import Role
from trigpoint.records.refusals import Refused, Stale
from trigpoint.records.revisions import revision_of

pytestmark = pytest.mark.django_db
NOTHING = revision_of(["", ""])


@pytest.fixture
def academy():
    return AcademyFactory.create()


@pytest.fixture
def version(academy):
    return InstrumentVersionFactory.create(instrument__trust=academy.trust)


def relabel(version, academy, by, base=NOTHING, **words):
    return operations.relabel(
        instrument=version.instrument,
        academy=academy,
        words={"name": "", "label-focus": "", **words},
        content=version.content,
        base_revision=base,
        by=by,
    )


def test_relabel_gives_words_that_can_be_taken_back(academy, version):
    head = person(Role.HEADTEACHER, at=academy)

    relabel(version, academy, head, **{"name": "Drop-in", "label-focus": "What about?"})
    form = queries.system_labelled(version, academy.pk)
    assert form["sections"][0]["questions"][0]["label"] == "What about?"
    assert queries.system_form_name(version, academy.pk) == "Drop-in"

    relabel(version, academy, head, base=revision_of(["Drop-in", "What about?"]))
    assert queries.system_labelled(version, academy.pk) == version.content
    assert queries.system_form_name(version, academy.pk) == version.instrument.name


def test_relabel_says_nothing_for_a_sibling(academy, version):
    sibling = AcademyFactory.create(trust=academy.trust)

    relabel(version, academy, person(Role.HEADTEACHER, at=academy), name="Drop-in")

    assert queries.system_form_name(version, sibling.pk) == version.instrument.name
    with pytest.raises(Refused, match="Only the head or QA lead"):
        relabel(version, sibling, person(Role.HEADTEACHER, at=academy), name="Theirs")


def test_relabel_keeps_both_when_two_write_at_once(academy, version):
    head = person(Role.HEADTEACHER, at=academy)
    relabel(version, academy, head, name="Theirs")

    with pytest.raises(Stale) as stale:
        relabel(version, academy, head, name="Mine")

    assert stale.value.current["name"] == "Theirs"


def test_relabel_keeps_words_for_questions_of_other_versions(academy, version):
    head = person(Role.HEADTEACHER, at=academy)
    relabel(version, academy, head, **{"label-focus": "What about?"})
    other = {"sections": [{"title": "P", "questions": [
        {"key": "new", "type": "short_text", "label": "New"}]}]}  # fmt: skip

    operations.relabel(
        instrument=version.instrument, academy=academy, words={"name": "", "label-new": "Newer"},
        content=other, base_revision=NOTHING, by=head,
    )  # fmt: skip

    labels = queries.system_labels(academy.pk, version.instrument_id)
    assert labels.labels == {"focus": "What about?", "new": "Newer"}


def test_relabel_of_another_trusts_instrument_is_a_fault(academy):
    stranger = InstrumentVersionFactory.create(instrument=InstrumentFactory.create())

    with pytest.raises(ValueError, match="own trust"):
        relabel(stranger, academy, person(Role.HEADTEACHER, at=academy))
