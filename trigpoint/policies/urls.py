"""Every screen in Policies. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver

app_name = "policies"
urlpatterns: list[URLPattern | URLResolver] = []
