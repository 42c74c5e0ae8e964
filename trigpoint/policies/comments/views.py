"""Screens of comments on a version: the list, comment, answer, withdraw."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.roles import Capability
from trigpoint.policies.comments import forms, operations, queries, rules
from trigpoint.policies.comments.models import PolicyComment
from trigpoint.policies.comments.operations import Subject
from trigpoint.policies.versions.queries import readable, sections, standards
from trigpoint.policies.versions.rules import may_view as may_view_version
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

PAGE_SIZE = 25
INDEX = "policies:comments-index"


@screen(Capability.POLICY_COMMENT)
def index(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """List what people said of a version, unanswered first."""
    viewer = request.user
    open_to_read = queries.consulted_on(viewer=viewer).select_related("policy")
    version = get_object_or_404(open_to_read, pk=version_id)
    show = request.GET.get("show", "")
    found = queries.register(version, viewer=viewer, show=show)
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    counted = queries.counts(version, viewer=viewer)
    rows = [
        (
            it,
            it.author.name if rules.may_know_author(viewer, it) else "A colleague",
            rules.may_answer(viewer, it),
            rules.may_withdraw(viewer, it),
        )
        for it in shown.object_list
    ]
    context = {
        "version": version,
        "reads_version": may_view_version(viewer, version),
        "page_obj": shown,
        "rows": rows,
        "show": show if show in queries.SHOWS else "",
        "choices": [(key, label, counted[f"n_{key}"]) for key, label in queries.SHOWS.items()],
        "may_comment": rules.may_comment(viewer, version, on=timezone.localdate()),
    }
    return page(request, "policies/comments/index.html", context)


@screen(Capability.POLICY_COMMENT, methods=("GET", "POST"))
def comment(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Comment on a standard, a section or the whole of a version; ``?about=`` chooses one."""
    viewer = request.user
    version = get_object_or_404(readable(viewer=viewer), pk=version_id)
    form = forms.CommentForm(
        sent(request),
        initial={"about": request.GET.get("about", "")},
        standards=standards(version, viewer=viewer),
        sections=sections(version, viewer=viewer),
    )
    if form.is_valid():
        with refusals_in(form):
            operations.comment(
                version=version,
                subject=Subject(**form.subject()),
                text=form.cleaned_data["text"],
                by=viewer,
                at=timezone.now(),
                on=timezone.localdate(),
            )
            said = "Thank you. You will find here what is done with it."
            return done(request, INDEX, version.pk, said=said)
    may = rules.may_comment(viewer, version, on=timezone.localdate())
    context = {"version": version, "form": form, "may": may}
    return page(request, "policies/comments/comment.html", context, status=status_of(form))


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def answer(request: "SignedInRequest", policy_comment_id: UUID) -> HttpResponse:
    """Say what was done with a comment, and why."""
    comment = _find(request, policy_comment_id)
    form = forms.AnswerForm(
        sent(request), initial={"disposition": comment.disposition, "answer": comment.answer}
    )
    if form.is_valid():
        with refusals_in(form):
            operations.answer(
                comment=comment, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return done(request, INDEX, comment.version_id, said="Answered.")
    context = {"comment": comment, "form": form, "may": rules.may_answer(request.user, comment)}
    return page(request, "policies/comments/answer.html", context, status=status_of(form))


@screen(Capability.POLICY_COMMENT, methods=("POST",))
def withdraw(request: "SignedInRequest", policy_comment_id: UUID) -> HttpResponse:
    """Take back a comment of one's own that is not answered yet."""
    version = operations.withdraw(comment=_find(request, policy_comment_id), by=request.user)
    return done(request, INDEX, version.pk, said="Taken back.")


def _find(request: "SignedInRequest", policy_comment_id: UUID) -> PolicyComment:
    found = PolicyComment.objects.visible_to(request.user).select_related(
        "version__policy", "author"
    )
    return get_object_or_404(found, pk=policy_comment_id)
