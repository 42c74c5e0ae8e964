"""Every screen in Insight. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver

app_name = "insight"
urlpatterns: list[URLPattern | URLResolver] = []
