"""Every screen in Reviews. Name = thing-verb = view function = template."""

from django.urls import path

from trigpoint.reviews.activities import views as activities
from trigpoint.reviews.charts import views as charts
from trigpoint.reviews.conflicts import views as conflicts
from trigpoint.reviews.coverage import views as coverage
from trigpoint.reviews.documents import views as documents
from trigpoint.reviews.feeds import views as feeds
from trigpoint.reviews.lines import views as lines
from trigpoint.reviews.members import views as members
from trigpoint.reviews.nominees import views as nominees
from trigpoint.reviews.planned import views as planned
from trigpoint.reviews.programme import views as programme
from trigpoint.reviews.reviewers import views as reviewers
from trigpoint.reviews.reviews import views as reviews
from trigpoint.reviews.samples import views as samples
from trigpoint.reviews.slots import views as slots

app_name = "reviews"
urlpatterns = [
    path("", reviews.index, name="reviews-index"),
    path("feeds/<str:token>.ics", feeds.show, name="feeds-show"),
    path("plan/", reviews.plan, name="reviews-plan"),
    path("coverage/", coverage.index, name="coverage-index"),
    path("coverage/export/", coverage.export, name="coverage-export"),
    path("<uuid:review_id>/", reviews.show, name="reviews-show"),
    path("<uuid:review_id>/ask/", reviews.ask, name="reviews-ask"),
    path("lines/<uuid:line_id>/reword/", lines.reword, name="lines-reword"),
    path("lines/<uuid:line_id>/drop/", lines.drop, name="lines-drop"),
    path("<uuid:review_id>/replan/", reviews.replan, name="reviews-replan"),
    path("<uuid:review_id>/join/", members.join, name="members-join"),
    path("members/<uuid:member_id>/leave/", members.leave, name="members-leave"),
    path("<uuid:review_id>/nominee/name/", nominees.name, name="nominees-name"),
    path("<uuid:review_id>/notify/", reviews.notify, name="reviews-notify"),
    path("<uuid:review_id>/receive/", reviews.receive, name="reviews-receive"),
    path("<uuid:review_id>/start/", reviews.start, name="reviews-start"),
    path("<uuid:review_id>/corroborate/", reviews.corroborate, name="reviews-corroborate"),
    path("<uuid:review_id>/report/", reviews.report, name="reviews-report"),
    path("<uuid:review_id>/close/", reviews.close, name="reviews-close"),
    path("<uuid:review_id>/cancel/", reviews.cancel, name="reviews-cancel"),
    path("<uuid:review_id>/step-back/", reviews.step_back, name="reviews-step_back"),
    path("<uuid:review_id>/notice/", documents.index, name="documents-index"),
    path("<uuid:review_id>/notice/ask/", documents.ask, name="documents-ask"),
    path("documents/<uuid:document_id>/drop/", documents.drop, name="documents-drop"),
    path(
        "documents/<uuid:document_id>/hand-over/",
        documents.hand_over,
        name="documents-hand_over",
    ),
    path("<uuid:review_id>/samples/", samples.index, name="samples-index"),
    path("<uuid:review_id>/samples/draw/", samples.draw, name="samples-draw"),
    path("<uuid:review_id>/schedule/", activities.schedule, name="activities-schedule"),
    path("activities/<uuid:activity_id>/change/", activities.change, name="activities-change"),
    path(
        "activities/<uuid:activity_id>/call-off/", activities.call_off, name="activities-call_off"
    ),
    path("activities/<uuid:activity_id>/finish/", activities.finish, name="activities-finish"),
    path("activities/<uuid:activity_id>/miss/", activities.miss, name="activities-miss"),
    path("programme/", charts.show, name="charts-show"),
    path("programme/propose/", programme.propose, name="programme-propose"),
    path("programme/<uuid:programme_id>/agree-all/", slots.agree_all, name="slots-agree_all"),
    path("planned/<uuid:review_id>/move/", planned.move, name="planned-move"),
    path("slots/<uuid:slot_id>/", slots.show, name="slots-show"),
    path("slots/<uuid:slot_id>/move/", slots.move, name="slots-move"),
    path("slots/<uuid:slot_id>/agree/", slots.agree, name="slots-agree"),
    path("slots/<uuid:slot_id>/drop/", slots.drop, name="slots-drop"),
    path("slots/<uuid:slot_id>/restore/", slots.restore, name="slots-restore"),
    path("reviewers/", reviewers.index, name="reviewers-index"),
    path("reviewers/own/", reviewers.own, name="reviewers-own"),
    path("reviewers/add/", reviewers.add, name="reviewers-add"),
    path("reviewers/<uuid:person_id>/", reviewers.show, name="reviewers-show"),
    path("reviewers/<uuid:person_id>/change/", reviewers.change, name="reviewers-change"),
    path("conflicts/<uuid:person_id>/declare/", conflicts.declare, name="conflicts-declare"),
    path("conflicts/<uuid:conflict_id>/end/", conflicts.end, name="conflicts-end"),
]
