"""The verbs of a reviewer: add, change."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.people.models import Person
from trigpoint.records import history
from trigpoint.reviews.reviewers import rules
from trigpoint.reviews.reviewers.models import ReviewerProfile
from trigpoint.reviews.reviewers.rules import ProfileFacts

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def add(*, person: Person, facts: ProfileFacts, by: "User", on: date) -> ReviewerProfile:
    """Add somebody to those who may be proposed for reviews.

    Raises:
        Refused: they are known already, or it is not the person's to add them.

    """
    Person.objects.select_for_update().get(pk=person.pk)
    is_known = ReviewerProfile.objects.filter(person=person).exists()
    rules.may_add(by, person, is_known=is_known).enforce()
    made = ReviewerProfile(trust_id=person.trust_id, person=person)
    return _kept(made, facts, "added", by=by, on=on)


@transaction.atomic
def change(
    *, profile: ReviewerProfile, facts: ProfileFacts, by: "User", on: date
) -> ReviewerProfile:
    """Change how many days somebody gives, what they know and whether they are there to be asked."""
    profile = ReviewerProfile.objects.select_for_update().get(pk=profile.pk)
    rules.may_change(by, profile).enforce()
    return _kept(profile, facts, "changed", by=by, on=on)


def _kept(
    profile: ReviewerProfile, facts: ProfileFacts, verb: str, *, by: "User", on: date
) -> ReviewerProfile:
    profile.days_a_term, profile.is_available = facts.days_a_term, facts.is_available
    profile.areas = sorted(set(facts.areas))
    profile.save()
    told = {"days_a_term": facts.days_a_term, "areas": profile.areas}
    history.write(profile, verb, by=by, on=on, is_available=facts.is_available, **told)
    return profile
