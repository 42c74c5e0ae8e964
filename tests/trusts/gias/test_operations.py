from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.factories import AcademyFactory, ImportRunFactory, TrustFactory, person
from tests.trusts.gias import register
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.trusts.gias import operations, rules
from trigpoint.trusts.gias.models import ImportRun
from trigpoint.trusts.gias.operations import Files
from trigpoint.trusts.models import Academy, Trust

pytestmark = pytest.mark.django_db
REAL = Path(__file__).parents[4] / "shared" / "data" / "gias"
REAL_HOME = next(
    (
        folder / "shared" / "data" / "gias"
        for folder in Path(__file__).resolve().parents
        if (folder / "shared" / "data" / "gias").exists()
    ),
    REAL,
)


def run_import(trust, files=None, by=None):
    files = files or Files(register.groups(), register.links())
    run = operations.upload(trust=trust, files=files, by=by)
    run = operations.choose(run=run, group_uid=register.ASH, by=by)
    return operations.confirm(run=run, by=by, at=timezone.now(), is_ours=True)


def test_confirm_imports_the_chosen_trusts_academies_and_nobody_elses():
    trust = TrustFactory.create()
    by = person(Role.ADMINISTRATOR, at=trust)

    run = run_import(trust, by=by)

    assert rules.tally(run.rows) == {"create": 2, "update": 0, "unchanged": 0, "refused": 0}
    assert set(Academy.objects.filter(trust=trust).values_list("urn", "name", "phase")) == {
        (136001, "Ash Primary", "PRIMARY"),
        (136002, "Ash School", "SPECIAL"),
    }
    trust.refresh_from_db()
    assert (trust.group_uid, run.register) == (register.ASH, {})
    assert HistoryEntry.objects.get(subject_id=run.pk, verb="confirmed").actor == by


def test_confirm_twice_over_changes_nothing():
    trust = TrustFactory.create()
    run_import(trust)
    before = list(Academy.objects.order_by("pk").values())
    written = HistoryEntry.objects.filter(subject_type="trusts.academy").count()

    run = run_import(trust)

    assert rules.tally(run.rows) == {"create": 0, "update": 0, "unchanged": 2, "refused": 0}
    assert list(Academy.objects.order_by("pk").values()) == before
    assert HistoryEntry.objects.filter(subject_type="trusts.academy").count() == written


def test_confirm_takes_over_what_changed_and_leaves_refused_rows_out():
    trust = TrustFactory.create()
    run_import(trust)
    files = Files(
        register.groups(),
        register.links(
            register.link(), register.link("13600X"), register.link("136004", joined="x")
        ),
        register.places("136003,,11,16,,"),
    )

    run = run_import(trust, files)

    assert rules.tally(run.rows) == {"create": 0, "update": 1, "unchanged": 1, "refused": 3}
    assert Academy.objects.get(urn=136001).ages == "3 to 11"
    assert not Academy.objects.filter(urn__gte=136003).exists()


def test_confirm_a_second_time_is_refused_in_words():
    trust = TrustFactory.create()
    run = run_import(trust)

    with pytest.raises(Refused, match="imported already"):
        operations.confirm(run=run, by=None, at=timezone.now())
    with pytest.raises(Refused, match="imported already"):
        operations.choose(run=run, group_uid=register.ASH, by=None)


def test_confirm_before_a_trust_is_chosen_is_refused_in_words():
    with pytest.raises(Refused, match="No trust has been chosen"):
        operations.confirm(run=ImportRunFactory.create(), by=None, at=timezone.now())


def test_confirm_writes_nothing_when_an_academy_changed_since_the_preview():
    trust = TrustFactory.create()
    files = Files(register.groups(), register.links())
    run = operations.upload(trust=trust, files=files, by=None)
    run = operations.choose(run=run, group_uid=register.ASH, by=None)
    AcademyFactory.create(trust=trust, urn=136002, name="Came first")

    with pytest.raises(Refused, match="has changed since this preview"):
        operations.confirm(run=run, by=None, at=timezone.now(), is_ours=True)

    assert list(Academy.objects.values_list("name", flat=True)) == ["Came first"]
    run.refresh_from_db()
    assert run.status == ImportRun.Status.PREVIEWED


@pytest.mark.parametrize(
    ("ours", "sentence"),
    [
        (
            {"name": "Elm Trust"},
            r"academies of ASH TRUST \(Group UID 4119\), and here is Elm Trust\.",
        ),
        ({"name": "Ash Trust", "group_uid": "5000"}, r"here is Ash Trust \(Group UID 5000\)\."),
        ({"name": "Ash Trust"}, ""),
        ({"name": "Renamed since", "group_uid": register.ASH}, ""),
    ],
    ids=["another name", "another number", "the name", "the number"],
)
def test_confirm_asks_whether_a_group_of_another_number_or_name_is_the_trust(ours, sentence):
    run = ImportRunFactory.create(trust=TrustFactory.create(**ours), previewed=True)

    if sentence:
        with pytest.raises(Refused, match=sentence):
            operations.confirm(run=run, by=None, at=timezone.now())
        assert not Academy.objects.exists()
    operations.confirm(run=run, by=None, at=timezone.now(), is_ours=bool(sentence))

    again = ImportRunFactory.create(trust=run.trust, previewed=True)
    again.trust.refresh_from_db()
    assert rules.question(again) == ""


def test_choose_refuses_a_number_another_trust_here_uses():
    TrustFactory.create(group_uid=register.ASH)
    files = Files(register.groups(), register.links())
    run = operations.upload(trust=TrustFactory.create(), files=files, by=None)

    with pytest.raises(Refused, match="in use on this installation"):
        operations.choose(run=run, group_uid=register.ASH, by=None)


def test_choose_an_open_trust_with_no_academy_leaves_nothing_to_confirm():
    files = Files(register.groups(), register.links())
    run = operations.upload(trust=TrustFactory.create(), files=files, by=None)

    run = operations.choose(run=run, group_uid=register.EMPTY, by=None)

    assert run.rows == []
    assert not rules.may_confirm(run)


def test_upload_is_refused_outside_ones_trust():
    by = person(Role.ADMINISTRATOR, at=TrustFactory.create())

    with pytest.raises(Refused, match="administrator of the whole trust"):
        operations.upload(
            trust=TrustFactory.create(), files=Files(register.groups(), register.links()), by=by
        )


@pytest.mark.parametrize(
    ("files", "words"),
    [
        pytest.param(Files(b"PK\x03\x04", register.links()), "spreadsheet or zip", id="a zip"),
        pytest.param(Files(register.groups(), register.groups()), "links file", id="groups twice"),
        pytest.param(Files(register.links(), register.links()), "groups file", id="links twice"),
        pytest.param(
            Files(
                register.csv(register.GROUPS, "1,,A federation,,1,,,,OPEN,Open,"), register.links()
            ),
            "no academy trust in it",
            id="no trust",
        ),
        pytest.param(
            Files(register.groups(), register.links(), register.links()),
            "establishments file",
            id="links as establishments",
        ),
    ],
)
def test_upload_refuses_a_faulty_file_and_keeps_nothing(files, words):
    with pytest.raises(Refused, match=words):
        operations.upload(trust=TrustFactory.create(), files=files, by=None)

    assert not ImportRun.objects.exists()


@pytest.fixture
def files(tmp_path):
    contents = {"groups": register.groups(), "links": register.links(register.link("x"))}
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    return {name: tmp_path / name for name in contents}


def import_gias(uid=register.ASH, **files):
    out = StringIO()
    call_command("import_gias", group_uid=uid, stdout=out, stderr=StringIO(), **files)
    return out.getvalue()


def test_import_gias_founds_the_trust_and_is_safe_to_run_twice(files, tmp_path):
    first = import_gias(**files)
    (tmp_path / "places").write_bytes(register.places())
    second = import_gias(**files, establishments=tmp_path / "places")
    third = import_gias(**files)

    assert "2 created, 0 updated, 0 unchanged, 1 refused." in first
    assert "Row 5, Ash High: “x” is not a URN" in first
    assert "0 created, 1 updated, 1 unchanged, 1 refused." in second
    assert "0 created, 0 updated, 2 unchanged, 1 refused." in third
    assert Trust.objects.get().name == "ASH TRUST"


def test_import_gias_asks_before_it_founds_one_more_trust(files):
    TrustFactory.create(name="Elm Trust")

    with pytest.raises(CommandError, match=r"ASH TRUST .*none of the trusts here \(Elm Trust\)"):
        import_gias(**files)
    assert not Academy.objects.exists()
    import_gias(**files, our_trust=True)

    assert "2 unchanged" in import_gias(**files)


def test_import_gias_founds_a_trust_that_has_no_academy_yet(files):
    assert "0 created, 0 updated, 0 unchanged, 0 refused." in import_gias(register.EMPTY, **files)
    assert Trust.objects.get().group_uid == register.EMPTY


def test_import_gias_writes_nothing_when_a_file_is_wrong(files):
    with pytest.raises(CommandError, match="The links file has no column"):
        import_gias(groups=files["groups"], links=files["groups"])
    with pytest.raises(CommandError, match="a school sponsor"):
        import_gias(register.SPONSOR, **files)
    with pytest.raises(CommandError, match="No file at nowhere.csv"):
        import_gias(groups=files["groups"], links=Path("nowhere.csv"))

    assert not Trust.objects.exists()


@pytest.mark.real_data
@pytest.mark.skipif(
    not REAL_HOME.exists(), reason="the register's files are not beside the project"
)
@pytest.mark.parametrize(
    ("uid", "created", "refused"),
    [
        pytest.param("4119", 38, 0, id="a large trust"),
        pytest.param("5143", 75, 0, id="the largest"),
    ],
)
def test_import_gias_reads_the_real_files(uid, created, refused):
    files = {
        "groups": REAL_HOME / "allgroupsdata_202207.csv",
        "links": REAL_HOME / "alllinksdata_202207.csv",
    }

    first, second = import_gias(uid, **files), import_gias(uid, **files)

    assert f"{created} created, 0 updated, 0 unchanged, {refused} refused." in first
    assert f"0 created, 0 updated, {created} unchanged, {refused} refused." in second


@pytest.mark.real_data
@pytest.mark.skipif(
    not REAL_HOME.exists(), reason="the register's files are not beside the project"
)
@pytest.mark.parametrize(
    "name",
    [
        "edubase_example_claim.csv",
        "edubase_bad_claim.csv",
        "edubase_example_tv.csv",
        "edubase_sample_npq.csv",
    ],
)
def test_upload_reads_the_real_establishment_extracts_and_refuses_them_as_groups(name):
    places = (REAL_HOME / name).read_bytes()
    trust = TrustFactory.create()

    operations.upload(
        trust=trust, files=Files(register.groups(), register.links(), places), by=None
    )
    with pytest.raises(Refused, match="The groups file has no column"):
        operations.upload(trust=trust, files=Files(places, register.links()), by=None)
