"""Every screen in Reporting. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver

app_name = "reporting"
urlpatterns: list[URLPattern | URLResolver] = []
