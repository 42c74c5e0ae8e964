"""A small trust with a school year, a policy that asks for reviews, and people to hold them."""

import datetime as dt

from tests.factories import (
    AcademicYearFactory,
    AcademyFactory,
    AreaFactory,
    CadenceRuleFactory,
    PersonFactory,
    PolicyVersionFactory,
    ReviewerProfileFactory,
    TermFactory,
    TrustFactory,
    grant,
    person,
)
from trigpoint.people.roles import Role

TODAY = dt.date(2025, 11, 12)
AT = dt.datetime(2025, 11, 12, 9, 0, tzinfo=dt.UTC)
TERMS = (
    ("Autumn term", dt.date(2025, 9, 2), dt.date(2025, 12, 19)),
    ("Spring term", dt.date(2026, 1, 5), dt.date(2026, 3, 27)),
    ("Summer term", dt.date(2026, 4, 20), dt.date(2026, 7, 21)),
)


class SmallTrust:
    """Two academies, three reviewers and a QA lead; a deep dive of curriculum every half year."""

    def __init__(self, *, cadence=("DEEP_DIVE",), reviewers=3):
        self.trust = TrustFactory.create()
        self.year = AcademicYearFactory.create(trust=self.trust)
        self.version = PolicyVersionFactory.create(
            policy__trust=self.trust, in_force=True, number=3
        )
        self.area = AreaFactory.create(
            version=self.version, lineage="curriculum", name="Curriculum"
        )
        for kind in cadence:
            area = self.area if kind == "DEEP_DIVE" else None
            CadenceRuleFactory.create(
                version=self.version, review_kind=kind, area=area, tier=None, months=6
            )
        self.academies = [
            AcademyFactory.create(trust=self.trust, name=name)
            for name in ("Dunlow Vale", "Saltwyke")
        ]
        for academy in self.academies:
            for name, starts_on, ends_on in TERMS:
                TermFactory.create(
                    academy=academy,
                    year=self.year,
                    name=name,
                    starts_on=starts_on,
                    ends_on=ends_on,
                )
        self.lead = person(Role.QA_LEAD, at=self.trust)
        self.reviewers = [
            self.add_reviewer(name) for name in ("Femi", "Gareth", "Simone")[:reviewers]
        ]

    def add_reviewer(self, name, **facts):
        """Add somebody who may be proposed."""
        them = PersonFactory.create(trust=self.trust, name=name)
        ReviewerProfileFactory.create(person=them, **facts)
        return them

    def add_head(self, academy):
        """Give an academy somebody to lead its own review of itself."""
        user = person(Role.STAFF, at=academy)
        grant(user, Role.HEADTEACHER, at=academy)
        return user.person
