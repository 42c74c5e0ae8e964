"""Every screen in Judgements. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver, path

from trigpoint.judgements.claims import views as claims
from trigpoint.judgements.findings import views as findings
from trigpoint.judgements.levels import views as levels
from trigpoint.judgements.self_reviews import views as self_reviews

app_name = "judgements"
urlpatterns: list[URLPattern | URLResolver] = [
    path("reviews/<uuid:review_id>/claims/", claims.index, name="claims-index"),
    path("reviews/<uuid:review_id>/claims/propose/", claims.propose, name="claims-propose"),
    path("claims/<uuid:claim_id>/", claims.show, name="claims-show"),
    path("claims/<uuid:claim_id>/reword/", claims.reword, name="claims-reword"),
    path("claims/<uuid:claim_id>/level/", claims.set_level, name="claims-set_level"),
    path("claims/<uuid:claim_id>/agree/", claims.agree, name="claims-agree"),
    path("claims/<uuid:claim_id>/reopen/", claims.reopen, name="claims-reopen"),
    path("claims/<uuid:claim_id>/withdraw/", claims.withdraw, name="claims-withdraw"),
    path("claims/<uuid:claim_id>/records/<uuid:record_id>/cite/", claims.cite, name="claims-cite"),
    path("citations/<uuid:citation_id>/uncite/", claims.uncite, name="claims-uncite"),
    path("citations/<uuid:citation_id>/answer/", claims.answer, name="claims-answer"),
    path("records/<uuid:record_id>/claims/", claims.for_record, name="claims-for_record"),
    path("reviews/<uuid:review_id>/levels/", levels.judge, name="levels-judge"),
    path("levels/<uuid:judgement_id>/", levels.show, name="levels-show"),
    path("standards/<uuid:standard_id>/levels/", levels.for_standard, name="levels-for_standard"),
    path("self-reviews/<uuid:academy_id>/", self_reviews.show, name="self_reviews-show"),
    path("self-reviews/<uuid:academy_id>/begin/", self_reviews.begin, name="self_reviews-begin"),
    path(
        "reviews/<uuid:review_id>/self-review/",
        self_reviews.for_review,
        name="self_reviews-for_review",
    ),
    path(
        "reviews/<uuid:review_id>/self-review/finish/",
        self_reviews.finish,
        name="self_reviews-finish",
    ),
    path(
        "reviews/<uuid:review_id>/self-review/call-off/",
        self_reviews.call_off,
        name="self_reviews-call_off",
    ),
    path("findings/", findings.index, name="findings-index"),
    path("findings/<uuid:finding_id>/", findings.show, name="findings-show"),
    path("findings/<uuid:finding_id>/correct/", findings.correct, name="findings-correct"),
    path("findings/<uuid:finding_id>/withdraw/", findings.withdraw, name="findings-withdraw"),
    path("reviews/<uuid:review_id>/findings/", findings.for_review, name="findings-for_review"),
    path(
        "reviews/<uuid:review_id>/findings/raise/",
        findings.raise_finding,
        name="findings-raise_finding",
    ),
]
