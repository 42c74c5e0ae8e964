import csv
import datetime as dt
import io
import re
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    ActivityFactory,
    AttachmentFactory,
    CitationFactory,
    ClaimFactory,
    EvidenceRecordFactory,
    InstrumentVersionFactory,
    LineOfEnquiryFactory,
    LookForFactory,
    NoteFactory,
    RecordTagFactory,
    ReviewFactory,
    TagFactory,
    person,
)
from trigpoint.evidence.models import EvidenceRecord, RecordTag, Tag
from trigpoint.evidence.room import queries, views
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
INDEX, EXPORT = "/evidence/entries/", "/evidence/entries/export/"
TAG, UNTAG = "/evidence/entries/tag/", "/evidence/entries/untag/"


@pytest.fixture
def activity():
    look_for = LookForFactory.create()
    standard = look_for.standard
    review = ReviewFactory.create(
        academy__trust=standard.trust, policy_version=standard.version, title="Reading deep dive"
    )
    line = LineOfEnquiryFactory.create(review=review)
    line.standards.add(standard)
    form = InstrumentVersionFactory.create(
        instrument__trust=standard.trust,
        content={"sections": []},
    )
    made = ActivityFactory.create(review=review, instrument_version=form)
    made.lines.add(line)
    return made


@pytest.fixture
def author(activity, client):
    user = person(Role.REVIEWER, at=activity.trust)
    client.force_login(user)
    return user


def record_of(author, activity, **facts):
    return EvidenceRecordFactory.create(
        review=activity.review,
        activity=activity,
        author=author.person,
        instrument_version=activity.instrument_version,
        **facts,
    )


def test_index_lists_what_one_may_read_and_narrows_it(client, author, activity):
    standard = activity.lines.get().standards.get()
    mine = record_of(author, activity, title="My draft")
    shared = EvidenceRecordFactory.create(
        shared=True, review=activity.review, kind="BOOK_SCRUTINY", title="Shared books"
    )
    shared.standards.add(standard)
    EvidenceRecordFactory.create(review=activity.review, title="Somebody's draft")

    def titles(**asked):
        found = client.get(reverse("evidence:room-index"), asked).context["records"]
        return {record.title for record in found}

    assert titles() == {"My draft", "Shared books"}
    assert titles(mine="1") == {mine.title}
    assert titles(kind="BOOK_SCRUTINY") == {"Shared books"}
    assert titles(standard=standard.pk) == {"Shared books"}
    assert titles(academy=activity.review.academy_id) == {"My draft", "Shared books"}
    assert titles(review=uuid4()) == set()


def test_index_lists_the_newest_and_says_how_many(client, author, activity, monkeypatch):
    for day in (3, 1, 2):
        seen = dt.datetime(2025, 11, day, 9, tzinfo=dt.UTC)
        record_of(author, activity, title=f"Day {day}", observed_at=seen)
    monkeypatch.setattr(queries, "MOST_LISTED", 2)

    answer = client.get(reverse("evidence:room-index"))

    assert [record.title for record in answer.context["records"]] == ["Day 3", "Day 2"]
    assert "The newest 2 are listed." in answer.text


def test_index_of_a_review_is_one_of_its_faces(client, author, activity):
    url = reverse("evidence:room-index", args=[activity.review_id])
    assert "No evidence here yet" in client.get(url).content.decode()
    record_of(author, activity, title="Year 4", is_private=True)

    page = client.get(url).content.decode()

    assert "Year 4" in page
    assert "Private" in page


def test_index_narrowed_to_anothers_review_says_nothing_of_its_standards(client, activity):
    standard = activity.lines.get().standards.get()
    client.force_login(person(Role.HEADTEACHER, at=AcademyFactory.create(trust=activity.trust)))

    page = client.get(reverse("evidence:room-index"), {"review": activity.review_id})

    assert str(standard.pk) not in [pk for pk, _ in page.context["form"]["standard"].field.choices]


def listed(page, name):
    """Return what a filter of words offers to choose from, and whether it takes other words."""
    found = re.search(rf'<datalist id="list-{name}">(.*?)</datalist>', page.text, re.DOTALL)
    assert re.search(rf'<input[^>]*name="{name}"[^>]*list="list-{name}"', page.text)
    return re.findall(r'value="([^"]*)"', found[1])


def test_index_offers_subjects_in_use_and_observers_one_may_read(client, lead, of_lead):
    seen = {"author__name": "Wilhelmina Fell", "author__trust": lead.person.trust}
    of_lead("Old", subject="Geography", **seen)
    of_lead("Older", subject="Geography")
    of_lead("Hers", subject="Latin", submitted=False, **(seen | {"author__name": "Ida Ash"}))
    EvidenceRecordFactory.create(submitted=True, subject="Greek", author__name="Una Foreign")

    page = client.get(INDEX)

    assert listed(page, "subject") == ["Geography"]
    assert "Wilhelmina Fell" in listed(page, "seen_by")
    assert not {"Ida Ash", "Una Foreign"} & set(listed(page, "seen_by"))
    assert "<datalist" not in client.get(INDEX, headers={"HX-Request": "true"}).text.replace(
        '<datalist id="tag-names">', ""
    )


def test_index_of_a_review_offers_what_is_in_use_there(client, lead, of_lead):
    here = of_lead("Here", subject="Art")
    of_lead("Elsewhere", subject="Music", review=ReviewFactory.create(academy=here.academy))

    page = client.get(reverse("evidence:room-index", args=[here.review_id]))

    assert listed(page, "subject") == ["Art"]


def test_index_of_a_foreign_review_is_not_found(client, author):
    url = reverse("evidence:room-index", args=[ReviewFactory.create().pk])

    assert client.get(url).status_code == 404


def test_index_costs_the_same_for_any_number_of_records(client, author, activity, assert_flat):
    assert_flat(
        reverse("evidence:room-index"),
        add_row=lambda: NoteFactory.create(record=record_of(author, activity)),
        at_most=21,
    )


@pytest.fixture
def lead(client):
    user = person(Role.QA_LEAD, at=ReviewFactory.create().trust)
    client.force_login(user)
    return user


@pytest.fixture
def of_lead(lead):
    """Build submitted records of one academy of the lead's trust."""
    review = ReviewFactory.create(academy__trust=lead.person.trust)

    def build(title, **facts):
        given = {"submitted": True, "review": review, "title": title} | facts
        return EvidenceRecordFactory.create(**given)

    return build


def titles(client, query="", **asked):
    answer = client.get(INDEX + query, asked)
    assert answer.status_code == 200
    return [row.record.title for row in answer.context["rows"]]


def test_index_narrows_by_every_filter(client, lead, of_lead):
    day = dt.datetime(2025, 3, 1, 10, tzinfo=dt.UTC)
    of_lead("Old", observed_at=day, subject="Geography", year_groups="Years 3 to 5")
    photo = of_lead("Photo", observed_at=day + dt.timedelta(days=30))
    AttachmentFactory.create(record=photo)
    AttachmentFactory.create(record=of_lead("File"), media_type="application/pdf")
    seen_by = of_lead("Author", author__name="Wilhelmina Fell", author__trust=lead.person.trust)
    tagged = RecordTagFactory.create(record=of_lead("Tagged"))

    assert titles(client, subject="geo") == ["Old"]
    assert titles(client, year="4") == ["Old"]
    assert titles(client, since="2025-03-02", until="2025-03-31") == ["Photo"]
    assert titles(client, until="2025-03-01") == ["Old"]
    assert titles(client, photo="1") == ["Photo"]
    assert titles(client, seen_by="mina f") == [seen_by.title]
    assert titles(client, tag=tagged.tag_id) == ["Tagged"]


def test_index_narrows_by_the_strength_of_the_claims_that_cite(client, lead, of_lead):
    cited, not_cited = of_lead("Cited"), of_lead("Not cited")
    claim = ClaimFactory.create(review=cited.review, strength="FAIR")
    CitationFactory.create(claim=claim, record=cited)

    assert titles(client, strength="FAIR") == ["Cited"]
    assert titles(client, strength="STRONG") == []
    assert titles(client, strength="NONE") == [not_cited.title]


def test_index_leaves_out_a_filter_that_makes_no_sense(client, lead, of_lead):
    of_lead("One")

    for query in ("?kind=NONE&since=yesterday&year=99&tag=x", "?standard=x&until=0001-01-01"):
        assert titles(client, query) == ["One"]


def test_index_shows_each_filter_in_use_as_a_chip_that_takes_it_out(client, lead, of_lead):
    record = of_lead("One", kind="BOOK_SCRUTINY")
    query = f"?kind=BOOK_SCRUTINY&academy={record.academy_id}&since=2025-01-02&mine=1&page=3&q=one"

    chips = client.get(INDEX + query).context["chips"]

    assert [(label, words) for label, words, _ in chips] == [
        ("Words", "one"),
        ("Kind", "Book scrutiny"),
        ("Academy", record.academy.name),
        ("Seen from", "2 January 2025"),
        ("Mine only", ""),
    ]
    assert chips[1][2] == f"?academy={record.academy_id}&since=2025-01-02&mine=1&q=one"


def test_index_offers_only_what_its_reader_may_see(client, lead, of_lead):
    record = of_lead("One")
    unseen = TagFactory.create(trust=lead.person.trust)
    reader = person(Role.HEADTEACHER, at=AcademyFactory.create(trust=lead.person.trust))
    client.force_login(reader)

    form = client.get(INDEX).context["form"]

    offered = [
        str(value) for name in form.fields for value, _ in getattr(form.fields[name], "choices", ())
    ]
    assert str(record.academy_id) not in offered
    assert str(unseen.pk) not in offered


def test_index_finds_words_and_marks_them(client, lead, of_lead):
    record = of_lead("Reading & <b>writing</b>", answers={"focus": "Volcanoes erupt"})
    NoteFactory.create(
        record=record, text="<script>alert(1)</script> Pupils read a volcano's story"
    )
    of_lead("Another")

    page = client.get(INDEX, {"q": "volcano reads"}).content.decode()

    assert "Another" not in page
    assert "<mark>Reading</mark> &amp; &lt;b&gt;writing" in page
    assert (
        "&lt;script&gt;alert(1)&lt;/script&gt; Pupils <mark>read</mark> a <mark>volcano</mark>"
        in page
    )
    assert "<mark>Volcanoes</mark> erupt" in page
    assert "<script>alert" not in page


def test_index_finds_nothing_of_what_one_may_not_read(client, lead, of_lead):
    of_lead("Secret rivers", is_private=True)
    of_lead("Draft rivers", submitted=False)
    EvidenceRecordFactory.create(submitted=True, title="Foreign rivers")
    of_lead("Open rivers")

    assert titles(client, q="rivers") == ["Open rivers"]


@pytest.mark.parametrize(
    "asked", ['"', "AND", "*", "'", "the", "?!…", "NEAR(a b)", "a" * 1000, "x " * 500, '"a b', "%"]
)
def test_index_takes_whatever_is_typed(client, lead, of_lead, asked):
    of_lead("One")

    assert titles(client, q=asked) == []


def test_index_finds_a_word_that_nearly_every_record_says(client, lead, of_lead, monkeypatch):
    monkeypatch.setattr("trigpoint.evidence.search.queries.COMMON", 1)
    for number in range(3):
        of_lead(f"Rivers {number}")
    of_lead("Lakes")

    assert sorted(titles(client, q="river")) == ["Rivers 0", "Rivers 1", "Rivers 2"]
    assert titles(client, q='"rivers 2"') == ["Rivers 2"]


def test_index_says_where_a_record_is_cited(client, lead, of_lead):
    record = of_lead("Cited")
    for _ in range(2):
        CitationFactory.create(claim=ClaimFactory.create(review=record.review), record=record)
    of_lead("Not cited")

    page = client.get(INDEX).content.decode()

    assert (
        f'<a href="{reverse("judgements:claims-for_record", args=[record.pk])}">2 claims</a>'
        in page
    )
    assert page.count("claims</a>") == 1


def test_index_costs_the_same_with_tags_claims_and_a_search(client, lead, of_lead, assert_flat):
    def add_row():
        record = of_lead("Rivers")
        NoteFactory.create(record=record)
        RecordTagFactory.create(record=record)
        CitationFactory.create(claim=ClaimFactory.create(review=record.review), record=record)

    assert_flat(f"{INDEX}?q=rivers", add_row=add_row, at_most=23)


def test_index_finds_a_record_by_its_number(client, lead, of_lead):
    record = of_lead("Reading")
    of_lead("Rivers")

    page = client.get(f"{INDEX}?q=e{record.number}").content.decode()

    assert record.reference in page
    assert "Rivers" not in page
    assert "Nothing fits" in client.get(f"{INDEX}?q=E1").content.decode()


def test_the_search_box_of_every_page_leads_here(client, lead):
    page = client.get(reverse("people:accounts-show")).content.decode()

    assert f'action="{INDEX}"' in page
    client.force_login(person(Role.TRUSTEE, at=lead.person.trust))
    assert f'action="{INDEX}"' not in client.get(reverse("people:accounts-show")).content.decode()


def test_export_hands_out_what_is_found_and_no_formula(client, lead, of_lead):
    record = of_lead("=1+1", subject="@home", answers={"focus": "x"})
    NoteFactory.create(record=record, text="Calm.", kind="WWW")
    RecordTagFactory.create(record=record, tag__name="Pilot")
    of_lead("Other", kind="BOOK_SCRUTINY")

    sheet = client.get(EXPORT, {"kind": "LESSON_VISIT", "as": "csv"})
    book = client.get(EXPORT, {"kind": "LESSON_VISIT", "as": "xlsx"})

    (line,) = csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig")))
    assert line["Title"] == "'=1+1"
    assert line["Subject"] == "'@home"
    assert line["Tags"] == "Pilot"
    assert line["Notes"] == "What went well: Calm."
    page = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert page["B2"].value == "=1+1"
    assert page["B2"].data_type == "s"
    assert page.max_row == 2


def test_export_marks_what_is_private_and_says_when_it_is_cut(client, lead, of_lead, monkeypatch):
    of_lead("Mine", author=lead.person, is_private=True)
    of_lead("Older", observed_at=dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC))
    monkeypatch.setattr(views, "MOST_HANDED_OUT", 1)

    text = client.get(EXPORT, {"as": "csv"}).content.decode("utf-8-sig")

    lines = list(csv.DictReader(io.StringIO(text)))
    assert lines[0]["Private"] == "Private"
    assert lines[1]["Record"] == "Only the newest 1 are in this file. Narrow the list for the rest."


def test_export_costs_the_same_for_any_number_of_records(client, lead, of_lead, assert_flat):
    assert_flat(
        f"{EXPORT}?as=csv",
        add_row=lambda: NoteFactory.create(record=of_lead("One")),
        at_most=18,
    )


def test_tag_goes_on_ticked_records_and_comes_off(client, lead, of_lead):
    one, two = of_lead("One"), of_lead("Two")

    said = client.post(TAG, {"record": [one.pk], "name": "  Phonics   pilot "}, follow=True)
    client.post(TAG, {"record": [one.pk, two.pk], "name": "PHONICS PILOT", "scope": "ticked"})

    assert "“Phonics pilot” was put on one record." in said.content.decode()
    assert Tag.objects.get().name == "Phonics pilot"
    assert {mark.record_id for mark in RecordTag.objects.all()} == {one.pk, two.pk}
    client.post(UNTAG, {"record": [one.pk], "name": "phonics pilot"})
    assert RecordTag.objects.get().record_id == two.pk


def test_tag_goes_on_all_of_the_page_and_on_all_found(client, lead, of_lead):
    books = [of_lead("Books", kind="BOOK_SCRUTINY") for _ in range(2)]
    visit = of_lead("Visit")

    client.post(TAG, {"shown": [visit.pk], "name": "A", "scope": "page"})
    back = client.post(TAG, {"found": "?kind=BOOK_SCRUTINY", "name": "B", "scope": "found"})

    assert set(Tag.objects.get(name="A").record_tags.values_list("record", flat=True)) == {visit.pk}
    assert set(Tag.objects.get(name="B").record_tags.values_list("record", flat=True)) == {
        book.pk for book in books
    }
    assert back.url == f"{INDEX}?kind=BOOK_SCRUTINY"


def test_tag_leads_back_to_the_review_it_was_put_on_from(client, lead, of_lead):
    record = of_lead("One")

    back = client.post(
        TAG, {"found": f"?kind=&review={record.review_id}", "name": "A", "scope": "found"}
    )

    assert back.url == f"{reverse('evidence:room-index', args=[record.review_id])}?"


def test_tag_refuses_with_a_sentence(client, lead, of_lead, monkeypatch):
    foreign = EvidenceRecordFactory.create(submitted=True)
    record = of_lead("One")

    for sent, words in (
        ({"name": "A"}, "Choose the records first"),
        ({"record": ["x", str(foreign.pk)], "name": "A"}, "Choose the records first"),
        ({"record": [record.pk], "name": " "}, "Write the tag first"),
        ({"record": [record.pk], "name": "A" * 41}, "A tag holds 40 characters"),
    ):
        answer = client.post(TAG, sent)
        assert answer.status_code == 409
        assert words in answer.content.decode()
    assert not Tag.objects.exists()


def test_tag_that_may_name_a_pupil_goes_on_once_that_was_looked_at(client, lead, of_lead):
    sent = {"record": [of_lead("One").pk], "name": "Amelia reads"}

    asked = client.post(TAG, sent)
    client.post(TAG, sent | {"names_checked": "on"})

    assert (asked.status_code, "look like names: Amelia" in asked.text) == (409, True)
    assert Tag.objects.get().name == "Amelia reads"
    assert 'name="names_checked"' in client.get(INDEX).text


def test_untag_knows_only_tags_there_are(client, lead, of_lead):
    answer = client.post(UNTAG, {"record": [of_lead("One").pk], "name": "None such"})

    assert (answer.status_code, "There is no such tag" in answer.content.decode()) == (409, True)


def test_tag_is_not_for_those_who_only_read(client, lead, of_lead):
    record = of_lead("One", shared=True)
    client.force_login(person(Role.HEADTEACHER, at=record.academy))

    assert client.post(TAG, {"record": [record.pk], "name": "A"}).status_code == 403
    assert "Tag records" not in client.get(INDEX).content.decode()


def test_tag_says_what_was_left_out(client, lead, of_lead):
    draft = of_lead("Draft", submitted=False, author=lead.person)
    private = of_lead("Private", is_private=True, shared=True, observed=lead.person)

    said = client.post(TAG, {"record": [draft.pk, private.pk], "name": "A"}, follow=True)

    assert "One record could not be tagged by you" in said.content.decode()
    assert RecordTag.objects.get().record == draft
    assert EvidenceRecord.objects.filter(pk=private.pk, record_tags=None).exists()
