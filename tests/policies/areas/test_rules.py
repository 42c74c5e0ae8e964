import pytest

from tests.factories import AreaFactory
from trigpoint.policies.areas.rules import may_go, told

pytestmark = pytest.mark.django_db


def test_told_names_every_text_as_its_form_does():
    area = AreaFactory.create(code="T", name="Teaching", summary="What is taught.")

    assert told(area) == {
        "code": "T",
        "name": "Teaching",
        "short_name": "Teaching",
        "summary": "What is taught.",
        "meaning_changed": "",
    }


def test_may_go_what_the_trust_added():
    assert may_go(AreaFactory.build(lineage="sixth-form"))
    assert "stays" in may_go(AreaFactory.build(lineage="curriculum")).reason
