"""Every screen in Policies. Name = thing-verb = view function = template."""

from django.urls import path

from trigpoint.policies.acknowledgements import views as acknowledgements
from trigpoint.policies.areas import views as areas
from trigpoint.policies.cadence import views as cadence
from trigpoint.policies.comments import views as comments
from trigpoint.policies.crosswalks import views as crosswalks
from trigpoint.policies.differences import views as differences
from trigpoint.policies.drafts import views as drafts
from trigpoint.policies.frameworks import views as frameworks
from trigpoint.policies.numbers import views as numbers
from trigpoint.policies.outside import views as outside
from trigpoint.policies.responsibilities import views as responsibilities
from trigpoint.policies.scales import views as scales
from trigpoint.policies.sections import views as sections
from trigpoint.policies.standards import views as standards
from trigpoint.policies.versions import views as versions

app_name = "policies"
urlpatterns = [
    path("", versions.show, name="versions-show"),
    path("versions/<uuid:version_id>/crosswalk/", versions.crosswalk, name="versions-crosswalk"),
    path("readers/", acknowledgements.index, name="acknowledgements-index"),
    path("to-read/", acknowledgements.ask, name="acknowledgements-ask"),
    path("readers/nudge/", acknowledgements.nudge_all, name="acknowledgements-nudge_all"),
    path("readers/<uuid:person_id>/nudge/", acknowledgements.nudge, name="acknowledgements-nudge"),
    path("versions/<uuid:version_id>/read/", acknowledgements.show, name="acknowledgements-show"),
    path(
        "versions/<uuid:version_id>/acknowledge/",
        acknowledgements.acknowledge,
        name="acknowledgements-acknowledge",
    ),
    path(
        "versions/<uuid:version_id>/take-effect/",
        versions.take_effect,
        name="versions-take_effect",
    ),
    path("versions/<uuid:version_id>/differences/", differences.show, name="differences-show"),
    path("versions/<uuid:version_id>/comments/", comments.index, name="comments-index"),
    path("versions/<uuid:version_id>/comment/", comments.comment, name="comments-comment"),
    path("comments/<uuid:policy_comment_id>/answer/", comments.answer, name="comments-answer"),
    path(
        "comments/<uuid:policy_comment_id>/withdraw/", comments.withdraw, name="comments-withdraw"
    ),
    path("versions/<uuid:version_id>/export/", frameworks.export, name="frameworks-export"),
    path("frameworks/", frameworks.index, name="frameworks-index"),
    path("frameworks/schema/", frameworks.schema, name="frameworks-schema"),
    path("outside/", outside.index, name="outside-index"),
    path("outside/schema/", outside.schema, name="outside-schema"),
    path("outside/bring-in/", outside.bring_in, name="outside-bring_in"),
    path("outside/frameworks/<slug:key>/", outside.show, name="outside-show"),
    path("outside/frameworks/<slug:key>/export/", outside.export, name="outside-export"),
    path("outside/<uuid:outside_framework_id>/remove/", outside.remove, name="outside-remove"),
    path("drafts/begin/", drafts.begin, name="drafts-begin"),
    path("drafts/adopt/", drafts.adopt, name="drafts-adopt"),
    path("drafts/<uuid:version_id>/", drafts.show, name="drafts-show"),
    path("drafts/<uuid:version_id>/replace/", drafts.replace, name="drafts-replace"),
    path("drafts/<uuid:version_id>/consult/", drafts.consult, name="drafts-consult"),
    path("drafts/<uuid:version_id>/redraft/", drafts.redraft, name="drafts-redraft"),
    path("drafts/<uuid:version_id>/approve/", drafts.approve, name="drafts-approve"),
    path("drafts/<uuid:version_id>/withdraw/", drafts.withdraw, name="drafts-withdraw"),
    path("drafts/<uuid:version_id>/areas/add/", areas.add, name="areas-add"),
    path("areas/<uuid:area_id>/reword/", areas.reword, name="areas-reword"),
    path("areas/<uuid:area_id>/move/", areas.move, name="areas-move"),
    path("areas/<uuid:area_id>/remove/", areas.remove, name="areas-remove"),
    path("areas/<uuid:area_id>/standards/add/", standards.add, name="standards-add"),
    path("standards/<uuid:standard_id>/", standards.show, name="standards-show"),
    path("standards/<uuid:standard_id>/reword/", standards.reword, name="standards-reword"),
    path("standards/<uuid:standard_id>/move/", standards.move, name="standards-move"),
    path("standards/<uuid:standard_id>/remove/", standards.remove, name="standards-remove"),
    path("drafts/<uuid:version_id>/sections/add/", sections.add, name="sections-add"),
    path("sections/<uuid:section_id>/reword/", sections.reword, name="sections-reword"),
    path("sections/<uuid:section_id>/remove/", sections.remove, name="sections-remove"),
    path(
        "versions/<uuid:version_id>/responsibilities/",
        responsibilities.index,
        name="responsibilities-index",
    ),
    path(
        "drafts/<uuid:version_id>/responsibilities/assign/",
        responsibilities.assign,
        name="responsibilities-assign",
    ),
    path(
        "responsibilities/<uuid:responsibility_id>/unassign/",
        responsibilities.unassign,
        name="responsibilities-unassign",
    ),
    path("versions/<uuid:version_id>/crosswalks/", crosswalks.index, name="crosswalks-index"),
    path(
        "drafts/<uuid:version_id>/crosswalks/map-item/",
        crosswalks.map_item,
        name="crosswalks-map_item",
    ),
    path(
        "drafts/<uuid:version_id>/crosswalks/<slug:key>/carry-over/",
        crosswalks.carry_over,
        name="crosswalks-carry_over",
    ),
    path("crosswalks/<uuid:crosswalk_id>/unmap/", crosswalks.unmap, name="crosswalks-unmap"),
    path("versions/<uuid:version_id>/cadence/", cadence.index, name="cadence-index"),
    path("versions/<uuid:version_id>/cadence/check/", cadence.check, name="cadence-check"),
    path("drafts/<uuid:version_id>/cadence/promise/", cadence.promise, name="cadence-promise"),
    path("cadence/<uuid:rule_id>/retract/", cadence.retract, name="cadence-retract"),
    path("versions/<uuid:version_id>/numbers/", numbers.index, name="numbers-index"),
    path("drafts/<uuid:version_id>/numbers/choose/", numbers.choose, name="numbers-choose"),
    path("versions/<uuid:version_id>/scales/", scales.index, name="scales-index"),
    path("drafts/<uuid:version_id>/scales/add/", scales.add, name="scales-add"),
    path("drafts/<uuid:version_id>/scales/assign/", scales.assign, name="scales-assign"),
    path("scales/<uuid:scale_id>/change/", scales.change, name="scales-change"),
    path("scales/<uuid:scale_id>/remove/", scales.remove, name="scales-remove"),
]
