import pytest

from tests.factories import TrustFactory, person
from tests.instruments.xlsforms.test_rules import workbook
from trigpoint.instruments.xlsforms import operations
from trigpoint.people.roles import Role
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
ROW = {"type": "text", "name": "focus", "label": "Focus"}


def bring_in(trust, by, name=""):
    return operations.bring_in(
        trust=trust, kind="LEARNING_WALK", name=name, file_name="Our walk.xlsx",
        data=workbook(ROW), by=by,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "called"), [("", "Our walk"), ("Walk", "Walk")])
def test_bring_in_calls_it_as_the_person_or_the_file_does(name, called):
    trust = TrustFactory.create()

    version = bring_in(trust, person(Role.QA_LEAD, at=trust), name)

    assert version.instrument.name == called
    assert version.content["sections"][0]["questions"] == [
        {"key": "focus", "type": "short_text", "label": "Focus"}
    ]


def test_bring_in_is_for_those_who_write_forms():
    trust = TrustFactory.create()

    with pytest.raises(Refused, match="Ask one of them"):
        bring_in(trust, person(Role.HEADTEACHER, at=trust))
