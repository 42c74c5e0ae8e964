"""Every screen in Trusts. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver

app_name = "trusts"
urlpatterns: list[URLPattern | URLResolver] = []
