import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import InstrumentVersionFactory, TrustFactory, person
from tests.instruments.xlsforms.test_rules import workbook
from trigpoint.instruments.models import Instrument, InstrumentVersion
from trigpoint.instruments.workbooks.rules import read
from trigpoint.instruments.xlsforms.rules import carried
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
BRING_IN = reverse("instruments:xlsforms-bring_in")
ROWS = (
    {"type": "text", "name": "focus", "label": "Focus"},
    {"type": "geopoint", "name": "where", "label": "Where"},
)


@pytest.fixture
def trust(client):
    trust = TrustFactory.create()
    client.force_login(person(Role.QA_LEAD, at=trust))
    return trust


def sent(data, file_name="visit.xlsx", **more):
    return {"file": SimpleUploadedFile(file_name, data), "kind": "LESSON_VISIT", **more}


def test_bring_in_makes_a_draft_and_lists_what_was_left_out(client, trust):
    data = workbook(*ROWS, form_title="Walk")

    page = client.post(BRING_IN, sent(data), follow=True).content.decode()

    draft = InstrumentVersion.objects.get(trust=trust)
    assert (draft.instrument.name, draft.status) == ("Walk", "DRAFT")
    assert "1 thing could not be carried over" in page
    assert "Row 3: “Where” (geopoint): places on a map are not recorded." in page


def test_bring_in_reads_our_own_file_back(client, trust):
    version = InstrumentVersionFactory.create(instrument__trust=trust)
    url = reverse("instruments:library-export", args=[version.pk])

    client.post(BRING_IN, sent(client.get(url).content, "visit.yaml", name="Copy"))

    copy = InstrumentVersion.objects.get(instrument__name="Copy")
    assert copy.content["sections"] == version.content["sections"]
    assert copy.left_out == []


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"type,name\ntext,a", "visit.csv", "not a spreadsheet"),
        (b"kind: [", "visit.yaml", "not YAML"),
        (workbook({"type": "begin group", "name": "g"}), "visit.xlsx", "not an XLSForm"),
    ],
)
def test_bring_in_of_what_is_not_in_order_saves_nothing(client, trust, data, name, words):
    answer = client.post(BRING_IN, sent(data, name))

    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert not Instrument.objects.exists()


def test_bring_in_without_a_file_says_so(client, trust):
    answer = client.post(BRING_IN, {"kind": "LESSON_VISIT"})

    assert answer.status_code == 422
    assert "Choose the file" in answer.content.decode()


def test_export_reads_back_as_an_xlsform(client, trust):
    version = InstrumentVersionFactory.create(instrument__trust=trust)

    answer = client.get(reverse("instruments:xlsforms-export", args=[version.pk]))

    made = carried(read(answer.content), name="x")
    assert made.name == version.instrument.name
    assert made.content["sections"] == version.content["sections"]


def test_export_of_another_trust_is_not_there(client, trust):
    stranger = InstrumentVersionFactory.create()

    url = reverse("instruments:xlsforms-export", args=[stranger.pk])
    assert client.get(url).status_code == 404
