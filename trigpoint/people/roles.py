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
    STRUCTURE_VIEW = "structure.view"
    STRUCTURE_FORM = "structure.form"  # academies by hand, teams, bodies, clusters
    TIER_SET = "tiers.set"
    CALENDAR_IMPORT = "calendars.import"
    PRIVACY_VIEW = "privacy.view"
    PRIVACY_SET = "privacy.set"  # visit budget, levels on named records, small groups
    STAFF_VIEW = "staff.view"
    STAFF_IMPORT = "staff.import"
    GRANT_VIEW = "grants.view"
    GRANT_GIVE = "grants.give"  # and end
    GRANT_AUDIT = "grants.audit"  # also those that have ended
    ROLE_VIEW = "roles.view"
    ACCOUNT_VIEW = "accounts.view"  # one's own sign-in
    ACCOUNT_OPEN = "accounts.open"  # and switch off
    # policies and instruments
    POLICY_VIEW = "policies.view"
    ACKNOWLEDGEMENT_VIEW = "acknowledgements.view"  # who has read the policy
    ACKNOWLEDGEMENT_NUDGE = "acknowledgements.nudge"
    POLICY_COMMENT = "policies.comment"  # on a version in consultation
    POLICY_DRAFT = "policies.draft"  # write the next version, consult on it, answer comments
    POLICY_ADOPT = "policies.adopt"  # record its approval, put it in force
    INSTRUMENT_VIEW = "instruments.view"
    INSTRUMENT_EDIT = "instruments.edit"  # drafts of forms; and publish them, and choose the usual
    INSTRUMENT_LABEL = "instruments.label"  # an academy's own words for a form
    # reviews
    REVIEW_VIEW = "reviews.view"
    REVIEW_PLAN = "reviews.plan"
    REVIEW_RUN = "reviews.run"  # notify, start, change activities, close, cancel
    REVIEW_SELF = "reviews.review_self"  # begin, finish and call off the academy's own
    PROGRAMME_VIEW = "programme.view"  # and what each proposal rests on
    PROGRAMME_PROPOSE = "programme.propose"
    REVIEWER_VIEW = "reviewers.view"  # and their conflicts of interest
    REVIEWER_ADD = "reviewers.add"  # and change
    # evidence
    EVIDENCE_VIEW = "evidence.view"  # what has been shared
    EVIDENCE_WEIGH = "evidence.weigh"  # what has been submitted, by the review's team
    EVIDENCE_CAPTURE = "evidence.capture"
    EVIDENCE_IMPORT = "evidence.import"  # past evidence from a spreadsheet; and undo it
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
    OWN_VIEW = "own.view"  # one thing that names oneself: what it is decides who reads it


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
EVERYBODY = frozenset(
    {
        C.ACCOUNT_VIEW,
        C.ROLE_VIEW,
        C.PRIVACY_VIEW,
        C.POLICY_VIEW,
        C.POLICY_COMMENT,
        C.MY_PRACTICE,
        C.OWN_VIEW,
    }
)

ROLE_CAPABILITIES: Mapping[Role, frozenset[Capability]] = {
    Role.QA_LEAD: frozenset(Capability)
    - {C.ACADEMY_IMPORT, C.CALENDAR_IMPORT, C.STAFF_IMPORT, C.GRANT_GIVE, C.ACCOUNT_OPEN}
    - {C.REPORT_CHECK},  # who writes a report does not check it for the academy
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
        C.ACKNOWLEDGEMENT_VIEW,
        C.ACKNOWLEDGEMENT_NUDGE,
        C.INSTRUMENT_VIEW,
        C.INSTRUMENT_LABEL,
        C.REVIEW_VIEW,
        C.REVIEW_SELF,
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
        C.STRUCTURE_VIEW,
        C.STRUCTURE_FORM,
        C.TIER_SET,
        C.CALENDAR_IMPORT,
        C.PRIVACY_SET,
        C.STAFF_VIEW,
        C.STAFF_IMPORT,
        C.ACCOUNT_OPEN,
        C.GRANT_VIEW,
        C.GRANT_GIVE,
        C.GRANT_AUDIT,
        C.INSTRUMENT_VIEW,
        C.INSTRUMENT_EDIT,
        C.POLICY_DRAFT,
        C.POLICY_ADOPT,
        C.ACKNOWLEDGEMENT_VIEW,
        C.ACKNOWLEDGEMENT_NUDGE,
    },
    Role.DPO: EVERYBODY | {C.ACADEMY_VIEW, C.GRANT_VIEW, C.GRANT_AUDIT},
}

# A guest: what a role gives when it is held for one review. The review itself, and the policy and
# forms it works with; nothing of the academy or the trust around it.
FOR_ONE_REVIEW = frozenset(
    {
        C.ACCOUNT_VIEW,
        C.ROLE_VIEW,
        C.OWN_VIEW,
        C.PRIVACY_VIEW,
        C.POLICY_VIEW,
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
    }
)


def capabilities(role: Role, *, for_one_review: bool = False) -> frozenset[Capability]:
    """Return what a role gives where it is held; for one review that is less than elsewhere."""
    held = ROLE_CAPABILITIES[role]
    return held & FOR_ONE_REVIEW if for_one_review else held


# What each capability means, in the words of the page that shows who may do what.
IN_WORDS: Mapping[str, Mapping[Capability, str]] = {
    "Trust and academies": {
        C.ACADEMY_VIEW: "See the academies, their ages and their tier",
        C.ACADEMY_IMPORT: "Bring academies in from the government register",
        C.STRUCTURE_VIEW: "See how the trust is set up: teams, bodies, clusters",
        C.STRUCTURE_FORM: "Add academies, teams, bodies and clusters",
        C.TIER_SET: "Record the tier a body gave an academy",
        C.CALENDAR_IMPORT: "Bring in term dates",
        C.PRIVACY_VIEW: "Read how people are protected: visits, levels, small groups",
        C.PRIVACY_SET: "Set how people are protected",
    },
    "People and access": {
        C.STAFF_VIEW: "See staff and the posts they hold",
        C.STAFF_IMPORT: "Bring staff in from a spreadsheet",
        C.ACCOUNT_VIEW: "See one's own account, and who sees what about oneself",
        C.ACCOUNT_OPEN: "Open a sign-in for somebody, or switch it off",
        C.ROLE_VIEW: "See this page",
        C.GRANT_VIEW: "See who holds which role",
        C.GRANT_AUDIT: "Also see roles that have ended",
        C.GRANT_GIVE: "Give a role, and end it",
    },
    "Policy and forms": {
        C.POLICY_VIEW: "Read the policy and its standards",
        C.ACKNOWLEDGEMENT_VIEW: "See who has read the policy in force, and who has not",
        C.ACKNOWLEDGEMENT_NUDGE: "Remind those who have not read it",
        C.POLICY_COMMENT: "Comment on a version of the policy in consultation",
        C.POLICY_DRAFT: "Write the next version of the policy, consult on it, answer comments",
        C.POLICY_ADOPT: "Record that a body approved a version, and put it in force",
        C.INSTRUMENT_VIEW: "Read the forms that activities use",
        C.INSTRUMENT_EDIT: "Write the forms that activities use, and publish them",
        C.INSTRUMENT_LABEL: "Give the forms an academy’s own words",
    },
    "Reviews": {
        C.REVIEW_VIEW: "See reviews and their timetable",
        C.REVIEW_PLAN: "Plan a review",
        C.REVIEW_RUN: "Run a review: notify, start, change activities, close",
        C.REVIEW_SELF: "Carry out the academy’s self-review",
        C.PROGRAMME_VIEW: "See the year’s programme before it is agreed, with its reasons",
        C.PROGRAMME_PROPOSE: "Have a year proposed from the policy",
        C.REVIEWER_VIEW: "See who reviews, and everybody’s conflicts of interest",
        C.REVIEWER_ADD: "Add reviewers and agree their days and areas",
    },
    "Evidence": {
        C.EVIDENCE_VIEW: "Read evidence once it has been shared",
        C.EVIDENCE_WEIGH: "Read evidence once it has been submitted, before it is shared",
        C.EVIDENCE_CAPTURE: "Write down what was seen",
        C.EVIDENCE_IMPORT: "Bring in past evidence from a spreadsheet, and undo that",
    },
    "Judgements": {
        C.CLAIM_VIEW: "Read claims and what supports them",
        C.CLAIM_PROPOSE: "Propose a claim and cite evidence",
        C.CLAIM_AGREE: "Agree a claim",
        C.JUDGEMENT_VIEW: "See the level of a standard and its strength",
        C.JUDGEMENT_MAKE: "Judge a standard",
        C.FINDING_VIEW: "Read findings",
        C.FINDING_RAISE: "Raise a finding",
    },
    "Reports": {
        C.REPORT_VIEW: "Read final reports",
        C.REPORT_CHECK: "Check a draft report and confirm its facts, for the academy",
        C.REPORT_WRITE: "Write reports and make them final",
    },
    "Improvement": {
        C.ACTION_VIEW: "See actions",
        C.ACTION_RAISE: "Set an action for a finding",
        C.ACTION_CHECK: "Say whether an action worked",
        C.NEED_VIEW: "See training needs, by group",
        C.PRACTICE_VIEW: "Find good practice",
        C.PRACTICE_NOMINATE: "Nominate good practice",
        C.PRACTICE_CONFIRM: "Confirm good practice independently",
    },
    "Governance": {
        C.ASSURANCE_VIEW: "See the assurance table",
        C.MEETING_VIEW: "See meetings and their papers",
        C.MEETING_CALL: "Call a meeting and table papers",
        C.CHALLENGE_RAISE: "Ask a question of the trust",
    },
    "Overviews": {
        C.TRUST_OVERVIEW: "See the whole trust at a glance",
        C.ACADEMY_OVERVIEW: "See one academy at a glance, and what the policy asks of it",
        C.TEAM_OVERVIEW: "See one team at a glance",
        C.MY_PRACTICE: "See one's own record",
        C.OWN_VIEW: "Open a note, finding or action that is about oneself, or one's own to do",
    },
}
