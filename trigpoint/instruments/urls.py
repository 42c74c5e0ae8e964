"""Every screen in Instruments. Name = thing-verb = view function = template."""

from django.urls import path

from trigpoint.instruments.library import views as library

app_name = "instruments"
urlpatterns = [
    path("", library.index, name="library-index"),
    path("install/", library.install, name="library-install"),
    path("<uuid:instrument_id>/", library.show, name="library-show"),
]
