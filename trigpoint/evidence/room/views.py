"""Screens of the evidence room: the list, its file, and tags for many records at once."""

from collections.abc import Iterable
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.evidence.room import forms, queries
from trigpoint.evidence.tags import operations as tags
from trigpoint.evidence.tags.operations import Tagged
from trigpoint.evidence.tags.rules import MOST_AT_ONCE
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reviews.models import Review
from trigpoint.web import downloads
from trigpoint.web.screens import done, page, screen

ROWS = 25
MOST_FOUND = 250  # what holds some words is looked for one by one, newest first
MOST_HANDED_OUT = 5_000
LONGEST_CELL = 32_000  # characters; a spreadsheet program takes no more
FILES = {"csv": downloads.csv_file, "xlsx": downloads.xlsx_file}
HEADINGS = (
    "Record", "Title", "Kind", "Academy", "Seen on", "Seen by", "Person seen", "Review", "Subject",
    "Year groups", "Group", "Team", "Level", "Standards", "Tags", "State", "Private", "Imported from",
    "Notes",
)  # fmt: skip


class Counted(Paginator[EvidenceRecord]):
    """Pages of a list that was counted already."""

    def __init__(self, records: QuerySet[EvidenceRecord], *, count: int) -> None:
        super().__init__(records, ROWS)
        self.__dict__["count"] = count  # where the page would keep what it counted


@screen(Capability.EVIDENCE_VIEW)
def index(request: SignedInRequest, review_id: UUID | None = None) -> HttpResponse:
    """List the evidence of one review, or all one may read."""
    review = None
    if review_id:
        review = get_object_or_404(
            Review.objects.visible_to(request.user).select_related("academy"), pk=review_id
        )
    form = forms.FilterForm(request.GET, viewer=request.user, review_id=review_id)
    wanted = form.wanted()
    most = MOST_FOUND if wanted.search.is_asked else queries.MOST_LISTED
    found = queries.register(wanted, viewer=request.user)
    listed = queries.listed(wanted, viewer=request.user, at_most=most)
    shown = Counted(found[:most], count=listed.count).get_page(request.GET.get("page"))
    context = {
        "review": review,
        "form": form,
        "suggested": form.suggested(listed),
        "wanted": wanted,
        "chips": form.chips(queries.narrowed(wanted, viewer=request.user)),
        "columns": queries.system_columns(),
        "records": shown,
        "rows": queries.rows(list(shown), viewer=request.user, search=wanted.search),
        "most": most,
        "tags": [name for _, name in form.fields["tag"].choices][1:],  # type: ignore[attr-defined]  # a ChoiceField
        "may_tag": request.user.access.holds(Capability.EVIDENCE_WEIGH),
        "files": _files(form, review_id),
        "found": _query(form, review_id),
        "has_pairs": review and review.activities.filter(is_paired=True).exists(),
    }
    return page(request, "evidence/room/index.html", context, fragment="register")


def _query(form: forms.FilterForm, review_id: UUID | None) -> str:
    """Return the list's filters as the query of an address, the review of its path among them."""
    query = form.query()
    return f"{query}{'&' if len(query) > 1 else ''}review={review_id}" if review_id else query


def _files(form: forms.FilterForm, review_id: UUID | None) -> list[tuple[str, str]]:
    base, query = reverse("evidence:room-export"), _query(form, review_id)
    joint = "&" if len(query) > 1 else ""
    return [(name.upper(), f"{base}{query}{joint}as={name}") for name in ("xlsx", "csv")]


@screen(Capability.EVIDENCE_VIEW)
def export(request: SignedInRequest) -> HttpResponse:
    """Hand out what is found as a spreadsheet, or as CSV."""
    form = forms.FilterForm(request.GET, viewer=request.user)
    records, is_cut = queries.to_hand_out(
        form.wanted(), viewer=request.user, at_most=MOST_HANDED_OUT
    )
    columns = queries.system_columns()
    noted = queries.notes(records, viewer=request.user)
    rows = queries.rows(records, viewer=request.user)
    lines: list[tuple[downloads.Value, ...]] = [
        _line(row, noted.get(row.record.pk, ())) for row in rows
    ]
    if is_cut:
        said = (
            f"Only the newest {MOST_HANDED_OUT:,} are in this file. Narrow the list for the rest."
        )
        lines.append((said, *("" for _ in range(len(HEADINGS) + len(columns) - 1))))
    headings = (*HEADINGS, *(column.label for column in columns))
    write = FILES.get(request.GET.get("as", ""), downloads.xlsx_file)
    return write(f"evidence-{timezone.localdate()}", headings, lines)


def _line(row: queries.Row, notes: Iterable[str]) -> tuple[downloads.Value, ...]:
    it = row.record
    return (
        it.reference,
        it.title,
        it.get_kind_display(),
        it.academy.name,
        timezone.localtime(it.observed_at).date(),
        it.author.name,
        it.observed.name if it.observed else "",
        it.review.title if it.review else "",
        it.subject,
        it.year_groups,
        it.group_described,
        it.team.name if it.team else "",
        str(it.level or ""),
        ", ".join(standard.code for standard in it.standards.all()),
        ", ".join(row.tags),
        it.get_status_display(),
        "Private" if it.is_private else "",
        it.imported_from,
        "\n".join(notes)[:LONGEST_CELL],
        *(cell.words if cell else "" for _, cell in row.cells),
    )


@screen(Capability.EVIDENCE_WEIGH, methods=("POST",))
def tag(request: SignedInRequest) -> HttpResponse:
    """Put a tag on the records chosen in the list."""
    form, chosen = _chosen(request)
    said = form.cleaned_data
    put = tags.put(
        name=said["name"],
        names_checked=said.get("names_checked", False),
        record_ids=chosen,
        by=request.user,
    )
    return _tagged(request, form, put, f"“{put.tag}” was put on {_records(put.changed)}.")


@screen(Capability.EVIDENCE_WEIGH, methods=("POST",))
def untag(request: SignedInRequest) -> HttpResponse:
    """Take a tag off the records chosen in the list."""
    form, chosen = _chosen(request)
    off = tags.take_off(name=form.cleaned_data["name"], record_ids=chosen, by=request.user)
    return _tagged(request, form, off, f"“{off.tag}” was taken off {_records(off.changed)}.")


def _chosen(request: SignedInRequest) -> tuple[forms.TagForm, list[UUID]]:
    """Return the form, and the records meant: those ticked, those of the page, or all found."""
    form = forms.TagForm(request.POST)
    form.is_valid()
    form.cleaned_data.setdefault("name", request.POST.get("name", ""))
    if form.is_all():
        wanted = forms.FilterForm(form.asked(), viewer=request.user).wanted()
        return form, queries.chosen_ids(wanted, viewer=request.user, at_most=MOST_AT_ONCE)
    name = "shown" if form.cleaned_data.get("scope") == "page" else "record"
    offered = EvidenceRecord.objects.visible_to(request.user)
    return form, list(offered.filter(pk__in=_ids(request, name)).values_list("pk", flat=True))


def _ids(request: SignedInRequest, name: str) -> list[UUID]:
    found = []
    for text in request.POST.getlist(name)[: MOST_AT_ONCE + 1]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _records(count: int) -> str:
    return "one record" if count == 1 else f"{count:,} records"


def _tagged(request: SignedInRequest, form: forms.TagForm, made: Tagged, said: str) -> HttpResponse:
    if made.left_out:
        said += (
            f" {_records(made.left_out).capitalize()} could not be tagged by you: drafts and private"
            " records only by their author."
        )
    asked = forms.FilterForm(form.asked(), viewer=request.user)
    review = asked.wanted().review_id
    back = reverse("evidence:room-index", args=[review] if review else None)
    return done(request, f"{back}{asked.query(without=('page', 'review'))}", said=said)
