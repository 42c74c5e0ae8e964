"""A person who holds what a test says, and registries that forget what a test registered."""

from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.urls import Resolver404, resolve

from trigpoint.web import navigation, panels, shell, tabs

REGISTRIES = (
    navigation._entries,  # noqa: SLF001 -- put back as it was after each test
    navigation._search,  # noqa: SLF001
    navigation._bell,  # noqa: SLF001
    panels._panels,  # noqa: SLF001
    tabs._tabs,  # noqa: SLF001
    shell._surroundings,  # noqa: SLF001
    shell._sign_ins,  # noqa: SLF001
)


@pytest.fixture
def _registries():
    """Start with empty registries and put the areas' own back afterwards."""
    kept = [list(registry) for registry in REGISTRIES]
    for registry in REGISTRIES:
        registry.clear()
    yield
    for registry, before in zip(REGISTRIES, kept, strict=True):
        registry[:] = before


@dataclass
class Holds:
    """Access to exactly these capabilities."""

    capabilities: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()

    def holds(self, capability, /):
        """Say whether the test gave the capability."""
        return capability in (*self.capabilities, *self.wide)

    def is_trust_wide(self, capability, /):
        """Say whether the test gave it across the trust."""
        return capability in self.wide


@dataclass
class Someone:
    """A signed-in person as the web layer sees one."""

    access: Holds = field(default_factory=Holds)
    is_authenticated: bool = True
    is_active: bool = True

    def __str__(self):
        return "Priya Nandakumar"


@pytest.fixture
def asking():
    """Build a request by somebody who holds the named capabilities; none given means a stranger."""

    def build(path="/", *capabilities, signed_in=True, **headers):
        request = RequestFactory().get(path, **headers)
        request.session = SessionStore()
        request.user = Someone(Holds(capabilities)) if signed_in else AnonymousUser()
        request.htmx = "HTTP_HX_REQUEST" in headers
        try:
            request.resolver_match = resolve(request.path)
        except Resolver404:
            request.resolver_match = None
        return request

    return build


@pytest.fixture
def draw(asking):
    """Render a scrap of template with our tags loaded."""

    def render(source, request=None, **context):
        template = Template("{% load trigpoint %}" + source)
        return template.render(RequestContext(request or asking(), context))

    return render
