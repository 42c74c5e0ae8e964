"""The front door every page comes through, and the two ways back out of it."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trigpoint.records.refusals import Refused, Stale
from trigpoint.web.bodies import keepable_address, keepable_form
from trigpoint.web.revisions import RevisedForm

CAPABILITY_MARK = "screen_capability"
METHODS_MARK = "screen_methods"
PUBLIC_MARK = "screen_public"
OTHERWISE_MARK = "screen_otherwise"
ACADEMY_MARK = "academy_shown"  # on the request: the academy of the thing a page shows
STALE = "stale"  # the form error for words that somebody else changed meanwhile
SIGNED_IN = "signed-in"  # a page about oneself: no role is needed, only a session

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
Otherwise = Callable[..., bool]  # asked as ``otherwise(viewer=user)``
View = Callable[Concatenate[R, P], HttpResponse]


def _answered(methods: tuple[str, ...]) -> list[str]:
    """Return the methods a page answers: whoever may look may also ask for the head alone."""
    return [*methods, *(["HEAD"] if "GET" in methods else [])]


def opens(user: Any, capability: str, otherwise: Otherwise | None) -> bool:  # noqa: ANN401 -- whoever signed in
    """Say whether a page opens for somebody: by a role, or by what else it names."""
    by_role = capability == SIGNED_IN or user.access.holds(capability)
    return bool(by_role or (otherwise is not None and otherwise(viewer=user)))


def screen(
    capability: str, *, methods: tuple[str, ...] = ("GET",), otherwise: Otherwise | None = None
) -> Callable[[View[R, P]], View[R, P]]:
    """Require sign-in and a capability held somewhere; mark the view so the guard test can see it.

    Which rows the person may touch is not decided here. The view looks its object up through
    ``visible_to``, so a stranger gets 404 and never learns the record exists. ``otherwise`` says
    for whom it opens without the capability, as what is their own outlives their role.
    """

    def decorate(view: View[R, P]) -> View[R, P]:
        @login_required
        @require_http_methods(_answered(methods))
        @never_cache
        @wraps(view)
        def guarded(request: R, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not opens(request.user, capability, otherwise):
                raise PermissionDenied
            keepable_form(request)
            keepable_address(request)
            return view(request, *args, **kwargs)

        setattr(guarded, CAPABILITY_MARK, capability)
        setattr(guarded, METHODS_MARK, methods)
        setattr(guarded, OTHERWISE_MARK, otherwise)
        return guarded  # type: ignore[return-value]  # django-stubs types decorators by HttpRequest only

    return decorate


def public(
    reason: str, *, methods: tuple[str, ...] = ("GET",)
) -> Callable[[View[R, P]], View[R, P]]:
    """Let anyone on the internet open the page, and say why that is safe."""
    if not reason.strip():
        msg = "A public page needs its reason in words."
        raise ValueError(msg)

    def decorate(view: View[R, P]) -> View[R, P]:
        @require_http_methods(_answered(methods))
        @wraps(view)
        def open_to_all(request: R, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            keepable_form(request)
            keepable_address(request)
            return view(request, *args, **kwargs)

        setattr(open_to_all, PUBLIC_MARK, reason)
        setattr(open_to_all, METHODS_MARK, methods)
        return open_to_all  # type: ignore[return-value]  # django-stubs types decorators by HttpRequest only

    return decorate


def is_htmx(request: HttpRequest) -> bool:
    """Say whether htmx asked, also for requests that failed before the middleware ran."""
    return request.headers.get("HX-Request") == "true"


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    fragment: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a whole page, or only its named partial when htmx asked for a piece."""
    shown = (getattr(value, "academy_id", None) for value in context.values())
    setattr(request, ACADEMY_MARK, next(filter(None, shown), None))
    wants_piece = fragment and is_htmx(request)
    return render(
        request, f"{template}#{fragment}" if wants_piece else template, dict(context), status=status
    )


def asked_id(request: HttpRequest, name: str) -> UUID | None:
    """Return an id that the address asks for, ``?team=…``; None when there is none, or it is none."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def done(
    request: HttpRequest, to: object, *args: object, said: str = "", event: str = ""
) -> HttpResponse:
    """Answer a change that worked: redirect a form, or wake the lists that listen under htmx.

    Args:
        request: the request that made the change.
        to: where to go next: a URL name (with ``args``), a path, or a model with a URL.
        args: arguments of the URL name.
        said: the sentence the person reads, as a message or as a toast.
        event: for htmx, the event the page's lists listen for (``findings-changed``). Without
            one, htmx is told to go to ``to``.

    Returns:
        302 for a plain form; for htmx 204 with ``HX-Trigger``, or with ``HX-Redirect``.

    """
    if is_htmx(request) and event:
        triggers: dict[str, object] = {event: None}
        if said:
            triggers["tp-said"] = {"text": said, "level": "success"}
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(triggers)})
    if said:
        messages.success(request, said)
    if is_htmx(request):
        return HttpResponse(
            status=204,
            headers={"HX-Redirect": resolve_url(to, *args)},  # type: ignore[arg-type]  # takes what redirect takes
        )
    return redirect(to, *args)  # type: ignore[call-overload, no-any-return]  # takes names, paths and models alike


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, however little; nothing for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


@contextmanager
def refusals_in(form: BaseForm) -> Iterator[None]:
    """Show a refusal above the form it answers, so that nothing typed is lost.

    Every view with a form calls its operation in here; without it a refusal is a page of its own,
    which suits a button better. Words that somebody else changed meanwhile stand beside theirs.
    """
    try:
        yield
    except Stale as stale:
        form.add_error(None, ValidationError(stale.reason, code=STALE))
        if isinstance(form, RevisedForm):
            form.set_beside(stale.current)
    except Refused as refusal:
        form.add_error(None, refusal.reason)


def status_of(*asked: "BaseForm | BaseFormSet[Any]") -> HTTPStatus:
    """Return the status of forms shown: 409 refused, 422 badly filled in, else 200."""
    refused = [form for form in asked if isinstance(form, BaseForm) and form.non_field_errors()]
    if refused:
        return HTTPStatus.CONFLICT
    wrong = any(form.is_bound and not form.is_valid() for form in asked)
    return HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
