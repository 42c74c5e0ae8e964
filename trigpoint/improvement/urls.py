"""Every screen in Improvement. Name = thing-verb = view function = template."""

from django.urls import path

from trigpoint.improvement.actions import views as actions
from trigpoint.improvement.needs import views as needs
from trigpoint.improvement.practices import views as practices

app_name = "improvement"
urlpatterns = [
    path("actions/", actions.index, name="actions-index"),
    path("actions/asking/", actions.asking, name="actions-asking"),
    path("actions/<uuid:action_id>/", actions.show, name="actions-show"),
    path("actions/<uuid:action_id>/start/", actions.start, name="actions-start"),
    path("actions/<uuid:action_id>/finish/", actions.finish, name="actions-finish"),
    path("actions/<uuid:action_id>/check/", actions.check, name="actions-check"),
    path("actions/<uuid:action_id>/reopen/", actions.reopen, name="actions-reopen"),
    path("findings/<uuid:finding_id>/actions/", actions.for_finding, name="actions-for_finding"),
    path(
        "findings/<uuid:finding_id>/actions/raise/",
        actions.raise_action,
        name="actions-raise_action",
    ),
    path("reviews/<uuid:review_id>/actions/", actions.for_review, name="actions-for_review"),
    path("needs/", needs.index, name="needs-index"),
    path("needs/<uuid:need_id>/meet/", needs.meet, name="needs-meet"),
    path("practices/", practices.index, name="practices-index"),
    path("practices/<uuid:practice_id>/", practices.show, name="practices-show"),
    path("practices/<uuid:practice_id>/confirm/", practices.confirm, name="practices-confirm"),
    path("practices/<uuid:practice_id>/publish/", practices.publish, name="practices-publish"),
    path(
        "findings/<uuid:finding_id>/practices/", practices.for_finding, name="practices-for_finding"
    ),
    path(
        "findings/<uuid:finding_id>/practices/nominate/",
        practices.nominate,
        name="practices-nominate",
    ),
]
