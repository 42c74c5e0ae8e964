"""The API's front door: what ``@screen`` is to pages, ``@endpoint`` is to JSON."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.operation import PathView
from ninja.security.session import SessionAuth

from trigpoint.web.bodies import keepable_address
from trigpoint.web.screens import CAPABILITY_MARK, OTHERWISE_MARK, Otherwise, opens


class Holding(SessionAuth):
    """Signed in, and holding a capability somewhere: asked before a body is read.

    For operations that take a body; ``@endpoint`` alone is asked after the body was understood.
    ``said`` is what somebody without it reads in place of the usual sentence.
    """

    def __init__(self, capability: str, *, said: str = "") -> None:
        super().__init__()
        self.capability, self.said = capability, said

    def authenticate(self, request: HttpRequest, key: str | None) -> Any | None:  # noqa: ANN401 -- as the library has it
        """Return the user, None for nobody, or refuse with 403."""
        user = super().authenticate(request, key)
        if user is not None and not user.access.holds(self.capability):
            raise PermissionDenied(self.said)
        return user


P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
A = TypeVar("A")
Operation = Callable[Concatenate[R, P], A]


def endpoint(
    capability: str, *, otherwise: Otherwise | None = None
) -> Callable[[Operation[R, P, A]], Operation[R, P, A]]:
    """Require a capability held somewhere; mark the operation so the guard test can see it.

    Sign-in is asked by the API itself. Rows are looked up through ``visible_to``, as in a screen,
    and ``otherwise`` is as there.
    """

    def decorate(operation: Operation[R, P, A]) -> Operation[R, P, A]:
        @wraps(operation)
        def guarded(request: R, *args: P.args, **kwargs: P.kwargs) -> A:
            if not opens(request.user, capability, otherwise):
                raise PermissionDenied
            keepable_address(request)
            return operation(request, *args, **kwargs)

        setattr(guarded, CAPABILITY_MARK, capability)
        setattr(guarded, OTHERWISE_MARK, otherwise)
        return guarded  # type: ignore[return-value]  # the wrapper keeps the signature

    return decorate


def operations_of(view: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    """Return the functions behind one address of the API, by method; empty for a screen."""
    behind = (
        inspect.getclosurevars(view).nonlocals.get("self") if inspect.isfunction(view) else None
    )
    if not isinstance(behind, PathView):
        return {}
    return {
        method: operation.view_func
        for operation in behind.operations
        for method in operation.methods
    }
