"""People join the trust, are appointed to posts, and leave when the last one ends."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.people.staff import rules
from trigpoint.people.staff.models import Person, Post
from trigpoint.people.staff.rules import PersonFacts, PostFacts
from trigpoint.records import history
from trigpoint.records.refusals import Refused
from trigpoint.trusts.models import Trust
from trigpoint.trusts.structure.operations import system_hold

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def join(*, trust: Trust, facts: PersonFacts, by: "User | None") -> Person:
    """Add a person to a trust. Joining gives no role and no sign-in.

    Raises:
        Refused: the person may not, or somebody has that staff number or email already.

    """
    if by:
        rules.may_join(by, trust).enforce()
    system_hold(trust)
    for column, value in (("staff_number", facts.staff_number), ("email", facts.email)):
        if value and Person.objects.filter(trust=trust, **{column: value}).exists():
            label = "staff number" if column == "staff_number" else "email address"
            reason = f"Somebody in the trust has the {label} {value} already. Look for them first."
            raise Refused(reason)
    person = Person.objects.create(trust=trust, **asdict(facts))
    history.write(person, "joined", by=by)
    return person


@transaction.atomic
def correct(*, person: Person, facts: PersonFacts, by: "User | None") -> list[str]:
    """Take over a new name, email address or staff number; what is empty says nothing.

    Returns:
        The names of the fields that changed.

    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if by:
        rules.may_join(by, person.trust).enforce()
    said = {
        column: value
        for column, value in asdict(facts).items()
        if value and column != "kind" and getattr(person, column) != value
    }
    for column, value in said.items():
        setattr(person, column, value)
    if said:
        person.save(update_fields=list(said))
        history.write(person, "corrected", by=by, fields=list(said))
    return list(said)


@transaction.atomic
def appoint(*, person: Person, facts: PostFacts, by: "User | None") -> Post:
    """Give a person a post, at an academy or in the central team.

    Raises:
        Refused: the person may not, or the place is another trust's.

    """
    if by:
        rules.may_appoint(by, person, facts).enforce()
    columns = {column: getattr(facts, column) for column in facts.__slots__}
    post = Post.objects.create(trust_id=person.trust_id, person=person, **columns)
    history.write(post, "appointed", by=by, title=facts.title)
    note_leaving(person, because_of=post, by=by)
    return post


@transaction.atomic
def revise_post(*, post: Post, changes: dict[str, object], by: "User | None") -> Post:
    """Take over what is newly known of a post, by field name."""
    post = Post.objects.select_for_update(of=("self",)).select_related("person").get(pk=post.pk)
    if by:
        rules.may_join(by, post.trust).enforce()
    for column, value in changes.items():
        setattr(post, column, value)
    post.save(update_fields=list(changes))
    history.write(post, "revised", by=by, fields=list(changes))
    note_leaving(post.person, because_of=post, by=by)
    return post


def note_leaving(person: Person, *, because_of: Post, by: "User | None") -> None:
    """Keep a person's last day in step with their posts: the end of the last one, if all end.

    From the day after, their roles count no more and they cannot sign in.
    """
    if not (because_of.ends_on or person.left_on):
        return
    left_on = rules.last_day(person.posts.values_list("ends_on", flat=True))
    if left_on == person.left_on:
        return
    person.left_on = left_on
    person.save(update_fields=["left_on"])
    if left_on:
        history.write(person, "leaves", by=by, on=left_on.isoformat())
    else:
        history.write(person, "stays", by=by)
