"""Every screen in Evidence. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver

app_name = "evidence"
urlpatterns: list[URLPattern | URLResolver] = []
