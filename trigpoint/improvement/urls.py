"""Every screen in Improvement. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver

app_name = "improvement"
urlpatterns: list[URLPattern | URLResolver] = []
