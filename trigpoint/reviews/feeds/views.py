"""The calendar itself, for programs that have its secret address."""

from hashlib import sha256

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from trigpoint.people.feeds.queries import system_reader
from trigpoint.reviews.feeds import queries, rules
from trigpoint.web.screens import public


@public("a calendar program cannot sign in; the address itself is the secret, and can be revoked")
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the calendar of whoever made this address, as far as they may see today."""
    today = timezone.localdate()
    reader = system_reader(token, on=today)
    if reader is None:
        raise Http404
    entries = queries.entries(viewer=reader, on=today, site=settings.TRIGPOINT_URL)
    body = rules.calendar(entries, name=f"Trigpoint, {reader.person.trust}")
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {
        "ETag": etag,
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="trigpoint.ics"',
        "X-Robots-Tag": "noindex",
    }
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=answer) or answer
