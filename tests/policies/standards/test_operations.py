import pytest

from tests.factories import StandardFactory, person
from tests.looks import MET_OR_NOT
from tests.policies.writing import a_draft
from trigpoint.people.roles import Role
from trigpoint.policies.scales import operations as scales
from trigpoint.policies.standards import operations
from trigpoint.policies.standards.operations import Words
from trigpoint.policies.standards.queries import system_told
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused, Stale
from trigpoint.records.revisions import revision_of

pytestmark = pytest.mark.django_db


def words(**changes):
    facts = {
        "code": "T2",
        "title": "Checking",
        "statement": "Pupils answer.",
        "expected_kinds": ["LESSON_VISIT"],
        "new_look_fors": ["Boards", "Boards"],
        "descriptors": {"M": "Most."},
    }
    return Words(**facts | changes)


def test_only_writers_change_standards_of_a_draft():
    _, version, standard = a_draft()
    head = person(Role.HEADTEACHER, at=version.trust)

    for change in (
        lambda: operations.add(area=standard.area, words=words(), by=head),
        lambda: operations.move(standard=standard, steps=1, by=head),
        lambda: operations.remove(standard=standard, by=head),
    ):
        with pytest.raises(Refused, match="Only a trust QA lead"):
            change()
    assert version.standards.count() == 1


def test_add_gives_two_look_fors_of_one_text_their_own_keys():
    lead, _, standard = a_draft()

    made = operations.add(area=standard.area, words=words(), by=lead)

    lineages = made.look_fors.order_by("position").values_list("lineage", flat=True)
    assert list(lineages) == ["checking-boards", "checking-boards-2"]


def test_reword_refuses_a_code_that_another_standard_holds():
    lead, _, standard = a_draft()
    other = StandardFactory.create(area=standard.area, code="T9", title="Nine")
    now = revision_of(system_told(standard).values())

    with pytest.raises(Refused, match="T9 is taken by T9 Nine"):
        operations.reword(
            standard=standard, words=words(code=other.code), base_revision=now, by=lead
        )


def test_reword_and_remove_keep_what_it_said_in_the_history():
    lead, _, standard = a_draft()
    now = revision_of(system_told(standard).values())

    operations.reword(standard=standard, words=words(), base_revision=now, by=lead)
    operations.remove(standard=standard, by=lead)

    reworded = HistoryEntry.objects.get(verb="standard reworded").detail
    removed = HistoryEntry.objects.get(verb="standard removed").detail
    assert (reworded["before"]["title"], reworded["after"]["title"]) == ("Clear", "Checking")
    assert removed["words"]["look_for-clear-boards"] == "Boards"
    with pytest.raises(Refused, match="removed a moment ago"):
        operations.remove(standard=standard, by=lead)


def test_add_and_reword_take_the_levels_the_area_has_by_then():
    lead, version, standard = a_draft()
    opened = system_told(standard)
    other = scales.add(version=version, by=lead, **MET_OR_NOT)
    scales.assign(
        version=version,
        scales={standard.area_id: other},
        base_revision=revision_of([str(standard.area.scale_id)]),
        by=lead,
    )
    with pytest.raises(Refused, match="has no level E any more"):
        operations.add(
            area=standard.area, words=words(code="T9", descriptors={"E": "So."}), by=lead
        )
    added = operations.add(
        area=standard.area, words=words(code="T9", descriptors={"Y": "So."}), by=lead
    )
    with pytest.raises((Refused, Stale)):
        operations.reword(
            standard=standard,
            words=words(code="T1", descriptors={"E": "So."}),
            base_revision=revision_of(opened.values()),
            by=lead,
        )

    assert [it.level.letter for it in added.descriptors.all()] == ["Y"]
