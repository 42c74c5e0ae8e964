import pytest

from trigpoint.demo.bulk.rules import joined
from trigpoint.demo.cast.rules import DOMAIN
from trigpoint.people.staff import operations as staff
from trigpoint.people.staff.rules import PersonFacts
from trigpoint.records.models import HistoryEntry

pytestmark = pytest.mark.django_db


def columns(row):
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in {"id", "created_at", "subject_id", "email"}
    }


def test_joined_is_what_joining_writes(told):
    trust = told.cast.trust
    person = staff.join(
        trust=trust, facts=PersonFacts(name="A. Other", email=f"one@{DOMAIN}"), by=None
    )
    entry = HistoryEntry.objects.get(subject_id=person.pk)

    other, made = joined(trust.pk, PersonFacts(name="A. Other", email=f"two@{DOMAIN}"))

    assert columns(other) == columns(person)
    assert columns(made) == columns(entry)
