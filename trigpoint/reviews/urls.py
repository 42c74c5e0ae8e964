"""Every screen in Reviews. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver

app_name = "reviews"
urlpatterns: list[URLPattern | URLResolver] = []
