"""Every screen in Policies. Name = thing-verb = view function = template."""

from django.urls import path

from trigpoint.policies.acknowledgements import views as acknowledgements
from trigpoint.policies.frameworks import views as frameworks
from trigpoint.policies.standards import views as standards
from trigpoint.policies.versions import views as versions

app_name = "policies"
urlpatterns = [
    path("", versions.show, name="versions-show"),
    path("versions/<uuid:version_id>/crosswalk/", versions.crosswalk, name="versions-crosswalk"),
    path("readers/", acknowledgements.index, name="acknowledgements-index"),
    path("readers/nudge/", acknowledgements.nudge_all, name="acknowledgements-nudge_all"),
    path("readers/<uuid:person_id>/nudge/", acknowledgements.nudge, name="acknowledgements-nudge"),
    path("versions/<uuid:version_id>/read/", acknowledgements.show, name="acknowledgements-show"),
    path(
        "versions/<uuid:version_id>/acknowledge/",
        acknowledgements.acknowledge,
        name="acknowledgements-acknowledge",
    ),
    path("standards/<uuid:standard_id>/", standards.show, name="standards-show"),
    path("frameworks/", frameworks.index, name="frameworks-index"),
    path("frameworks/adopt/", frameworks.adopt, name="frameworks-adopt"),
]
