"""Every screen in Trusts. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver, path

from trigpoint.trusts.gias import views as gias
from trigpoint.trusts.structure import views as structure

app_name = "trusts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", structure.index, name="structure-index"),
    path("academies/open/", structure.open_academy, name="structure-open_academy"),
    path("academies/<uuid:academy_id>/tier/", structure.set_tier, name="structure-set_tier"),
    path("teams/form/", structure.form_team, name="structure-form_team"),
    path("bodies/form/", structure.form_body, name="structure-form_body"),
    path("clusters/form/", structure.form_cluster, name="structure-form_cluster"),
    path("import/", gias.upload, name="gias-upload"),
    path("import/<uuid:import_id>/choose/", gias.choose, name="gias-choose"),
    path("import/<uuid:import_id>/", gias.preview, name="gias-preview"),
    path("import/<uuid:import_id>/confirm/", gias.confirm, name="gias-confirm"),
]
