"""Every screen in Judgements. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver

app_name = "judgements"
urlpatterns: list[URLPattern | URLResolver] = []
