import pytest

from tests.factories import EvidenceRecordFactory, PersonFactory, TagFactory, TrustFactory, person
from trigpoint.evidence.models import RecordTag, Tag
from trigpoint.evidence.tags import operations
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return person(Role.QA_LEAD, at=TrustFactory.create())


def records(lead, count=2):
    return EvidenceRecordFactory.create_batch(
        count, submitted=True, review__academy__trust=lead.person.trust
    )


def test_put_writes_who_and_what_into_each_record_s_history(lead):
    one, two = records(lead)

    made = operations.put(name="Pilot", record_ids=[one.pk, two.pk], by=lead)
    again = operations.put(name="pilot", record_ids=[one.pk, two.pk], by=lead)

    assert (made.changed, again.changed) == (2, 0)
    entries = HistoryEntry.objects.filter(verb="tagged")
    assert {entry.subject_id for entry in entries} == {one.pk, two.pk}
    assert {(entry.actor, entry.detail["tag"]) for entry in entries} == {(lead, "Pilot")}


def test_put_costs_the_same_for_many(lead, django_assert_num_queries):
    few, many = records(lead, 2), records(lead, 9)
    operations.put(name="Pilot", record_ids=[few[0].pk], by=lead)

    with django_assert_num_queries(8):
        operations.put(name="Pilot", record_ids=[it.pk for it in many], by=lead)


@pytest.mark.parametrize("name", ["Ada Fell", "ada fell", "Visits to Ms Fell"])
def test_put_of_a_tag_that_names_staff_is_refused_with_the_way_round(lead, name):
    PersonFactory.create(trust=lead.person.trust, name="Ada Fell")

    with pytest.raises(Refused, match="never names a member of staff.*Say what the records have"):
        operations.put(name=name, record_ids=[records(lead)[0].pk], by=lead, names_checked=True)

    assert not Tag.objects.exists()


def test_put_asks_to_look_at_words_of_a_new_tag_that_may_name_a_pupil(lead):
    record = records(lead)[0]

    with pytest.raises(Refused, match="look like names: amelia"):
        operations.put(name="amelia reads", record_ids=[record.pk], by=lead)
    assert not Tag.objects.exists()

    operations.put(name="amelia reads", record_ids=[record.pk], by=lead, names_checked=True)
    operations.put(name="Amelia reads", record_ids=[records(lead)[0].pk], by=lead)
    assert Tag.objects.get().record_tags.count() == 2


def test_take_off_writes_history_only_of_those_that_had_it(lead):
    one, two = records(lead)
    operations.put(name="Pilot", record_ids=[one.pk], by=lead)

    off = operations.take_off(name="Pilot", record_ids=[one.pk, two.pk], by=lead)

    assert off.changed == 1
    assert not RecordTag.objects.exists()
    assert HistoryEntry.objects.get(verb="untagged").subject_id == one.pk


def test_put_takes_no_tag_of_another_trust(lead):
    TagFactory.create(name="Pilot")

    operations.put(name="Pilot", record_ids=[records(lead)[0].pk], by=lead)

    assert Tag.objects.filter(trust=lead.person.trust).count() == 1


def test_put_touches_no_record_of_another_trust(lead):
    foreign = EvidenceRecordFactory.create(submitted=True)

    with pytest.raises(Refused, match="None of these"):
        operations.put(name="Pilot", record_ids=[foreign.pk], by=lead)
    assert not Tag.objects.exists()
