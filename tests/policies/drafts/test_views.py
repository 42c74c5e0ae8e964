import datetime as dt
import re
from io import StringIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    BodyFactory,
    PolicyVersionFactory,
    PostFactory,
    StandardFactory,
    TrustFactory,
    person,
)
from tests.policies.writing import a_draft
from trigpoint.people.models import Notice
from trigpoint.people.roles import Role
from trigpoint.policies.acknowledgements import operations as acknowledgements
from trigpoint.policies.frameworks import rules
from trigpoint.policies.models import Policy, PolicyVersion

pytestmark = pytest.mark.django_db
ADOPT = reverse("policies:drafts-adopt")
BEGIN = reverse("policies:drafts-begin")
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

    assert "Z9 Handwriting" in text
    assert "texts reworded" in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            TEXT.replace("letter: U,", "letter: V,"),
            "judged on ESMAU, and no scale has these letters",
        ),
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


def test_adopt_asks_which_when_it_gets_a_file_and_ours(client, trust):
    page = client.post(ADOPT, answers(trust, source="SHIPPED", file=upload("format: [")))

    assert page.status_code == 422
    assert "You chose a file and the framework of Trigpoint" in page.content.decode()


def test_adopt_asks_for_the_file_when_it_is_our_own(client, trust):
    page = client.post(ADOPT, answers(trust, source="OWN"))

    assert page.status_code == 422
    assert "Choose the framework file" in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"effective_on": "2026-09-02"}, "To have it take effect on 2 September 2026"),
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
        ({"effective_on": dt.date(2026, 9, 2)}, "To have it take effect on 2 September"),
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


def begun(trust):
    lead, version, standard = a_draft(policy__trust=trust, number=2)
    return lead, version, standard


def test_begin_offers_the_version_in_force_and_leads_to_the_draft(client, trust):
    client.post(ADOPT, answers(trust, confirmed="on"))

    page = client.get(BEGIN).content.decode()
    answer = client.post(BEGIN, {"source": "CURRENT"})

    draft = PolicyVersion.objects.get(status="DRAFT")
    assert "What version 1 says" in page
    assert answer.url == reverse("policies:drafts-show", args=[draft.pk])
    assert client.get(BEGIN).url == answer.url
    assert client.post(BEGIN, {"source": "SHIPPED"}).status_code == 409


def test_begin_without_a_policy_takes_the_shipped_framework(client, trust):
    page = client.get(BEGIN).content.decode()
    client.post(BEGIN, {"source": "SHIPPED"})

    assert "What version" not in page
    assert PolicyVersion.objects.get().standards.count() == 38
    assert client.post(BEGIN, {"source": "CURRENT"}).status_code == 422


def test_show_says_what_is_missing_and_leads_to_what_can_be_changed(client, trust):
    _, version, standard = begun(trust)

    page = client.get(reverse("policies:drafts-show", args=[version.pk])).content.decode()

    assert "Nobody monitors Teaching." in page
    assert "Cadence: this has 0 where 1 or more are needed." in page
    assert reverse("policies:standards-reword", args=[standard.pk]) in page
    assert reverse("policies:drafts-consult", args=[version.pk]) in page


def test_show_costs_the_same_however_many_standards(client, trust, assert_flat):
    _, version, standard = begun(trust)
    codes = iter(range(10, 40))

    assert_flat(
        reverse("policies:drafts-show", args=[version.pk]),
        add_row=lambda: StandardFactory.create(area=standard.area, code=f"T{next(codes)}"),
        at_most=24,
    )


def test_replace_previews_asks_what_continues_what_and_replaces(client, trust):
    client.post(ADOPT, answers(trust, confirmed="on"))
    client.post(BEGIN, {"source": "CURRENT"})
    draft = PolicyVersion.objects.get(status="DRAFT")
    there = reverse("policies:drafts-replace", args=[draft.pk])
    changed = TEXT.replace("lineage: curriculum-ambition", "lineage: curriculum-breadth")

    page = client.post(there, {"source": "OWN", "file": upload(changed)})
    said = page.content.decode()
    answer = client.post(
        there,
        {
            "source": "OWN",
            "text": changed,
            "confirmed": "on",
            "continues-curriculum-breadth": "curriculum-ambition",
        },
    )

    assert "Do new standards continue earlier ones?" in said
    assert "C1 Breadth and ambition" in said
    assert answer.status_code == 302
    assert draft.standards.filter(lineage="curriculum-ambition").exists()
    assert not draft.standards.filter(lineage="curriculum-breadth").exists()


def test_replace_refuses_a_faulty_file_with_its_lines(client, trust):
    _, version, _ = begun(trust)
    there = reverse("policies:drafts-replace", args=[version.pk])

    answer = client.post(there, {"source": "OWN", "file": upload("format: [")})

    assert answer.status_code == 422
    assert "Line 2: This is not YAML" in answer.content.decode()
    assert version.standards.count() == 1


def test_consult_then_redraft(client, trust):
    _, version, _ = begun(trust)
    client.post(reverse("policies:drafts-consult", args=[version.pk]), {"until": "2026-09-25"})
    version.refresh_from_db()
    assert (version.status, version.consult_until) == ("CONSULTATION", dt.date(2026, 9, 25))

    client.post(reverse("policies:drafts-redraft", args=[version.pk]))

    version.refresh_from_db()
    assert version.status == "DRAFT"


@pytest.mark.parametrize(("verb", "sent"), [("redraft", {}), ("withdraw", {"because": "Wrong."})])
def test_who_was_asked_is_not_led_to_what_they_may_no_longer_read(client, trust, verb, sent):
    _, version, _ = begun(trust)
    PostFactory.create(academy__trust=trust)
    client.post(reverse("policies:drafts-consult", args=[version.pk]), {"until": "2026-09-25"})
    acknowledgements.system_invite(version.pk, at=timezone.now())
    asked = Notice.objects.filter(address__startswith="/policies/?version=")
    assert asked.count() == 1

    client.post(reverse(f"policies:drafts-{verb}", args=[version.pk]), sent)

    version.refresh_from_db()
    assert version.status != "CONSULTATION"
    assert not asked.exists()


def test_redraft_of_what_is_no_consultation_is_refused_in_words(client, trust):
    _, version, _ = begun(trust)

    answer = client.post(reverse("policies:drafts-redraft", args=[version.pk]))

    assert answer.status_code == 409
    assert "Its page shows what can." in answer.content.decode()


def test_consult_says_that_a_day_has_gone_by(client, trust):
    _, version, _ = begun(trust)
    there = reverse("policies:drafts-consult", args=[version.pk])

    answer = client.post(there, {"until": "2026-08-31"})

    assert answer.status_code == 409
    assert "which has gone by" in answer.content.decode()


def test_approve_records_the_meeting_and_takes_effect_on_its_day(client, trust):
    client.post(BEGIN, {"source": "SHIPPED"})
    version = PolicyVersion.objects.get()
    there = reverse("policies:drafts-approve", args=[version.pk])
    facts = answers(trust, minute="Item 6", effective_on="2026-10-01")

    answer = client.post(there, facts)

    version.refresh_from_db()
    assert answer.url == reverse("policies:drafts-show", args=[version.pk])
    assert (version.status, version.minute) == ("APPROVED", "Item 6")
    page = client.get(answer.url).content.decode()
    assert "does so by itself on that day" in page


def test_approve_says_what_is_not_in_order(client, trust):
    _, version, _ = begun(trust)

    answer = client.post(reverse("policies:drafts-approve", args=[version.pk]), answers(trust))

    assert answer.status_code == 409
    assert "The draft is not in order yet." in answer.content.decode()


def test_withdraw_asks_why(client, trust):
    _, version, _ = begun(trust)
    there = reverse("policies:drafts-withdraw", args=[version.pk])

    assert client.get(there).status_code == 200
    assert client.post(there, {"because": ""}).status_code == 422
    assert client.post(there, {"because": "Too soon."}).status_code == 302
    version.refresh_from_db()
    assert version.withdrawn_because == "Too soon."


def test_withdraw_of_what_was_approved_asks_which_body_takes_it_back(client, trust):
    _, version, _ = begun(trust)
    board = BodyFactory.create(trust=trust)
    PolicyVersion.objects.filter(pk=version.pk).update(
        status="APPROVED", approved_by=board, approved_on="2026-01-05",
        effective_on="2999-01-01", review_due_on="2999-12-31",
    )  # fmt: skip
    there = reverse("policies:drafts-withdraw", args=[version.pk])
    said = {"because": "The Act changed.", "decided_on": "2026-01-06"}

    assert "so a body takes it back" in client.get(there).content.decode()
    assert client.post(there, said).status_code == 422
    assert client.post(there, said | {"body": board.pk}).status_code == 302
    version.refresh_from_db()
    assert version.status == "WITHDRAWN"


def test_replace_says_what_the_draft_itself_would_lose(client, trust):
    client.post(ADOPT, answers(trust, confirmed="on"))
    client.post(BEGIN, {"source": "CURRENT"})
    draft = PolicyVersion.objects.get(status="DRAFT")
    draft.standards.filter(code="T2").update(statement="Wholly new words here.")

    page = client.post(reverse("policies:drafts-replace", args=[draft.pk]), {"source": "SHIPPED"})

    assert "Wholly" in page.content.decode()
    assert "Word for word the same" not in page.content.decode()
