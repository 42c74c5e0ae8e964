import pytest

from tests.factories import PolicyVersionFactory, StandardFactory, TrustFactory
from trigpoint.evidence.checklists import queries

pytestmark = pytest.mark.django_db


def form(*lists):
    asked = [
        {"key": f"seen_{n}", "type": "look_fors", "label": "Seen", **more}
        for n, more in enumerate(lists)
    ]
    return {"sections": [{"title": "Part", "questions": asked}]}


@pytest.mark.parametrize(
    ("lists", "codes"),
    [
        ([], ["A1"]),
        ([{}], ["A1"]),
        ([{"standards": ["T2", "T1"]}], ["T1", "T2"]),
        ([{"standards": ["T1"]}, {}], ["A1", "T1"]),
        ([{"standards": ["X9"]}], []),
    ],
    ids=["no list", "not bound", "bound", "one bound, one not", "bound to what is not there"],
)
def test_system_checklist_is_what_the_form_is_bound_to(lists, codes):
    trust = TrustFactory.create()
    version = PolicyVersionFactory.create(trust=trust, policy__trust=trust, in_force=True)
    standards = {
        code: StandardFactory.create(
            area__version=version, area__position=1, code=code, position=place
        )
        for place, code in enumerate(["A1", "T1", "T2"])
    }
    StandardFactory.create(code="T1")

    found = queries.system_checklist(
        form(*lists), [standards["A1"]], review=None, trust_id=trust.pk
    )

    assert [it.code for it in found] == codes
