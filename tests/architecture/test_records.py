"""Every record that belongs to somebody can be narrowed to what one person may see."""

import pytest
from django.apps import apps

from trigpoint.records.models import Record

UNSCOPED = {
    "records.historyentry": "read only through the subject it describes",
    "trusts.trust": "the scope itself",
    "people.user": "a sign-in is reached only by its own person",
}
RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label_lower)
def test_record_is_scoped_or_says_why_not(model):
    assert hasattr(model.objects, "visible_to") != (model._meta.label_lower in UNSCOPED)


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label_lower)
def test_record_has_a_builder(model):
    from tests import factories  # noqa: PLC0415 -- builders need Django to be ready

    built = {
        getattr(builder, "_meta").model  # noqa: B009 -- factory_boy keeps it there
        for builder in vars(factories).values()
        if hasattr(builder, "_meta")
    }
    assert model in built or model._meta.label_lower == "records.historyentry"


def test_no_stale_exceptions():
    assert set(UNSCOPED) <= {model._meta.label_lower for model in RECORDS}
