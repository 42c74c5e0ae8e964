"""The permission matrix. The whole of it, on one page.

A role is held somewhere: across the trust, in a cluster, an academy, a team or one review. It
gives its capabilities there and nowhere else; each thing's rules.py adds what the situation asks.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models


class Capability(StrEnum):
    """One verb a role can hold. Named ``things.verb``; verbs match operation names."""

    # trusts and people
    ACADEMY_VIEW = "academies.view"
    ACADEMY_IMPORT = "academies.import"
    CALENDAR_IMPORT = "calendars.import"
    STAFF_VIEW = "staff.view"
    STAFF_IMPORT = "staff.import"
    GRANT_VIEW = "grants.view"
    GRANT_GIVE = "grants.give"
    ROLE_VIEW = "roles.view"
    ACCOUNT_VIEW = "accounts.view"  # one's own sign-in
    # policies and instruments
    POLICY_VIEW = "policies.view"
    POLICY_ADOPT = "policies.adopt"
    INSTRUMENT_VIEW = "instruments.view"
    # reviews
    REVIEW_VIEW = "reviews.view"
    REVIEW_PLAN = "reviews.plan"
    REVIEW_RUN = "reviews.run"  # notify, start, change activities, close, cancel
    # evidence
    EVIDENCE_VIEW = "evidence.view"  # what has been shared
    EVIDENCE_WEIGH = "evidence.weigh"  # what has been submitted, by the review's team
    EVIDENCE_CAPTURE = "evidence.capture"
    # judgements
    CLAIM_VIEW = "claims.view"
    CLAIM_PROPOSE = "claims.propose"
    CLAIM_AGREE = "claims.agree"
    JUDGEMENT_VIEW = "judgements.view"
    JUDGEMENT_MAKE = "judgements.make"
    FINDING_VIEW = "findings.view"
    FINDING_RAISE = "findings.raise"
    # reporting
    REPORT_VIEW = "reports.view"  # final reports
    REPORT_CHECK = "reports.check"  # the academy's factual accuracy check
    REPORT_WRITE = "reports.write"  # drafts, internal QA, final
    # improvement
    ACTION_VIEW = "actions.view"
    ACTION_RAISE = "actions.raise"
    ACTION_CHECK = "actions.check"  # did it work?
    NEED_VIEW = "needs.view"
    PRACTICE_VIEW = "practices.view"
    PRACTICE_NOMINATE = "practices.nominate"
    PRACTICE_CONFIRM = "practices.confirm"
    # governance
    ASSURANCE_VIEW = "assurance.view"
    MEETING_VIEW = "meetings.view"
    MEETING_CALL = "meetings.call"
    CHALLENGE_RAISE = "challenges.raise"
    # insight
    TRUST_OVERVIEW = "trust.overview"
    ACADEMY_OVERVIEW = "academy.overview"
    TEAM_OVERVIEW = "team.overview"
    MY_PRACTICE = "me.overview"


class Role(models.TextChoices):
    """What somebody is, in the place the grant names."""

    QA_LEAD = "QA_LEAD", "Trust QA lead"
    REVIEWER = "REVIEWER", "Reviewer"
    HEADTEACHER = "HEADTEACHER", "Headteacher or academy QA lead"
    TEAM_LEADER = "TEAM_LEADER", "Team leader"
    STAFF = "STAFF", "Staff member"
    TRUSTEE = "TRUSTEE", "Trustee or governor"
    TRAINING_LEAD = "TRAINING_LEAD", "Training lead"
    ADMINISTRATOR = "ADMINISTRATOR", "Trust administrator"
    DPO = "DPO", "Data-protection officer"


C = Capability
EVERYBODY = frozenset({C.ACCOUNT_VIEW, C.ROLE_VIEW, C.POLICY_VIEW, C.MY_PRACTICE})

ROLE_CAPABILITIES: Mapping[Role, frozenset[Capability]] = {
    Role.QA_LEAD: frozenset(Capability)
    - {C.ACADEMY_IMPORT, C.CALENDAR_IMPORT, C.STAFF_IMPORT, C.GRANT_GIVE},
    Role.REVIEWER: EVERYBODY
    | {
        C.ACADEMY_VIEW,
        C.INSTRUMENT_VIEW,
        C.REVIEW_VIEW,
        C.REVIEW_RUN,
        C.EVIDENCE_VIEW,
        C.EVIDENCE_WEIGH,
        C.EVIDENCE_CAPTURE,
        C.CLAIM_VIEW,
        C.CLAIM_PROPOSE,
        C.CLAIM_AGREE,
        C.JUDGEMENT_VIEW,
        C.JUDGEMENT_MAKE,
        C.FINDING_VIEW,
        C.FINDING_RAISE,
        C.REPORT_VIEW,
        C.REPORT_WRITE,
        C.ACTION_VIEW,
        C.ACTION_CHECK,
        C.PRACTICE_VIEW,
        C.PRACTICE_NOMINATE,
        C.PRACTICE_CONFIRM,
        C.ACADEMY_OVERVIEW,
    },
    Role.HEADTEACHER: EVERYBODY
    | {
        C.ACADEMY_VIEW,
        C.STAFF_VIEW,
        C.GRANT_VIEW,
        C.INSTRUMENT_VIEW,
        C.REVIEW_VIEW,
        C.EVIDENCE_VIEW,
        C.EVIDENCE_CAPTURE,
        C.CLAIM_VIEW,
        C.JUDGEMENT_VIEW,
        C.FINDING_VIEW,
        C.REPORT_VIEW,
        C.REPORT_CHECK,
        C.ACTION_VIEW,
        C.ACTION_RAISE,
        C.NEED_VIEW,
        C.PRACTICE_VIEW,
        C.PRACTICE_NOMINATE,
        C.ACADEMY_OVERVIEW,
        C.TEAM_OVERVIEW,
    },
    Role.TEAM_LEADER: EVERYBODY
    | {
        C.STAFF_VIEW,
        C.INSTRUMENT_VIEW,
        C.EVIDENCE_VIEW,
        C.EVIDENCE_CAPTURE,
        C.FINDING_VIEW,
        C.ACTION_VIEW,
        C.PRACTICE_VIEW,
        C.TEAM_OVERVIEW,
    },
    Role.STAFF: EVERYBODY | {C.PRACTICE_VIEW},
    Role.TRUSTEE: EVERYBODY
    | {
        C.ACADEMY_VIEW,
        C.JUDGEMENT_VIEW,
        C.REPORT_VIEW,
        C.ASSURANCE_VIEW,
        C.MEETING_VIEW,
        C.CHALLENGE_RAISE,
        C.ACADEMY_OVERVIEW,
    },
    Role.TRAINING_LEAD: EVERYBODY | {C.ACADEMY_VIEW, C.NEED_VIEW, C.PRACTICE_VIEW, C.STAFF_VIEW},
    Role.ADMINISTRATOR: EVERYBODY
    | {
        C.ACADEMY_VIEW,
        C.ACADEMY_IMPORT,
        C.CALENDAR_IMPORT,
        C.STAFF_VIEW,
        C.STAFF_IMPORT,
        C.GRANT_VIEW,
        C.GRANT_GIVE,
        C.INSTRUMENT_VIEW,
        C.POLICY_ADOPT,
    },
    Role.DPO: EVERYBODY | {C.ACADEMY_VIEW, C.GRANT_VIEW},
}
