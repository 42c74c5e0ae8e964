"""Every screen in Instruments. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver

app_name = "instruments"
urlpatterns: list[URLPattern | URLResolver] = []
