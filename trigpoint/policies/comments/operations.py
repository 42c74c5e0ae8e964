"""The verbs of a comment: comment, withdraw, answer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from trigpoint.people.models import Notice
from trigpoint.people.notices.operations import News, tell
from trigpoint.policies.comments import rules
from trigpoint.policies.comments.models import PolicyComment
from trigpoint.policies.standards.models import Standard
from trigpoint.policies.versions.models import PolicyVersion, Section
from trigpoint.policies.versions.operations import system_lock
from trigpoint.records import history
from trigpoint.records.refusals import Refused
from trigpoint.records.revisions import keep_both

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Subject:
    """What a comment is about; neither is the version as a whole."""

    standard: Standard | None = None
    section: Section | None = None

    @property
    def words(self) -> str:
        """Return it as people say it."""
        return str(self.standard or self.section or "The policy as a whole")


@transaction.atomic
def comment(
    *, version: PolicyVersion, subject: Subject, text: str, by: "User", at: datetime, on: date
) -> PolicyComment:
    """Say something of a version in consultation. The same words twice are one comment.

    Raises:
        Refused: the version is not in consultation, its last day has gone by, or the person
            does not belong to the trust.
        ValueError: the subject is not of this version.

    """
    version = system_lock(version)
    rules.may_comment(by, version, on=on).enforce()
    for part in (subject.standard, subject.section):
        if part and part.version_id != version.pk:
            msg = "A comment is about a part of the version it is made on."
            raise ValueError(msg)
    made, is_new = PolicyComment.objects.get_or_create(
        trust_id=version.trust_id,
        version=version,
        standard=subject.standard,
        section=subject.section,
        author=by.person,
        text=text,
        defaults={"about": subject.words[:160], "made_at": at},
    )
    if is_new:
        history.write(made, "made", by=by, about=made.about)
    return made


@transaction.atomic
def withdraw(*, comment: PolicyComment, by: "User") -> PolicyVersion:
    """Take a comment back before it is answered. What it said stays in the version's history.

    Raises:
        Refused: somebody else made it, it is answered, or the version is past consultation.

    """
    comment = _locked(comment)
    rules.may_withdraw(by, comment).enforce()
    history.write(comment.version, "comment withdrawn", by=by, about=comment.about,
                  text=comment.text)  # fmt: skip
    version = comment.version
    comment.delete()
    return version


@transaction.atomic
def answer(
    *,
    comment: PolicyComment,
    disposition: str,
    answer: str,
    base_revision: str,
    by: "User",
    at: datetime,
) -> PolicyComment:
    """Say what was done with a comment, and why.

    Raises:
        Refused: the person does not write the policy, or the version is approved.
        Stale: somebody else answered it since ``base_revision``.

    """
    comment = _locked(comment)
    rules.may_answer(by, comment).enforce()
    keep_both(
        base_revision,
        stored={"disposition": comment.disposition, "answer": comment.answer},
        wanted={"disposition": disposition, "answer": answer},
    )
    comment.disposition, comment.answer = disposition, answer
    comment.answered_by, comment.answered_at = by.person, at
    comment.save(update_fields=["disposition", "answer", "answered_by", "answered_at"])
    history.write(comment, "answered", by=by, disposition=disposition, answer=answer)
    number = comment.version.number
    news = News(
        kind=Notice.Kind.POLICY_TO_READ,
        sentence=f"Your comment on version {number} of the policy has been answered.",
        address=reverse("policies:comments-index", args=[comment.version_id]),
        once_key=f"policy-comment-answered:{comment.pk}",
    )
    tell([comment.author], news, at=at, besides=by)
    return comment


def _locked(comment: PolicyComment) -> PolicyComment:
    """Lock the version's policy, which all its comments wait for, and read the comment again."""
    version = system_lock(comment.version)
    found = PolicyComment.objects.filter(pk=comment.pk).first()
    if found is None:
        msg = "This comment was taken back a moment ago, so there is nothing to answer."
        raise Refused(msg)
    found.version = version
    return found
