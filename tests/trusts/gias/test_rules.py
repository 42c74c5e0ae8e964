import datetime as dt

import pytest

from tests.factories import (
    AcademyFactory,
    ClusterFactory,
    ImportRunFactory,
    TeamFactory,
    TrustFactory,
    person,
)
from tests.trusts.gias import register
from trigpoint.people.roles import Role
from trigpoint.records import tables
from trigpoint.records.refusals import Refused
from trigpoint.trusts.gias import rules
from trigpoint.trusts.gias.models import ImportRun
from trigpoint.trusts.gias.rules import Outcome, Problem
from trigpoint.trusts.models import Academy
from trigpoint.trusts.structure.rules import AcademyFacts

LEGAL = {
    ("choose", "UPLOADED"): "PREVIEWED",
    ("choose", "PREVIEWED"): "PREVIEWED",
    ("confirm", "PREVIEWED"): "CONFIRMED",
}


def table(data):
    return tables.read_csv(data, name="It")


@pytest.mark.parametrize("verb", ["choose", "confirm"])
@pytest.mark.parametrize("status", ImportRun.Status)
def test_lifecycle_allows_exactly_the_legal_moves(verb, status):
    assert bool(rules.LIFECYCLE.may(verb, status)) == ((verb, status.value) in LEGAL)
    if (verb, status.value) in LEGAL:
        assert rules.LIFECYCLE.target(verb) == LEGAL[verb, status.value]


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("where", ["trust", "cluster", "academy", "team"])
def test_visible_to_agrees_with_may_view(role, where):
    cluster = ClusterFactory.create()
    home = AcademyFactory.create(trust=cluster.trust, cluster=cluster)
    places = {
        "trust": home.trust,
        "cluster": cluster,
        "academy": home,
        "team": TeamFactory.create(academy=home),
    }
    runs = [ImportRunFactory.create(trust=home.trust), ImportRunFactory.create()]
    user = person(role, at=places[where])

    assert set(ImportRun.objects.visible_to(user)) == {
        run for run in runs if rules.may_view(user, run)
    }


def test_read_groups_takes_codes_with_and_without_a_leading_zero():
    groups = rules.read_groups(table(register.groups()))

    assert groups[register.EMPTY] == ["ASH ACADEMIES", "6", "OPEN", "Leeds", ""]
    assert groups[register.CLOSED][1] == "10"


def test_read_groups_knows_the_old_name_of_the_number():
    data = register.groups().replace(b"Group UID", b"Linked UID")

    assert register.ASH in rules.read_groups(table(data))


def test_read_groups_refuses_another_file_and_names_what_is_missing():
    with pytest.raises(Refused, match="“Group UID” or “Group Name”"):
        rules.read_groups(table(register.places()))


def test_read_links_keeps_a_trusts_rows_and_leaves_its_sponsors_out():
    links = rules.read_links(table(register.links()), trusts={register.ASH})

    assert [cells[:2] for cells in links[register.ASH]] == [["2", "136001"], ["3", "136002"]]
    assert set(links) == {register.ASH}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        pytest.param(["2", "", "Ash", "", "2", "", "0"], "not a URN", id="no URN"),
        pytest.param(["2", "12345", "Ash", "", "2", "", "0"], "six digits", id="short URN"),
        pytest.param(["2", "136001", "", "", "2", "", "0"], "no name", id="no name"),
        pytest.param(["2", "136001", "B\ufffdcket", "", "2", "", "0"], "lost", id="lost letter"),
        pytest.param(["2", "136001", "x" * 201, "", "2", "", "0"], "longer", id="endless name"),
        pytest.param(["2", "136001", "Ash", "", "Ely", "", "3"], "3 values too many", id="shifted"),
        pytest.param(["2", "136001", "Ash", "", "9", "", "0"], "phase code", id="new phase code"),
        pytest.param(["2", "136001", "Ash", "", "2", "32-13-2020", "0"], "not a day", id="no day"),
    ],
)
def test_check_link_says_what_is_wrong_with_a_row(cells, words):
    assert words in rules.check_link(cells).words


def test_check_link_reads_a_good_row():
    cells = ["2", "136002", "Ash School", "Academy special converter", "0", "01-09-2013", "0"]

    assert rules.check_link(cells) == AcademyFacts(
        name="Ash School",
        urn=136002,
        phase=Academy.Phase.SPECIAL,
        establishment_type="Academy special converter",
        joined_on=dt.date(2013, 9, 1),
    )


@pytest.mark.parametrize(
    ("phase", "kind", "expected"),
    [
        ("2", "Academy converter", "PRIMARY"),
        ("5", "Academy converter", "SECONDARY"),
        ("7", "Free schools", "ALL_THROUGH"),
        ("6", "Free schools 16 to 19", "POST_16"),
        ("0", "Free schools alternative provision", "ALTERNATIVE"),
        ("0", "Free schools special", "SPECIAL"),
        ("", "", "NOT_KNOWN"),
    ],
)
def test_phase_of_looks_at_the_type_of_special_schools(phase, kind, expected):
    assert rules.phase_of(phase, kind) == expected


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        pytest.param(["5", "", "3", "11", "", "", "0"], "no name", id="no name"),
        pytest.param(["5", "Ash", "three", "11", "", "", "0"], "youngest age", id="age in words"),
        pytest.param(["5", "Ash", "3", "11", "2O0", "", "0"], "pupil number", id="letter O"),
        pytest.param(["5", "Ash", "3", "11", "", "soon", "0"], "CloseDate", id="no day"),
    ],
)
def test_add_place_names_the_row_of_the_other_file(cells, words):
    problem = rules.add_place(AcademyFacts("Ash", urn=136001), cells)

    assert isinstance(problem, Problem)
    assert words in problem.words
    assert "row 5 of the establishments file" in problem.words


def test_add_place_adds_ages_and_numbers():
    facts = rules.add_place(
        AcademyFacts("Ash", urn=136001), ["5", "Ash", "3", "11", "210", "31-08-2022", "0"]
    )

    assert (facts.age_from, facts.age_to, facts.pupil_count) == (3, 11, 210)
    assert facts.closed_on == dt.date(2022, 8, 31)
    assert rules.add_place(facts, None) == facts


@pytest.mark.parametrize(
    ("uid", "words"),
    [
        pytest.param("1", "no Group UID 1", id="unknown"),
        pytest.param(register.SPONSOR, "a school sponsor, not an academy trust", id="a sponsor"),
        pytest.param(register.CLOSED, "closed on 31-08-2020", id="closed"),
    ],
)
def test_check_group_says_why_a_group_is_not_a_trust_to_import(uid, words):
    groups = rules.read_groups(table(register.groups()))

    assert words in rules.check_group(groups, uid).reason
    assert rules.check_group(groups, register.ASH)


def test_compare_says_in_words_what_changes():
    academy = AcademyFactory.build(name="Ash", urn=1, phase=Academy.Phase.PRIMARY, age_to=11)
    facts = AcademyFacts("Ash Primary", urn=1, phase=Academy.Phase.ALL_THROUGH, age_to=16)

    assert rules.compare(facts, None) == (Outcome.CREATE, "New to the trust.")
    assert rules.compare(facts, academy) == (
        Outcome.UPDATE,
        "Name Ash becomes Ash Primary; phase Primary becomes All-through; oldest age 11 becomes 16.",
    )
    assert rules.compare(AcademyFacts("Ash", urn=1, phase="PRIMARY"), academy)[0] == "UNCHANGED"


def test_compare_shows_days_as_people_write_them():
    academy = AcademyFactory.build(name="Ash", joined_on=None)
    facts = AcademyFacts("Ash", phase=academy.phase, joined_on=dt.date(2012, 9, 1))

    assert rules.compare(facts, academy)[1] == "Day it joined unknown becomes 1 Sep 2012."


def test_preview_refuses_the_second_row_of_one_urn():
    row = ["2", "136001", "Ash", "", "2", "", "0"]

    first, second = rules.preview([row, ["3", *row[1:]]], {}, {})

    assert (first["outcome"], second["outcome"]) == (Outcome.CREATE, Outcome.REFUSED)
    assert "row 2 already" in second["words"]


def test_facts_of_a_stored_row_are_the_facts_that_were_previewed():
    stored = {"facts": {"name": "Ash", "urn": 1, "phase": "PRIMARY", "joined_on": "2012-09-01"}}

    assert rules.facts_of(stored) == AcademyFacts(
        "Ash", urn=1, phase="PRIMARY", joined_on=dt.date(2012, 9, 1)
    )


def test_may_choose_only_the_trusts_own_number():
    run = ImportRunFactory.build(trust=TrustFactory.build(name="Ash", group_uid="4119"))

    assert rules.may_choose(run, "4119", taken=False)
    assert "Choose 4119" in rules.may_choose(run, "5000", taken=False).reason
    assert "in use" in rules.may_choose(run, "4119", taken=True).reason


def test_may_confirm_asks_for_a_row_to_import():
    run = ImportRunFactory.build(previewed=True)
    assert rules.may_confirm(run)

    run.rows[0]["outcome"] = Outcome.REFUSED
    assert "no row to import" in rules.may_confirm(run).reason
