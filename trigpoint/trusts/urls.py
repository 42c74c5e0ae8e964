"""Every screen in Trusts. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver, path

from trigpoint.trusts.calendars import views as calendars
from trigpoint.trusts.gias import views as gias
from trigpoint.trusts.privacy import views as privacy
from trigpoint.trusts.structure import views as structure
from trigpoint.trusts.term_files import views as term_files

app_name = "trusts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", structure.index, name="structure-index"),
    path("academies/open/", structure.open_academy, name="structure-open_academy"),
    path("academies/<uuid:academy_id>/tier/", structure.set_tier, name="structure-set_tier"),
    path("teams/form/", structure.form_team, name="structure-form_team"),
    path("bodies/form/", structure.form_body, name="structure-form_body"),
    path("clusters/form/", structure.form_cluster, name="structure-form_cluster"),
    path(
        "clusters/<uuid:cluster_id>/reshape/",
        structure.reshape_cluster,
        name="structure-reshape_cluster",
    ),
    path("fair-to-people/", privacy.show, name="privacy-show"),
    path("fair-to-people/set/", privacy.set_privacy, name="privacy-set_privacy"),
    path("import/", gias.upload, name="gias-upload"),
    path("import/<uuid:import_id>/choose/", gias.choose, name="gias-choose"),
    path("import/<uuid:import_id>/", gias.preview, name="gias-preview"),
    path("import/<uuid:import_id>/confirm/", gias.confirm, name="gias-confirm"),
    path("academies/<uuid:academy_id>/calendar/", calendars.show, name="calendars-show"),
    path(
        "academies/<uuid:academy_id>/calendar/close/",
        calendars.close_days,
        name="calendars-close_days",
    ),
    path("closures/<uuid:closure_id>/open/", calendars.open_days, name="calendars-open_days"),
    path("term-dates/", term_files.upload, name="term_files-upload"),
    path("term-dates/preview/", term_files.preview, name="term_files-preview"),
    path("term-dates/confirm/", term_files.confirm, name="term_files-confirm"),
]
