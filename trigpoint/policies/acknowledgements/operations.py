"""Confirming that one has read the policy, and reminding those who have not."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from trigpoint.people.grants.queries import system_holders
from trigpoint.people.models import Notice, Person
from trigpoint.people.notices import operations as notices
from trigpoint.people.notices.operations import News
from trigpoint.people.roles import Capability
from trigpoint.policies.acknowledgements import queries, rules
from trigpoint.policies.acknowledgements.models import Acknowledgement
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.policies.versions.operations import PolicyAdopted
from trigpoint.policies.versions.rules import invitation_key
from trigpoint.records import history, queue
from trigpoint.records.days import day_words

if TYPE_CHECKING:
    from trigpoint.people.models import User

POLICY = "/policies/"
ASK = "trigpoint.policies.acknowledgements.tasks.ask"


def on_policy_adopted(event: PolicyAdopted) -> None:
    """Have everybody asked to read a version that came into force."""
    queue.later(ASK, str(event.version_id))


@transaction.atomic
def acknowledge(*, version: PolicyVersion, by: "User", on: date) -> Acknowledgement:
    """Note that somebody says they have read a version. Saying so twice is saying it once.

    Raises:
        Refused: the version is not in force, or they hold no post.

    """
    version = PolicyVersion.objects.select_for_update(no_key=True).get(pk=version.pk)
    has_post = queries.system_holds_post(by.person_id, on=on)
    rules.may_acknowledge(version, has_post=has_post).enforce()
    said, is_new = Acknowledgement.objects.select_for_update().get_or_create(
        version=version,
        person=by.person,
        defaults={"trust_id": version.trust_id, "acknowledged_on": on},
    )
    if is_new or said.acknowledged_on is None:
        said.acknowledged_on = on
        said.save(update_fields=["acknowledged_on"])
        history.write(said, "acknowledged", by=by, on=on, number=version.number)
    return said


@transaction.atomic
def nudge(*, version: PolicyVersion, person: Person, by: "User", at: datetime) -> None:
    """Remind one person who has not confirmed the version in force.

    Raises:
        Refused: it is not in force or not theirs to do, or the person has read it, was reminded
            just now, or has no sign-in.

    """
    on = timezone.localtime(at).date()
    version = PolicyVersion.objects.select_for_update(no_key=True).get(pk=version.pk)
    in_reach = queries.readers(version, viewer=by, on=on).filter(pk=person.pk).exists()
    rules.may_nudge(by, version, in_reach=in_reach).enforce()
    row = Acknowledgement.objects.select_for_update().filter(version=version, person=person).first()
    user = getattr(person, "user", None)
    signs_in = bool(user and user.is_switched_on)
    rules.may_nudge_now(person.name, row, version, signs_in=signs_in, on=on).enforce()
    _nudge(version, [person], by=by, at=at)


@transaction.atomic
def nudge_all(*, version: PolicyVersion, place: str, by: "User", at: datetime) -> int:
    """Remind everybody in one's reach who has not confirmed it; return how many.

    Raises:
        Refused: it is not in force or not theirs to do, or nobody is left to remind.

    """
    on = timezone.localtime(at).date()
    version = PolicyVersion.objects.select_for_update(no_key=True).get(pk=version.pk)
    rules.may_nudge(by, version).enforce()
    people = list(queries.to_nudge(version, viewer=by, on=on, place=place))
    rules.has_anybody_to_nudge(version, len(people)).enforce()
    _nudge(version, people, by=by, at=at)
    return len(people)


def _nudge(version: PolicyVersion, people: Iterable[Person], *, by: "User", at: datetime) -> None:
    on = timezone.localtime(at).date()
    told = list(people)
    Acknowledgement.objects.bulk_create(
        (
            Acknowledgement(trust_id=version.trust_id, version=version, person=person, nudged_on=on)
            for person in told
        ),
        update_conflicts=True,
        unique_fields=["version", "person"],
        update_fields=["nudged_on"],
        batch_size=500,
    )
    news = News(
        kind=Notice.Kind.POLICY_TO_READ,
        sentence=(
            f"Please read version {version.number} of the {version.policy.name} and confirm that "
            "you have."
        ),
        address=POLICY,
        once_key=f"policy-nudge:{version.pk}:{on}",
    )
    notices.tell(told, news, at=at)
    history.write(version, "nudged", by=by, on=on, count=len(told))


@transaction.atomic
def system_ask(version_id: UUID, *, at: datetime) -> int:
    """Tell everybody who must that a version is in force; nothing if another has replaced it."""
    version = queries.system_in_force().filter(pk=version_id).first()
    if version is None:
        return 0
    people = list(queries.system_must_read(version, on=timezone.localtime(at).date()))
    news = News(
        kind=Notice.Kind.POLICY_TO_READ,
        sentence=(
            f"Version {version.number} of the {version.policy.name} is in force. Please read it "
            "and confirm that you have."
        ),
        address=POLICY,
        once_key=f"policy-in-force:{version.pk}",
    )
    notices.tell(people, news, at=at)
    return len(people)


@transaction.atomic
def system_invite(version_id: UUID, *, at: datetime) -> int:
    """Tell everybody who will have to read a version that they may comment on it now."""
    version = PolicyVersion.objects.select_related("policy").get(pk=version_id)
    if version.status != PolicyVersion.Status.CONSULTATION or version.consult_until is None:
        return 0
    people = list(queries.system_must_read(version, on=timezone.localtime(at).date()))
    news = News(
        kind=Notice.Kind.POLICY_TO_READ,
        sentence=(
            f"Version {version.number} of the {version.policy.name} is in consultation until "
            f"{day_words(version.consult_until)}. Say what you think of it."
        ),
        address=f"{POLICY}?version={version.number}",
        once_key=invitation_key(version),
    )
    notices.tell(people, news, at=at)
    return len(people)


@transaction.atomic
def system_announce_reviews(*, at: datetime) -> int:
    """Tell those who look after a policy that its review falls due, as early as the policy says."""
    on, told = timezone.localtime(at).date(), 0
    for version in queries.system_in_force():
        days = rules.review_notice(version, on=on)
        if days is None or version.review_due_on is None:
            continue
        due = day_words(version.review_due_on)
        late = version.review_due_on < on
        news = News(
            kind=Notice.Kind.POLICY_REVIEW_DUE,
            sentence=f"The {version.policy.name} {'was' if late else 'is'} due for review by {due}.",
            address=POLICY,
            once_key=f"policy-review:{version.pk}:{version.review_due_on}:{days}",
        )
        people = system_holders(Capability.POLICY_ADOPT, trust_id=version.trust_id, on=on)
        notices.tell(people, news, at=at)
        told += 1
    return told
