"""A framework file that is not in order: one sentence with its line, and nothing is saved."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import OutsideFrameworkFactory, TrustFactory, person
from tests.policies.writing import a_draft
from trigpoint.people.roles import Role
from trigpoint.policies.frameworks import rules
from trigpoint.policies.models import Policy

pytestmark = pytest.mark.django_db
TEXT = rules.SHIPPED.read_text(encoding="utf-8")
OFSTED = "framework: Ofsted (November 2025), item: Inclusion"


def line_of(text, piece, occurrence=1):
    """Return the line on which a piece of text stands."""
    place = -1
    for _ in range(occurrence):
        place = text.index(piece, place + 1)
    return text.count("\n", 0, place) + 1


LEVELS = TEXT[TEXT.index("      - {letter: E") : TEXT.index("\nareas:")]
ONE = TEXT.replace(LEVELS, LEVELS.splitlines(keepends=True)[0])
FOUR = TEXT.replace(LEVELS.splitlines(keepends=True)[-1], "")
TWICE = TEXT.replace("code: T2\n", "code: T1\n")
MISSING = TEXT.replace("lineage: welfare\n", "lineage: care\n")
NO_ITEM = TEXT.replace(OFSTED, OFSTED.replace("Inclusion", "Behaviour"), 1)
LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, one in zip("abcdefgh", "bcdefghi", strict=True)
)
BAD = [
    (
        ONE,
        f"Line {line_of(ONE, '    levels:')}: “Five levels”, levels: this has 1 where 2 or more are needed.",
    ),
    (
        FOUR,
        (
            f"Line {line_of(FOUR, 'scale: ESMAU')}: The area Curriculum is judged on ESMAU, and no "
            "scale has these letters. Choose from: words, ESMA."
        ),
    ),
    (
        TWICE,
        f"Line {line_of(TWICE, 'code: T1', 2)}: The standard code T1 is used twice.",
    ),
    (MISSING, f"Line {line_of(MISSING, 'areas:')}: The area Student welfare"),
    (
        NO_ITEM,
        (
            f"Line {line_of(NO_ITEM, 'item: Behaviour')}: Ofsted (November 2025) has no item "
            "“Behaviour”. It has: Inclusion, Curriculum and teaching,"
        ),
    ),
    (LAUGHS, "Line 1: Aliases and anchors (* and &) are not read."),
    ("x" * 5_000_000, "The file is 5.0 MB. A framework may be at most 1 MB."),
]
IDS = [
    "one level",
    "four levels",
    "code twice",
    "area missing",
    "no such item",
    "billion laughs",
    "5 MB",
]


def upload(text):
    return SimpleUploadedFile("framework.yaml", text.encode())


def first_fault(page):
    return page.context["form"].errors["file"][0]


@pytest.mark.parametrize(("text", "words"), BAD, ids=IDS)
def test_begin_answers_with_the_line_and_begins_nothing(client, text, words):
    client.force_login(person(Role.QA_LEAD, at=TrustFactory.create()))

    page = client.post(reverse("policies:drafts-begin"), {"source": "OWN", "file": upload(text)})

    assert page.status_code == 422
    assert first_fault(page).startswith(words)
    assert not Policy.objects.exists()


@pytest.mark.parametrize(("text", "words"), BAD, ids=IDS)
def test_replace_answers_with_the_line_and_replaces_nothing(client, text, words):
    lead, version, standard = a_draft()
    client.force_login(lead)
    url = reverse("policies:drafts-replace", args=[version.pk])

    page = client.post(url, {"source": "OWN", "file": upload(text), "confirmed": "on"})

    assert page.status_code == 422
    assert first_fault(page).startswith(words)
    assert [it.pk for it in version.standards.all()] == [standard.pk]


def test_replace_knows_the_items_of_a_framework_the_trust_brought_in(client):
    lead, version, _ = a_draft()
    client.force_login(lead)
    own = OutsideFrameworkFactory.create(trust=version.trust, name="Diocese")
    url = reverse("policies:drafts-replace", args=[version.pk])
    texts = [
        TEXT.replace(OFSTED, f"framework: {name}, item: {item}", 1)
        for name, item in ((own.label, "Music"), (own.label, "Worship"), ("Others", "Music"))
    ]

    pages = [client.post(url, {"source": "OWN", "file": upload(text)}) for text in texts]

    assert [page.status_code for page in pages] == [422, 200, 200]
    assert first_fault(pages[0]).endswith("It has: Worship, Service.")


def test_a_later_version_begins_also_where_an_earlier_one_names_an_item_nobody_knows():
    framework = rules.shipped()
    framework["areas"][0]["crosswalk"][0]["item"] = "An item of long ago"

    assert rules.faults(framework) == []
