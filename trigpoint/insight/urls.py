"""Every screen in Insight. Name = thing-verb = view function = template."""

from django.urls import path

from trigpoint.insight.overviews import views as overviews
from trigpoint.insight.practice import views as practice
from trigpoint.insight.teams import views as teams

app_name = "insight"
urlpatterns = [
    path("trust/", overviews.trust, name="overviews-trust"),
    path("academies/", overviews.academies, name="overviews-academies"),
    path("academies/<uuid:academy_id>/", overviews.academy, name="overviews-academy"),
    path("teams/", teams.index, name="teams-index"),
    path("teams/<uuid:team_id>/", teams.show, name="teams-show"),
    path("me/", practice.show, name="practice-show"),
]
