import pytest

from tests.factories import AreaFactory, PolicyVersionFactory, ScaleFactory
from tests.looks import FIVE, MET_OR_NOT
from tests.policies.writing import a_draft
from trigpoint.policies.frameworks import operations as frameworks
from trigpoint.policies.frameworks import rules
from trigpoint.policies.frameworks.queries import system_framework
from trigpoint.policies.models import Descriptor, PolicyVersion, Scale
from trigpoint.policies.scales import operations
from trigpoint.policies.scales.queries import system_told
from trigpoint.policies.scales.rules import looks_of
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused, Stale
from trigpoint.records.revisions import revision_of

pytestmark = pytest.mark.django_db
MET, NOT_MET = MET_OR_NOT["levels"]


def scale_of(version):
    return version.scales.get(code="ESMAU")


def looks(scale):
    return [looks_of(level) for level in scale.levels.order_by("rank")]


def change(scale, lead, levels, name="Five levels"):
    base = revision_of(system_told(scale).values())
    return operations.change(scale=scale, name=name, levels=levels, base_revision=base, by=lead)


def assign(standard, scale, lead):
    area = standard.area
    base = revision_of([str(area.scale_id)])
    return operations.assign(
        version=standard.version, scales={area.pk: scale}, base_revision=base, by=lead
    )


def test_add_sent_twice_is_one_scale():
    lead, version, _ = a_draft()

    first = operations.add(version=version, by=lead, **MET_OR_NOT)
    again = operations.add(version=version, by=lead, **MET_OR_NOT)

    assert (first.pk, first.code) == (again.pk, "YN")
    assert looks(first) == [MET, NOT_MET]
    with pytest.raises(Refused, match="has the letters YN already"):
        operations.add(version=version, name="Another", levels=[MET, NOT_MET], by=lead)
    with pytest.raises(Refused, match="There is a scale “met or not” already"):
        operations.add(
            version=version,
            name="met or not",
            levels=[MET | {"letter": "P"}, NOT_MET],
            by=lead,
        )


def test_change_keeps_what_is_said_of_a_level_that_keeps_its_colour():
    lead, version, standard = a_draft()
    levels = looks(scale_of(version))
    worst = levels.pop()
    levels[0] |= {"letter": "O", "label": "Outstanding"}

    changed = change(scale_of(version), lead, levels)

    assert changed.code == "OSMA"
    assert {it.level.letter: it.text for it in standard.descriptors.select_related("level")} == {
        level.letter if level.rank > 1 else "O": f"{level.label} teaching." for level in FIVE[:4]
    }
    detail = HistoryEntry.objects.get(verb="scale changed").detail
    assert detail["descriptors"] == {f"clear {worst['letter']}": f"{worst['label']} teaching."}
    assert detail["before"]["levels"][0]["label"] == "Exceptional"


def test_change_lets_levels_change_places_in_one_step():
    lead, version, _ = a_draft()
    levels = looks(scale_of(version))
    del levels[1]

    changed = change(scale_of(version), lead, levels)

    ranks = changed.levels.order_by("rank").values_list("rank", "letter")
    assert list(ranks) == [(1, "E"), (2, "M"), (3, "A"), (4, "U")]


def test_change_keeps_both_versions_of_two_writers():
    lead, version, _ = a_draft()
    scale = scale_of(version)
    base = revision_of(system_told(scale).values())
    change(scale, lead, looks(scale), name="Ours")

    with pytest.raises(Stale):
        operations.change(
            scale=scale, name="Mine", levels=looks(scale), base_revision=base, by=lead
        )


def test_remove_only_what_judges_nothing():
    lead, version, _ = a_draft()
    spare = operations.add(version=version, by=lead, **MET_OR_NOT)

    with pytest.raises(Refused, match="Teaching is judged on it"):
        operations.remove(scale=scale_of(version), by=lead)
    operations.remove(scale=spare, by=lead)

    assert [it.code for it in version.scales.all()] == ["ESMAU"]


def test_judging_in_words_is_always_there_and_never_changed():
    lead, version, _ = a_draft()
    words = ScaleFactory.create(version=version, in_words=True)

    with pytest.raises(Refused, match="has no levels"):
        operations.remove(scale=words, by=lead)
    with pytest.raises(Refused, match="has no levels"):
        change(words, lead, [MET, NOT_MET])


def test_assign_moves_what_is_said_to_the_level_of_the_same_colour():
    lead, version, standard = a_draft()
    other = operations.add(version=version, by=lead, **MET_OR_NOT)

    made = assign(standard, other, lead)

    said = standard.descriptors.select_related("level")
    assert made == (1, 3)
    assert {it.level.letter: it.text for it in said} == {
        "Y": "Meets standard teaching.",
        "N": "Urgent improvement teaching.",
    }
    detail = HistoryEntry.objects.get(verb="area judged on").detail
    assert (detail["before"], detail["after"]) == ("ESMAU", "YN")
    assert sorted(detail["descriptors"]) == ["clear A", "clear E", "clear S"]


def test_assign_overwrites_nobody_who_chose_meanwhile():
    lead, version, standard = a_draft()
    opened = revision_of([str(standard.area.scale_id)])
    words = ScaleFactory.create(version=version, in_words=True)
    assign(standard, words, lead)
    other = operations.add(version=version, by=lead, **MET_OR_NOT)

    with pytest.raises(Stale):
        operations.assign(
            version=version, scales={standard.area_id: other}, base_revision=opened, by=lead
        )

    standard.area.refresh_from_db()
    assert standard.area.scale == words


def test_assign_in_words_leaves_nothing_said_of_levels():
    lead, version, standard = a_draft()
    words = ScaleFactory.create(version=version, in_words=True)

    assign(standard, words, lead)

    assert not Descriptor.objects.filter(standard=standard).exists()


def test_assign_takes_no_scale_of_another_version():
    lead, _, standard = a_draft()

    with pytest.raises(ValueError, match="its own version"):
        assign(standard, AreaFactory.create().scale, lead)


@pytest.mark.parametrize("verb", ["add", "change", "remove", "assign"])
def test_a_version_in_consultation_is_left_alone(verb):
    lead, version, standard = a_draft()
    scale = scale_of(version)
    PolicyVersion.objects.filter(pk=version.pk).update(
        status="CONSULTATION", consult_until="2026-10-16"
    )
    does = {
        "add": lambda: operations.add(version=version, by=lead, **MET_OR_NOT),
        "change": lambda: change(scale, lead, [MET, NOT_MET]),
        "remove": lambda: operations.remove(scale=scale, by=lead),
        "assign": lambda: assign(standard, scale, lead),
    }

    with pytest.raises(Refused, match="Take it back to a draft"):
        does[verb]()


def test_a_framework_without_levels_reads_back_as_the_same():
    lead, _, _ = a_draft()
    framework = rules.shipped()
    framework["scales"] = [MET_OR_NOT]
    for place, area in enumerate(framework["areas"]):
        area["scale"] = "words" if place else "YN"
        for standard in area["standards"]:
            standard["descriptors"] = {} if place else {"Y": "Met.", "N": "Not met."}
    PolicyVersion.objects.update(status="WITHDRAWN", withdrawn_because="Another is written.")

    version = frameworks.begin(trust=lead.person.trust, framework=framework, by=lead)
    told = system_framework(version)

    assert rules.faults(told) == []
    assert told["scales"] == framework["scales"]
    assert [area["scale"] for area in told["areas"]] == ["YN", *["words"] * 6]
    assert Scale.objects.filter(version=version).count() == 2


def test_letters_keep_the_colours_they_had_in_a_version_before():
    lead, version, _ = a_draft()
    before = PolicyVersionFactory.create(
        policy=version.policy, number=1, in_force=True, trust=version.trust
    )
    other = ScaleFactory.create(version=before, code="YN")
    other.levels.exclude(rank__in=(3, 5)).delete()  # stone and rust
    recoloured = [MET | {"tone": "teal"}, NOT_MET]
    PolicyVersion.objects.filter(pk=version.pk).update(number=2)
    version.refresh_from_db()

    with pytest.raises(Refused, match="In version 1 the letters YN stood for stone, rust"):
        operations.add(version=version, name="Met or not", levels=recoloured, by=lead)
    assert operations.add(version=version, by=lead, **MET_OR_NOT).code == "YN"


def test_a_ninth_scale_is_refused_where_it_is_added():
    lead, version, _ = a_draft()
    ScaleFactory.create(version=version, in_words=True)
    for letter in "BCDFGHI":
        levels = [MET | {"letter": letter}, NOT_MET]
        operations.add(version=version, name=f"Scale {letter}", levels=levels, by=lead)

    with pytest.raises(Refused, match="8 scales at most"):
        operations.add(version=version, name="One more", levels=[MET, NOT_MET], by=lead)
