"""The size of one request has an end, and the person is told where it is."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from trigpoint.web.errors import too_large


class UploadLimit:
    """Answer 413 before reading a request that says it is too large."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Compare what the browser announces with ``UPLOAD_MAX_BYTES``."""
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdecimal() and int(announced) > settings.UPLOAD_MAX_BYTES:
            return too_large(request)
        return self.get_response(request)
