"""Every screen in People. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = []
