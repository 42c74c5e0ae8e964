import datetime as dt
import re
from io import StringIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.factories import BodyFactory, PolicyVersionFactory, StandardFactory, TrustFactory, person
from trigpoint.people.roles import Role
from trigpoint.policies.frameworks import rules
from trigpoint.policies.models import Policy, PolicyVersion

pytestmark = pytest.mark.django_db
INDEX = reverse("policies:frameworks-index")
ADOPT = reverse("policies:frameworks-adopt")
TEXT = rules.SHIPPED.read_text(encoding="utf-8")


@pytest.fixture
def trust(client):
    trust = TrustFactory.create(name="Wetherlow", group_uid="1234")
    client.force_login(person(Role.QA_LEAD, at=trust))
    with time_machine.travel(dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC), tick=False):
        yield trust


def answers(trust, **changes):
    return {
        "source": "SHIPPED",
        "body": BodyFactory.create(trust=trust).pk,
        "approved_on": "2026-07-09",
        "effective_on": "2026-09-01",
        "review_due_on": "2027-06-30",
        "summary": "Our first.",
    } | changes


def upload(text):
    return SimpleUploadedFile("framework.yaml", text.encode())


def test_index_shows_what_is_shipped_and_that_nothing_is_in_force(client, trust):
    page = client.get(INDEX).content.decode()

    assert "Trigpoint default framework" in page
    assert "Nothing yet." in page


def test_index_shows_the_version_in_force(client, trust):
    PolicyVersionFactory.create(
        policy__trust=trust, policy__name="Our policy", in_force=True, number=4
    )

    assert "Our policy, version 4" in client.get(INDEX).content.decode()


def test_index_costs_the_same_with_more_versions(client, trust, assert_flat):
    current = PolicyVersionFactory.create(policy__trust=trust, in_force=True, number=900)
    numbers = iter(range(1, 20))

    def superseded():
        PolicyVersionFactory.create(
            policy=current.policy,
            in_force=True,
            status="SUPERSEDED",
            number=next(numbers),
            superseded_on=dt.date(2025, 9, 1),
        )

    assert_flat(INDEX, add_row=superseded, at_most=6)


@pytest.mark.parametrize("role", [Role.HEADTEACHER, Role.TRUSTEE, Role.DPO])
def test_index_is_closed_to_those_who_do_not_look_after_the_policy(client, role):
    client.force_login(person(role, at=TrustFactory.create()))

    assert client.get(INDEX).status_code == 403
    assert client.post(ADOPT).status_code == 403


def test_adopt_asks_first(client, trust):
    BodyFactory.create(name="Standards committee")

    page = client.get(ADOPT)

    assert page.status_code == 200
    assert "First add a board or a committee" in page.content.decode()
    assert "Standards committee" not in page.content.decode()


def test_adopt_previews_the_shipped_framework_and_saves_nothing(client, trust):
    page = client.post(ADOPT, answers(trust))

    text = page.content.decode()
    assert page.status_code == 200
    assert [number in text for number in ("38", "152", "190")] == [True] * 3
    assert not Policy.objects.exists()


def sent_again(page):
    """What the preview's confirmation sends."""
    found = re.findall(r'<input type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', page)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_adopt_puts_it_in_force_once_confirmed(client, trust):
    confirmation = sent_again(client.post(ADOPT, answers(trust)).content.decode())

    done = client.post(ADOPT, confirmation, follow=True)

    assert "Version 1 is in force." in done.content.decode()
    version = PolicyVersion.objects.get(policy__trust=trust)
    assert (version.status, version.summary) == ("IN_FORCE", "Our first.")


def test_adopt_takes_a_framework_of_our_own(client, trust):
    ours = TEXT.replace("policy: Quality assurance policy", "policy: How we know")
    preview = client.post(ADOPT, answers(trust, source="OWN", file=upload(ours)))

    confirmation = sent_again(preview.content.decode())
    confirmation["text"] = ours.replace("\n", "\r\n")  # as a browser sends it
    client.post(ADOPT, confirmation)

    assert Policy.objects.get(trust=trust).name == "How we know"


def test_adopt_shows_what_would_change(client, trust):
    version = PolicyVersionFactory.create(policy__trust=trust, in_force=True, number=3)
    first = rules.shipped()["areas"][0]["standards"][0]
    kept = {name: first[name] for name in ("lineage", "code", "title", "statement")}
    StandardFactory.create(area__version=version, **kept)
    StandardFactory.create(area__version=version, lineage="curriculum-sequence", code="C2")
    StandardFactory.create(area__version=version, code="Z9", title="Handwriting")

    text = client.post(ADOPT, answers(trust)).content.decode()

    assert "1 standard stay" in text.replace("1 standards", "1 standard")
    assert "New: 36" in text
    assert "Reworded: 1" in text
    assert "No longer there: 1" in text
    assert "Z9 Handwriting" in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TEXT.replace("    - {mark: U, label: Urgent improvement}\n", ""), "there are 4 entries"),
        (TEXT.replace("code: T2\n", "code: T1\n"), "standard code T1 is used twice"),
        (TEXT.replace("lineage: welfare\n", "lineage: care\n"), "area Student welfare"),
        ("a: &a [x]\nb: *a\n", "Line 1: Aliases"),
        ("x" * 5_000_000, "The file is 5.0 MB"),
        ("\0\0\0", "characters that YAML does not allow"),
    ],
    ids=["four levels", "code twice", "area missing", "alias", "5 MB", "binary"],
)
def test_adopt_refuses_a_faulty_file_with_its_lines_and_saves_nothing(client, trust, text, words):
    page = client.post(ADOPT, answers(trust, source="OWN", file=upload(text), confirmed="on"))

    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Policy.objects.exists()


def test_adopt_asks_for_the_file_when_it_is_our_own(client, trust):
    page = client.post(ADOPT, answers(trust, source="OWN"))

    assert page.status_code == 422
    assert "Choose the framework file" in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"effective_on": "2026-09-02"}, "Adopt this one on 2 September 2026"),
        ({"approved_on": "2026-09-02"}, "Check the two dates"),
        ({"review_due_on": "2026-09-01"}, "must fall after the day"),
        ({"body": ""}, "Choose who approved it"),
        ({"source": "ELSEWHERE"}, "Choose one of the answers offered"),
    ],
    ids=["still to come", "before its approval", "review too early", "no body", "no such source"],
)
def test_adopt_says_what_is_wrong_with_the_approval(client, trust, changes, words):
    page = client.post(ADOPT, answers(trust, confirmed="on", **changes))

    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Policy.objects.exists()


def test_adopt_takes_no_body_of_another_trust(client, trust):
    page = client.post(ADOPT, answers(trust, body=BodyFactory.create().pk, confirmed="on"))

    assert page.status_code == 422
    assert not Policy.objects.exists()


def command(**changes):
    said = StringIO()
    given = {
        "trust": "Wetherlow",
        "body": "Standards committee",
        "approved_on": dt.date(2026, 7, 9),
        "review_due_on": dt.date(2027, 6, 30),
    } | changes
    call_command("adopt_framework", stdout=said, **given)
    return said.getvalue()


def test_adopt_framework_command_says_what_it_did(trust, tmp_path):
    BodyFactory.create(trust=trust, name="Standards committee")
    ours = tmp_path / "ours.yaml"
    ours.write_text(TEXT)

    assert "version 1 is in force, with 7 areas, 38 standards" in command(
        effective_on=dt.date(2026, 8, 31)
    )
    assert "version 2 is in force" in command(trust="1234", file=ours)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"trust": "Nowhere"}, "There are: Wetherlow."),
        ({"trust": "Twice"}, "Several trusts"),
        ({"body": "Parish council"}, "There are: Standards committee."),
        ({"effective_on": dt.date(2026, 9, 2)}, "Adopt this one on 2 September"),
        ({"review_due_on": dt.date(2026, 8, 1)}, "must fall after"),
        ({"approved_on": dt.date(1926, 7, 9)}, "Give a date between 2000 and 2100."),
        ({"effective_on": dt.date(206, 9, 1)}, "Give a date between 2000 and 2100."),
        ({"review_due_on": dt.date(2207, 6, 30)}, "Give a date between 2000 and 2100."),
    ],
)
def test_adopt_framework_command_refuses_in_words(trust, changes, words):
    BodyFactory.create(trust=trust, name="Standards committee")
    TrustFactory.create_batch(2, name="Twice")
    if changes.get("trust") == "Nowhere":
        words = "There is no trust 'Nowhere'."

    with pytest.raises(CommandError, match=re.escape(words)):
        command(**changes)

    assert not Policy.objects.exists()


def test_adopt_framework_command_lists_each_fault_of_a_file(trust, tmp_path):
    BodyFactory.create(trust=trust, name="Standards committee")
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text(TEXT.replace("code: T2\n", "code: T1\n"))

    with pytest.raises(CommandError, match="Line .*T1 is used twice"):
        command(file=faulty)
    with pytest.raises(CommandError, match="There is no file"):
        command(file=tmp_path / "absent.yaml")
