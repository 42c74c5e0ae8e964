"""The JSON API: one router an area, the same queries and operations as the screens."""

from ninja import NinjaAPI
from ninja.security import django_auth

from trigpoint.evidence.devices.api import router as devices
from trigpoint.evidence.drafts.api import router as drafts
from trigpoint.evidence.entries.api import router as evidence
from trigpoint.evidence.uploads.api import router as uploads
from trigpoint.improvement.actions.api import router as actions
from trigpoint.judgements.claims.api import router as claims
from trigpoint.judgements.findings.api import router as findings
from trigpoint.judgements.levels.api import router as levels
from trigpoint.policies.standards.api import router as standards
from trigpoint.reporting.reports.api import router as reports
from trigpoint.reviews.reviews.api import router as reviews
from trigpoint.web.problems import install

api = NinjaAPI(
    title="Trigpoint",
    version="1",
    description="What the screens show, as JSON. Sign in as on the screens; nothing is anonymous.",
    auth=django_auth,
    docs_url=None,  # the viewer it offers loads scripts from elsewhere; see docs/api/openapi.yaml
    openapi_url=None,
    urls_namespace="api",
)
install(api)
api.add_router("reviews/", reviews)
api.add_router("actions/", actions)
api.add_router("reports/", reports)
api.add_router("standards/", standards)
api.add_router("claims/", claims)
api.add_router("judgements/", levels)
api.add_router("findings/", findings)
api.add_router("evidence/device", devices)
api.add_router("evidence/", evidence)
api.add_router("evidence/", drafts)
api.add_router("evidence/", uploads)
