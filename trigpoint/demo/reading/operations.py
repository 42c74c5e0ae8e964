"""Most have read the policy in force, some were reminded, and last week's notices are still new."""

from datetime import timedelta

from django.db.models import F

from trigpoint.demo.cast.rules import act_on
from trigpoint.demo.stage.rules import Story, moment
from trigpoint.people.models import Notice, User
from trigpoint.policies.acknowledgements import operations as acknowledgements
from trigpoint.policies.acknowledgements import queries
from trigpoint.policies.acknowledgements.operations import system_ask

READ_SHARE = 0.85  # of those who can sign in; the policy's first weeks do most of it
WITHIN_DAYS = 40
REMINDED = timedelta(days=5)  # ago
NEW = timedelta(days=8)


def read(story: Story) -> None:
    """Let the staff read the policy in force, and everybody their notices."""
    lead = story.cast.lead
    version = queries.system_in_force().get(trust=story.cast.trust)
    began = version.effective_on or story.today
    system_ask(version.pk, at=moment(began))
    staff = queries.system_must_read(version, on=story.today)
    readers = User.objects.filter(person__in=staff).order_by("email")
    heads = {place.head.pk for place in story.cast.places}
    for user in readers:
        on = min(began + timedelta(days=story.words.between(0, WITHIN_DAYS)), story.today)
        if user.pk in heads or story.words.chance(READ_SHARE):
            acknowledgements.acknowledge(version=version, by=user, on=on)
    reminded_at = moment(max(story.today - REMINDED, began))
    acting = act_on(lead, story.today)
    for place in map(str, (it.academy.pk for it in story.cast.places)):
        waiting = queries.to_nudge(version, viewer=acting, on=story.today, place=place)
        if waiting.exists():
            acknowledgements.nudge_all(version=version, place=place, by=acting, at=reminded_at)
            break
    Notice.objects.filter(made_at__lt=moment(story.today - NEW)).update(
        seen_at=F("made_at") + timedelta(days=1)
    )
