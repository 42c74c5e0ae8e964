import pytest

from tests.factories import PolicyVersionFactory, TrustFactory
from trigpoint.policies.differences.rules import compare
from trigpoint.policies.frameworks import operations, rules
from trigpoint.policies.frameworks.queries import system_framework
from trigpoint.policies.models import Policy
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db


def test_begin_writes_all_a_framework_says():
    framework = rules.shipped()
    framework["areas"][1]["standards"][1] |= {
        "meaning_changed": "The bar rose.",
        "responsibilities": [{"part": "MONITORS", "role": "Trust teaching lead"}],
    }

    version = operations.begin(trust=TrustFactory.create(), framework=framework, by=None)

    written = system_framework(version)
    assert compare(framework, written).promises == []
    assert written["areas"] == framework["areas"]
    assert version.responsibilities.get(standard__code="T2").area.code == "T"


def test_begin_refuses_a_second_and_what_is_not_in_order():
    coming = PolicyVersionFactory.create(number=4)
    with pytest.raises(Refused, match="Version 4 is on its way already"):
        operations.begin(trust=coming.trust, framework=rules.shipped(), by=None)

    broken = rules.shipped()
    broken["areas"][0]["code"] = broken["areas"][1]["code"]
    with pytest.raises(Refused, match="used twice"):
        operations.begin(trust=TrustFactory.create(), framework=broken, by=None)
    assert Policy.objects.count() == 1
