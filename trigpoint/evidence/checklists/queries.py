"""The standards whose look-fors are marked on a record."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q

from trigpoint.instruments.contents.rules import questions
from trigpoint.policies.models import LookFor, PolicyVersion, Standard
from trigpoint.reviews.models import Review


def system_checklist(
    form: Mapping[str, Any],
    about: Sequence[Standard],
    *,
    review: Review | None,
    trust_id: UUID,
) -> list[Standard]:
    """Return the standards whose look-fors are asked for, in the policy's order, look-fors loaded.

    Args:
        form: the content of the record's form.
        about: the standards of its lines of enquiry, or those that its kind can show. They are
            asked for unless every checklist of the form is bound to standards of its own.
        review: the one the record belongs to; its policy version says what a code means.
        trust_id: whose policy in force says so where there is no review.

    """
    lists = [question for question in questions(form) if question["type"] == "look_fors"]
    codes = {code for question in lists for code in question.get("standards", [])}
    if not codes:
        return list(about)
    version = (
        Q(version=review.policy_version_id)
        if review
        else Q(version__status=PolicyVersion.Status.IN_FORCE)
    )
    own = [] if all("standards" in question for question in lists) else [it.pk for it in about]
    found = Standard.objects.filter(trust=trust_id).filter(
        Q(version, code__in=codes) | Q(pk__in=own)
    )
    return list(
        found.select_related("area")
        .order_by("area__position", "position", "id")
        .prefetch_related(Prefetch("look_fors", LookFor.objects.order_by("position", "id")))
    )
