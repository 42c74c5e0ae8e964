"""Every screen in Policies. Name = thing-verb = view function = template."""

from django.urls import path

from trigpoint.policies.cadence import views as cadence
from trigpoint.policies.frameworks import views as frameworks
from trigpoint.policies.standards import views as standards
from trigpoint.policies.versions import views as versions

app_name = "policies"
urlpatterns = [
    path("", versions.show, name="versions-show"),
    path("versions/<uuid:version_id>/crosswalk/", versions.crosswalk, name="versions-crosswalk"),
    path("versions/<uuid:version_id>/cadence/", cadence.check, name="cadence-check"),
    path("standards/<uuid:standard_id>/", standards.show, name="standards-show"),
    path("frameworks/", frameworks.index, name="frameworks-index"),
    path("frameworks/adopt/", frameworks.adopt, name="frameworks-adopt"),
]
