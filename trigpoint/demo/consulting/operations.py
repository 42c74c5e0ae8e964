"""Drafting the next version of the policy and putting it to everybody."""

from datetime import timedelta

from trigpoint.demo.stage.rules import Story, moment
from trigpoint.people.models import User
from trigpoint.policies.comments import operations as comments
from trigpoint.policies.comments.operations import Subject
from trigpoint.policies.drafts import operations as drafts
from trigpoint.policies.models import PolicyVersion, Scale
from trigpoint.policies.numbers import operations as numbers
from trigpoint.policies.scales import operations as scales
from trigpoint.policies.settings.rules import told
from trigpoint.policies.standards import operations as standards
from trigpoint.policies.standards.operations import Words
from trigpoint.policies.standards.queries import system_told
from trigpoint.policies.versions.queries import system_version_in_force
from trigpoint.records.revisions import revision_of

OPENED, LASTS = timedelta(days=9), timedelta(days=12)  # ago, and from today
REWORDED = "teaching-checking-understanding"
STATEMENT = (
    "Teachers find out what each pupil understands while the lesson runs, and act on it before "
    "moving on."
)
MEANING = "The bar rose: each pupil is heard from in a lesson, where most was enough before."
WORDY = "quality-assurance"  # the draft gives how a school checks itself no level
DRAFT = "clock-draft"
DRAFT_DAYS = 4  # a draft report a day sooner than today


def consult(story: Story) -> None:
    """Let the lead draft the next version, and colleagues say what they think of it."""
    lead, opened_on = story.cast.lead, story.today - OPENED
    current = system_version_in_force(story.cast.trust.pk)
    if current is None:
        return
    version = drafts.begin(version=current, by=lead)
    _reword(version, lead)
    in_words = version.scales.get(code=Scale.WORDS)
    wordy = version.areas.get(lineage=WORDY)
    scales.assign(
        version=version,
        scales={wordy.pk: in_words},
        base_revision=revision_of([str(wordy.scale_id)]),
        by=lead,
    )
    numbers.choose(
        version=version,
        chosen={DRAFT: DRAFT_DAYS},
        base_revision=revision_of([told(version.settings)[DRAFT]]),
        by=lead,
    )
    version = drafts.consult(version=version, until=story.today + LASTS, by=lead, on=opened_on)
    _comment(story, version)


def _reword(version: PolicyVersion, lead: User) -> None:
    standard = version.standards.get(lineage=REWORDED)
    words = system_told(standard)
    look_fors = {
        name.removeprefix("look_for-"): text
        for name, text in words.items()
        if name.startswith("look_for-")
    }
    standards.reword(
        standard=standard,
        words=Words(
            code=standard.code,
            title=standard.title,
            statement=STATEMENT,
            expected_kinds=standard.expected_kinds,
            meaning_changed=MEANING,
            look_fors=look_fors,
            new_look_fors=["Pupils who seldom speak are asked, and have time to think"],
            descriptors={},
        ),
        base_revision=revision_of(words.values()),
        by=lead,
    )


def _comment(story: Story, version: PolicyVersion) -> None:
    head, deputy = story.cast.places[0].head, story.cast.places[-1].deputy
    about = Subject(standard=version.standards.get(lineage=REWORDED))
    at = moment(story.today)
    first = comments.comment(
        version=version,
        subject=about,
        text="In reception not every child answers aloud. Could a look-for say that pointing or "
        "building counts as an answer?",
        by=head,
        at=at - timedelta(days=6),
        on=story.today - timedelta(days=6),
    )
    comments.answer(
        comment=first,
        disposition="PARTLY",
        answer="Yes. The look-for on giving an answer will name pointing and building; the "
        "standard itself stays as it is.",
        base_revision=revision_of(["", ""]),
        by=story.cast.lead,
        at=at - timedelta(days=3),
    )
    comments.comment(
        version=version,
        subject=Subject(),
        text="Four working days for a draft report is short in a week with parents’ evening. Can "
        "the lead ask for one more day?",
        by=deputy,
        at=at - timedelta(days=1),
        on=story.today - timedelta(days=1),
    )
