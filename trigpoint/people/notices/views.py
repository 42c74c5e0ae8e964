"""Screens of notices: one's own, the page each leads to, how often mail comes."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from trigpoint.people.notices import forms, operations, queries, rules
from trigpoint.people.notices.models import Notice
from trigpoint.web.screens import SIGNED_IN, done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

PAGE_SIZE = 50


@screen(SIGNED_IN)
def index(request: "SignedInRequest") -> HttpResponse:
    """List one's notices by day, or with ``?show=new`` those not seen yet."""
    show = "new" if request.GET.get("show") == "new" else ""
    every, new = (queries.notices(viewer=request.user, unseen=only) for only in (False, True))
    new_count = new.count()
    rows = Paginator(new if show else every, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "rows": rows,
        "show": show,
        "choices": [("", "All", every.count()), ("new", "New", new_count)],
        "new_count": new_count,
        "how": rules.How(queries.preference(viewer=request.user)).label.lower(),
    }
    return page(request, "people/notices/index.html", context)


@screen(SIGNED_IN)
def see(request: "SignedInRequest", notice_id: UUID) -> HttpResponse:
    """Follow a notice to its page; from then on it is not new."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=notice_id)
    operations.see(notice=notice, by=request.user, at=timezone.now())
    return redirect(notice.address)


@screen(SIGNED_IN, methods=("POST",))
def see_all(request: "SignedInRequest") -> HttpResponse:
    """Mark all one's notices as seen."""
    operations.see_all(by=request.user, at=timezone.now())
    return done(request, "people:notices-index", said="All notices are marked as seen.")


@screen(SIGNED_IN, methods=("GET", "POST"))
def choose_preference(request: "SignedInRequest") -> HttpResponse:
    """Choose how often notices come by mail."""
    initial = {"how": queries.preference(viewer=request.user)}
    form = forms.PreferenceForm(sent(request), initial=initial)
    if form.is_valid():
        with refusals_in(form):
            operations.choose_preference(by=request.user, **form.cleaned_data)
            return done(request, "people:notices-index", said="Saved.")
    context = {"form": form, "email": request.user.email}
    return page(request, "people/notices/choose_preference.html", context, status=status_of(form))
