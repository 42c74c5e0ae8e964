import pytest

from tests.factories import AreaFactory, CrosswalkFactory, OutsideFrameworkFactory, person
from tests.policies.writing import a_draft
from trigpoint.people.roles import Role
from trigpoint.policies.crosswalks import operations
from trigpoint.policies.crosswalks.operations import Mapping
from trigpoint.policies.outside.rules import shipped
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
OFSTED = "Ofsted (November 2025)"
EARLIER, LATER = (it for it in shipped() if it.file["code"] == "ofsted")


def test_map_item_keeps_to_the_version_and_its_writers():
    lead, version, standard = a_draft()
    mapping = Mapping(OFSTED, "Inclusion", "PARTIAL", area=standard.area)
    elsewhere = Mapping(OFSTED, "Inclusion", "PARTIAL", area=AreaFactory.create())

    for wrong in (elsewhere, Mapping(OFSTED, "Inclusion", "PARTIAL")):
        with pytest.raises(ValueError, match="the version itself"):
            operations.map_item(version=version, mapping=wrong, by=lead)
    with pytest.raises(Refused, match="Only a trust QA lead"):
        operations.map_item(version=version, mapping=mapping, by=person(Role.DPO, at=version.trust))
    assert not version.crosswalks.exists()


def test_map_item_again_changes_the_fit_and_nothing_else():
    lead, version, standard = a_draft()

    for fit in ("PARTIAL", "SAME"):
        mapping = Mapping(OFSTED, "Inclusion", fit, standard=standard)
        operations.map_item(version=version, mapping=mapping, by=lead)

    row = version.crosswalks.get()
    assert (row.area, row.standard, row.fit) == (standard.area, standard, "SAME")


def test_map_item_refuses_an_item_there_is_not():
    lead, version, standard = a_draft()
    OutsideFrameworkFactory.create(trust=version.trust, name="Diocese")
    facts = {"fit": "SAME", "area": standard.area}

    for framework, item in ((OFSTED, "Behaviour"), ("Diocese (2026)", "Music")):
        with pytest.raises(Refused, match=f"has no item “{item}”. It has: "):
            operations.map_item(version=version, mapping=Mapping(framework, item, **facts), by=lead)
    mapping = Mapping("Diocese (2026)", "Worship", **facts)
    assert operations.map_item(version=version, mapping=mapping, by=lead).item == "Worship"


def test_carry_over_maps_to_the_later_edition_what_is_not_mapped_yet():
    lead, version, standard = a_draft()
    facts = {"area": standard.area, "framework": OFSTED}
    CrosswalkFactory.create(item="Inclusion", fit="SAME", **facts)
    CrosswalkFactory.create(item="Inclusion", standard=standard, **facts)
    CrosswalkFactory.create(item="An item it lost", **facts)
    CrosswalkFactory.create(item="Achievement", **facts)
    CrosswalkFactory.create(item="Achievement", fit="SAME", **facts | {"framework": LATER.label})

    made = operations.carry_over(version=version, earlier=EARLIER, later=LATER, by=lead)

    assert [(row.item, row.standard, row.fit) for row in made] == [
        ("Inclusion", None, "SAME"),
        ("Inclusion", standard, "PARTIAL"),
    ]
    assert version.crosswalks.filter(framework=LATER.label).count() == 3
    with pytest.raises(Refused, match="already"):
        operations.carry_over(version=version, earlier=EARLIER, later=LATER, by=lead)


def test_unmap_says_in_the_history_what_it_was():
    lead, _, standard = a_draft()
    row = CrosswalkFactory.create(area=standard.area, framework=OFSTED, item="Inclusion")

    operations.unmap(crosswalk=row, by=lead)

    detail = HistoryEntry.objects.get(verb="item unmapped").detail
    assert (detail["item"], detail["about"]) == ("Inclusion", "Teaching")
    with pytest.raises(Refused, match="taken out a moment ago"):
        operations.unmap(crosswalk=row, by=lead)


def test_what_is_approved_is_mapped_no_more():
    lead, version, standard = a_draft()
    row = CrosswalkFactory.create(area=standard.area)
    version.status = "WITHDRAWN"
    version.withdrawn_because = "Begun again."
    version.save()

    with pytest.raises(Refused, match="never changes"):
        operations.unmap(crosswalk=row, by=lead)
    with pytest.raises(Refused, match="never changes"):
        operations.carry_over(version=version, earlier=EARLIER, later=LATER, by=lead)
