"""Telling people something, and mailing it to them once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from trigpoint.people.notices import queries, rules
from trigpoint.people.notices.models import Letter, Notice, Preference
from trigpoint.people.staff.models import Person
from trigpoint.records import queue

if TYPE_CHECKING:
    from trigpoint.people.models import User

DELIVER = "trigpoint.people.notices.tasks.deliver"
AT_A_TIME = 50  # people a task writes to, so that one failure does not hold up a whole trust
IN_HAND = timedelta(
    minutes=20
)  # longer than a task and its letters ever take: 50 times EMAIL_TIMEOUT
# Refused because of its address or its words; ValueError is an address no mail can be sent to.
OF_THIS_LETTER = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What there is to tell. ``once_key`` names the occasion: nobody is told of it twice."""

    kind: str
    sentence: str
    address: str
    once_key: str


@transaction.atomic
def tell(
    people: Iterable[Person], news: News, *, at: datetime, besides: "User | None" = None
) -> None:
    """Tell people something, in the transaction that makes it so; who did it need not be told."""
    told = {person.pk: person for person in people if not besides or person.pk != besides.person_id}
    chosen = dict(Preference.objects.filter(person__in=told).values_list("person", "how"))
    wants = {pk: chosen.get(pk, rules.UNLESS_CHOSEN) for pk in told}
    Notice.objects.bulk_create(
        (
            Notice(
                trust_id=person.trust_id,
                person=person,
                kind=news.kind,
                sentence=news.sentence,
                address=news.address,
                once_key=news.once_key,
                made_at=at,
                is_for_mail=wants[pk] != rules.How.IN_APP,
            )
            for pk, person in told.items()
        ),
        ignore_conflicts=True,
        batch_size=500,
    )
    queue_letters([pk for pk, how in wants.items() if how == rules.How.AT_ONCE])


def queue_letters(person_ids: Sequence[UUID]) -> None:
    """Have letters written to people and sent, a few at a time."""
    for start in range(0, len(person_ids), AT_A_TIME):
        queue.later(DELIVER, [str(pk) for pk in person_ids[start : start + AT_A_TIME]])


def forget(*, before: datetime) -> int:
    """Delete notices made before a moment; they only point at what is kept. Return how many."""
    _, counted = Notice.objects.filter(made_at__lt=before).delete()
    return counted.get(Notice._meta.label, 0)


def take_back(once_key: str) -> None:
    """Delete the notices of something that is no longer so: they would lead nowhere."""
    Notice.objects.filter(once_key=once_key).delete()


@transaction.atomic
def see(*, notice: Notice, by: "User", at: datetime) -> Notice:
    """Note that somebody has followed a notice. Seeing it again changes nothing."""
    rules.may_view(by, notice).enforce()
    Notice.objects.filter(pk=notice.pk, seen_at=None).update(seen_at=at)
    return notice


@transaction.atomic
def see_all(*, by: "User", at: datetime) -> int:
    """Note that somebody has seen all their notices; return how many were new."""
    return Notice.objects.filter(person=by.person_id, seen_at=None).update(seen_at=at)


@transaction.atomic
def choose_preference(*, how: str, by: "User") -> Preference:
    """Set how often somebody wants mail, from the next notice on."""
    facts = {"trust_id": by.trust_id, "how": how}
    chosen, _ = Preference.objects.update_or_create(person=by.person, defaults=facts)
    if how == rules.How.IN_APP:
        queries.system_waiting().filter(person=by.person_id).update(is_for_mail=False)
    if how == rules.How.AT_ONCE:  # what waited for the next morning waits no more
        queue_letters([by.person_id])
    return chosen


def deliver(*, person_ids: Sequence[UUID], at: datetime) -> list[UUID]:
    """Send people the letters that wait for them; return who has one that did not arrive.

    A letter is written in one transaction and sent in none, so that nobody waits for a mail
    server. One worker has it in hand at a time. Killed between the server's yes and writing that
    down, it sends the same Message-ID once more, by which mail programs know it.
    """
    letters = _write(person_ids, at=at)
    left = [letter.person_id for letter in letters]
    if not letters:
        return left
    connection = mail.get_connection()
    for letter in letters:
        if not _take(letter, at=at):
            continue
        try:
            connection.open()
            connection.send_messages([_message(letter)])
        except OF_THIS_LETTER:
            _let_go(letter)
        except OSError:  # the server is away, hangs or refuses everybody: later, for all of them
            _let_go(letter)
            break
        else:
            Letter.objects.filter(pk=letter.pk).update(sent_at=at, held_until=None)
            left.remove(letter.person_id)
    _hang_up(connection)
    return left


@transaction.atomic
def _write(person_ids: Sequence[UUID], *, at: datetime) -> list[Letter]:
    """Put what waits for each person into a letter, and return every letter not sent yet."""
    here = Person.objects.here(on=timezone.localtime(at).date())
    people = here.filter(pk__in=person_ids, user__is_switched_on=True).exclude(
        preference__how=rules.How.IN_APP
    )
    found = list(people.order_by("pk").select_for_update(of=("self",), no_key=True))
    waiting = queries.system_waiting().filter(person__in=found)
    writing_to = set(waiting.values_list("person", flat=True))
    for person in found:
        if person.pk in writing_to:
            letter = Letter.objects.create(trust_id=person.trust_id, person=person, written_at=at)
            waiting.filter(person=person).update(letter=letter)
    unsent = Letter.objects.filter(person__in=found, sent_at=None)
    return list(
        unsent.select_related("person__user", "person__preference")
        .prefetch_related("notices")
        .order_by("written_at", "pk")
    )


def _take(letter: Letter, *, at: datetime) -> bool:
    """Take a letter in hand, unless it is sent or another worker has it."""
    free = Q(held_until=None) | Q(held_until__lt=at)
    mine = Letter.objects.filter(free, pk=letter.pk, sent_at=None)
    return bool(mine.update(held_until=at + IN_HAND))


def _let_go(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(held_until=None)


def _hang_up(connection: BaseEmailBackend) -> None:
    """Close the connection; a server that is gone needs no goodbye."""
    try:
        connection.close()
    except OSError:
        return


def _message(letter: Letter) -> mail.EmailMultiAlternatives:
    """Write a letter out, as text and as simple HTML. Its subject says nothing about anybody."""
    notices = sorted(letter.notices.all(), key=lambda notice: notice.made_at)
    preference = getattr(letter.person, "preference", None)
    how = rules.How(preference.how if preference else rules.UNLESS_CHOSEN)
    context = {"notices": notices, "site": settings.TRIGPOINT_URL, "how": how.label.lower()}
    host = urlsplit(settings.TRIGPOINT_URL).hostname
    message = mail.EmailMultiAlternatives(
        subject=rules.subject(notices),
        body=render_to_string("people/notices/letter.txt", context),
        to=[letter.person.user.email],
        headers={"Message-ID": f"<{letter.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("people/notices/letter.html", context), "text/html")
    return message
