"""Every screen in Governance. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver, path

from trigpoint.governance.assurance import views as assurance
from trigpoint.governance.meetings import views as meetings

app_name = "governance"
MEETING = "meetings/<uuid:meeting_id>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("assurance/", assurance.show, name="assurance-show"),
    path("assurance/areas/<slug:area_lineage>/", assurance.area, name="assurance-area"),
    path("meetings/", meetings.index, name="meetings-index"),
    path("meetings/latest/", meetings.latest, name="meetings-latest"),
    path("meetings/call/", meetings.call, name="meetings-call"),
    path(f"{MEETING}/", meetings.show, name="meetings-show"),
    path(f"{MEETING}/table-report/", meetings.table_report, name="meetings-table_report"),
    path(f"{MEETING}/table-assurance/", meetings.table_assurance, name="meetings-table_assurance"),
    path(f"{MEETING}/ask/", meetings.ask, name="meetings-ask"),
    path(f"{MEETING}/decide/", meetings.decide, name="meetings-decide"),
    path("challenges/<uuid:challenge_id>/answer/", meetings.answer, name="meetings-answer"),
    path("challenges/<uuid:challenge_id>/close/", meetings.close, name="meetings-close"),
]
