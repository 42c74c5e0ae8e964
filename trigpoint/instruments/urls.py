"""Every screen in Instruments. Name = thing-verb = view function = template."""

from django.urls import path

from trigpoint.instruments.drafts import views as drafts
from trigpoint.instruments.labels import views as labels
from trigpoint.instruments.library import views as library
from trigpoint.instruments.questions import views as questions
from trigpoint.instruments.sections import views as sections
from trigpoint.instruments.xlsforms import views as xlsforms

DRAFT = "versions/<uuid:version_id>"
PART = f"{DRAFT}/parts/<slug:part_key>"
QUESTION = f"{DRAFT}/questions/<slug:question_key>"

app_name = "instruments"
urlpatterns = [
    path("", library.index, name="library-index"),
    path("install/", library.install, name="library-install"),
    path("new/", drafts.begin, name="drafts-begin"),
    path("bring-in/", xlsforms.bring_in, name="xlsforms-bring_in"),
    path("<uuid:instrument_id>/", library.show, name="library-show"),
    path("<uuid:instrument_id>/prefer/", library.prefer, name="library-prefer"),
    path("<uuid:instrument_id>/follow/", drafts.follow, name="drafts-follow"),
    path("<uuid:instrument_id>/labels/", labels.index, name="labels-index"),
    path("<uuid:instrument_id>/labels/<uuid:academy_id>/", labels.relabel, name="labels-relabel"),
    path(f"{DRAFT}/", drafts.show, name="drafts-show"),
    path(f"{DRAFT}/preview/", drafts.preview, name="drafts-preview"),
    path(f"{DRAFT}/describe/", drafts.describe, name="drafts-describe"),
    path(f"{DRAFT}/publish/", drafts.publish, name="drafts-publish"),
    path(f"{DRAFT}/discard/", drafts.discard, name="drafts-discard"),
    path(f"{DRAFT}/yaml/", library.export, name="library-export"),
    path(f"{DRAFT}/xlsform/", xlsforms.export, name="xlsforms-export"),
    path(f"{DRAFT}/parts/add/", sections.add, name="sections-add"),
    path(f"{PART}/change/", sections.change, name="sections-change"),
    path(f"{PART}/move/", sections.move, name="sections-move"),
    path(f"{PART}/remove/", sections.remove, name="sections-remove"),
    path(f"{PART}/add/", questions.add, name="questions-add"),
    path(f"{QUESTION}/change/", questions.change, name="questions-change"),
    path(f"{QUESTION}/move/", questions.move, name="questions-move"),
    path(f"{QUESTION}/remove/", questions.remove, name="questions-remove"),
]
