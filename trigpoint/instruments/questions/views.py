"""Screens of a question of a draft form: add, change, move, remove."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.instruments.contents.rules import STORED_APART, TYPES, Part, Question
from trigpoint.instruments.drafts import queries
from trigpoint.instruments.drafts.forms import SeenForm
from trigpoint.instruments.drafts.rules import mark, may_edit, part_of, part_with, question_of
from trigpoint.instruments.library.models import InstrumentVersion
from trigpoint.instruments.questions import forms, operations, rules
from trigpoint.people.roles import Capability
from trigpoint.web.screens import done, is_htmx, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

DRAFT = "instruments:drafts-show"


@screen(Capability.INSTRUMENT_EDIT, methods=("GET", "POST"))
def add(request: "SignedInRequest", version_id: UUID, part_key: str) -> HttpResponse:
    """Ask for the kind of question, then for the question. htmx gets it drawn, and keeps nothing."""
    version = _find(request, version_id)
    part = _there(part_of(version.content, part_key))
    context = {"version": version, "part": part, "may": may_edit(request.user, version)}
    kind = request.GET.get("kind", "")
    if kind not in TYPES:
        context |= {"types": _types(part)}
        return page(request, "instruments/questions/choose.html", context)
    form = _form(request, version, part, None, kind)
    if form.is_valid() and not is_htmx(request):
        with refusals_in(form):
            operations.add(
                version=version, part_key=part_key, kind=kind, words=form.words(), by=request.user
            )
            return done(request, DRAFT, version.pk, said="Added.")
    context |= {"form": form, "kind": TYPES[kind], "sample": form.sample()}
    template = "instruments/questions/add.html"
    return page(request, template, context, fragment="sample", status=_status(request, form))


@screen(Capability.INSTRUMENT_EDIT, methods=("GET", "POST"))
def change(request: "SignedInRequest", version_id: UUID, question_key: str) -> HttpResponse:
    """Say a question of a draft otherwise. htmx gets it drawn as typed, and keeps nothing."""
    version, part, question = _question(request, version_id, question_key)
    form = _form(request, version, part, question, question["type"])
    if form.is_valid() and not is_htmx(request):
        with refusals_in(form):
            operations.change(
                version=version,
                key=question_key,
                words=form.words(),
                base_revision=form.cleaned_data["base_revision"],
                by=request.user,
            )
            return done(request, DRAFT, version.pk, said="Changed.")
    context = {
        "version": version,
        "question": question,
        "form": form,
        "kind": TYPES[question["type"]],
        "sample": form.sample(),
        "may": may_edit(request.user, version),
    }
    template = "instruments/questions/change.html"
    return page(request, template, context, fragment="sample", status=_status(request, form))


@screen(Capability.INSTRUMENT_EDIT, methods=("POST",))
def move(request: "SignedInRequest", version_id: UUID, question_key: str) -> HttpResponse:
    """Move a question one place up, or down."""
    version, _, question = _question(request, version_id, question_key)
    down = request.POST.get("to") == "down"
    operations.move(version=version, key=question_key, down=down, by=request.user)
    return done(request, DRAFT, version.pk, said=f"“{question['label']}” moved.")


@screen(Capability.INSTRUMENT_EDIT, methods=("GET", "POST"))
def remove(request: "SignedInRequest", version_id: UUID, question_key: str) -> HttpResponse:
    """Ask first, then take a question out of a draft."""
    version, _, question = _question(request, version_id, question_key)
    form = SeenForm(sent(request), initial={"seen": mark(question)})
    if form.is_valid():
        with refusals_in(form):
            operations.remove(
                version=version, key=question_key, by=request.user, **form.cleaned_data
            )
            return done(request, DRAFT, version.pk, said=f"“{question['label']}” removed.")
    context = {
        "version": version,
        "question": question,
        "form": SeenForm(initial={"seen": mark(question)}) if form.is_bound else form,
        "problems": form.non_field_errors(),
        "may": may_edit(request.user, version),
    }
    return page(request, "instruments/questions/remove.html", context, status=status_of(form))


def _form(
    request: "SignedInRequest",
    version: InstrumentVersion,
    part: Part,
    question: Question | None,
    kind: str,
) -> forms.QuestionForm:
    return forms.QuestionForm(
        sent(request),
        told=rules.told(question) if question else {},
        kind=kind,
        content=version.content,
        part=part,
        question=question,
        scales=queries.system_scales(version.trust_id),
        standards=queries.system_standards(version.trust_id),
    )


def _status(request: "SignedInRequest", form: forms.QuestionForm) -> int:
    """A sample is drawn however unfinished the question is."""
    return 200 if is_htmx(request) else status_of(form)


def _types(part: Part) -> list[tuple[str, str]]:
    """Return the kinds of question that a part takes."""
    return [
        (kind, words)
        for kind, words in TYPES.items()
        if not ("repeats" in part and kind in STORED_APART)
    ]


def _find(request: "SignedInRequest", version_id: UUID) -> InstrumentVersion:
    found = InstrumentVersion.objects.visible_to(request.user).select_related("instrument")
    return get_object_or_404(found, pk=version_id)


def _question(
    request: "SignedInRequest", version_id: UUID, key: str
) -> tuple[InstrumentVersion, Part, Question]:
    version = _find(request, version_id)
    part = _there(part_with(version.content, key))
    return version, part, _there(question_of(version.content, key))


def _there(found: Any) -> Any:  # noqa: ANN401 -- a part or a question
    if found is None:
        raise Http404
    return found
