"""The page of a survey for whoever has its link: no sign-in, no script, nothing kept but answers."""

from datetime import datetime, time, timedelta
from secrets import token_hex, token_urlsafe

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import consume
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from trigpoint.evidence.answering import rules
from trigpoint.evidence.surveys import forms, operations, queries
from trigpoint.evidence.surveys.models import Survey
from trigpoint.web.errors import too_many
from trigpoint.web.screens import page, public, refusals_in, sent, status_of

ANSWERED = "answered"  # the only cookie: this device has answered this survey
PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
STOOD_OPEN = "This page stood open too long. Your answers are still here: send them again."


@csrf_exempt  # nobody is signed in here, and that token's cookie would tell devices apart
@public("whoever has a survey's link answers it unnamed; it shows its questions and nothing else",
        methods=("GET", "POST"))  # fmt: skip
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show a survey's questions and keep one reply; an unknown, old or closed link says so."""
    survey = queries.system_answering(token, on=timezone.localdate())
    if request.method == "POST" and not consume(
        request, action="survey_answer", key=_hidden_address(request)
    ):
        return too_many(request)
    if survey is None:
        return _draw(request, {"survey": None}, status=404)
    if ANSWERED in request.COOKIES:
        return _draw(request, {"survey": survey, "has_answered": True})
    form = forms.AnswerForm(sent(request), questions=survey.questions)
    if form.is_valid():
        with refusals_in(form):
            if _keep(request, survey, form):
                return _thank(request, survey)
            form.add_error(None, STOOD_OPEN)
    ticket = rules.ticket(survey.pk, token_urlsafe(12))
    context = {"survey": survey, "form": form, "ticket": ticket}
    return _draw(request, context, status=status_of(form))


def _keep(request: HttpRequest, survey: Survey, form: forms.AnswerForm) -> bool:
    """Keep a form's one reply; False when it is not there, for the form is not ours or too old."""
    nonce = rules.nonce_of(request.POST.get("ticket", ""), survey.pk)
    if not nonce:
        return False
    return operations.answer(
        survey=survey,
        reply_id=rules.reply_id(survey.pk, nonce),
        answers=form.answers(),
        words=form.cleaned_data.get("words", ""),
        on=timezone.localdate(),
    )


def _thank(request: HttpRequest, survey: Survey) -> HttpResponse:
    response = _draw(request, {"survey": survey, "has_answered": True})
    over = datetime.combine(survey.closes_on + timedelta(days=1), time())
    response.set_cookie(
        ANSWERED,
        "1",
        expires=timezone.make_aware(over),
        path=request.path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _draw(request: HttpRequest, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    response = page(request, "evidence/answering/answer.html", context, status=status)
    for name, value in PRIVATE.items():
        response.headers[name] = value
    return response


def _hidden_address(request: HttpRequest) -> str:
    salt = cache.get_or_set(rules.SALT_KEY, token_hex, rules.SALT_SECONDS)
    return rules.hidden(get_adapter(request).get_client_ip(request), str(salt))
