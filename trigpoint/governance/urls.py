"""Every screen in Governance. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver

app_name = "governance"
urlpatterns: list[URLPattern | URLResolver] = []
