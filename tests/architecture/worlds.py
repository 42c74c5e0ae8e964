"""Three academies full of records, each marked, so that a leak can be seen and named.

*own* and *sibling* are academies of one trust, *foreign* is one of another. Every text field of
every record holds a word that says which world and which table it belongs to; a response that
shows the word to somebody outside that world is a leak.
"""

import re
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models

from tests import factories as build
from trigpoint.judgements.models import Finding
from trigpoint.people.models import User
from trigpoint.people.roles import Role
from trigpoint.records import history
from trigpoint.trusts.models import Body

CANARY = re.compile(r"canary(own|sibling|foreign)x([a-z]*)")
LEFT_ALONE = {  # text that is not free words
    "lineage": "an identifier that rows of several tables share",
    "area_lineage": "an identifier that rows of several tables share",
    "content_sha256": "a hash",
    "content_hash": "a hash",
    "digest": "a hash",
    "sha256": "a hash",
    "received_sha256": "a hash",
    "media_type": "decides how a file is read",
    "password": "a hash",
    "file": "a path in storage",
    "address": "a path of the product",
    "once_key": "names an occasion",
    "token_sha256": "a hash",
    "secret": "opens the page of a survey to whoever has it",
    "review_kind": "a code of another table's list",
    "framework_code": "names a file of the product",
    "need_key": "an identifier nobody reads",
}


@dataclass
class World:
    """One academy, its trust, and at least one record of every kind in it."""

    name: str
    trust: models.Model
    academy: models.Model
    rows: dict[type, list[models.Model]] = field(default_factory=lambda: defaultdict(list))
    labels: dict[uuid.UUID, str] = field(default_factory=dict)

    def keep(self, *rows):
        """Remember rows, and return the first."""
        for row in rows:
            self.rows[type(row)].append(row)
        return rows[0]

    def all_of(self, model):
        """Return the world's rows of one table."""
        return self.rows[model]

    def label(self, label, row):
        """Mark one row by what it is, not by its table: who reads it is told apart (FIELDS)."""
        self.labels[row.pk] = label
        return row

    def word(self, row):
        """Return the mark of a row: its own label, else that of its table."""
        return f"canary{self.name}x{self.labels.get(row.pk, row._meta.model_name)}"


def build_trust(world):
    """Fill in what a whole trust shares: its policy, instruments, bodies, years, themes."""
    trust = world.trust
    board = world.keep(build.BodyFactory.create(trust=trust, kind=Body.Kind.BOARD))
    policy = world.keep(build.PolicyFactory.create(trust=trust))
    version = world.keep(
        build.PolicyVersionFactory.create(policy=policy, in_force=True, approved_by=board)
    )
    scale = world.keep(build.ScaleFactory.create(version=version))
    area = world.keep(build.AreaFactory.create(version=version, lineage="teaching"))
    standard = world.keep(build.StandardFactory.create(area=area))
    level = world.keep(*scale.levels.all())
    world.keep(
        build.SectionFactory.create(version=version),
        build.ResponsibilityFactory.create(version=version, area=area),
        build.CadenceRuleFactory.create(version=version),
        build.CrosswalkFactory.create(area=area),
        build.OutsideFrameworkFactory.create(
            trust=trust, name=f"canary{world.name}xoutsideframework"
        ),
        build.LookForFactory.create(standard=standard),
        build.DescriptorFactory.create(standard=standard, level=level),
        build.PolicyCommentFactory.create(version=version, standard=standard),
        build.ThemeFactory.create(trust=trust),
        build.AcademicYearFactory.create(trust=trust),
        build.ImportRunFactory.create(trust=trust, previewed=True),
        build.StaffImportFactory.create(trust=trust),
        build.EvidenceImportFactory.create(trust=trust),
        build.EvidenceImportFactory.create(trust=trust, confirmed=True),
        build.ColumnMemoryFactory.create(trust=trust),
    )
    draft = world.label("unconsulted", build.PolicyVersionFactory.create(policy=policy))
    unread = world.label("unconsulted", build.AreaFactory.create(version=draft))
    world.keep(draft)
    world.keep(unread)
    world.keep(world.label("unconsulted", build.StandardFactory.create(area=unread)))
    instrument = world.keep(build.InstrumentFactory.create(trust=trust))
    world.keep(build.InstrumentVersionFactory.create(instrument=instrument))
    world.keep(build.InstrumentVersionFactory.create(instrument=instrument, number=2, draft=True))


def build_people(world):
    """Fill in a cluster, a team, its staff, and a sign-in that holds a role."""
    academy, trust = world.academy, world.trust
    world.keep(academy)
    team = world.keep(build.TeamFactory.create(academy=academy))
    staff = world.keep(*build.PersonFactory.create_batch(3, trust=trust))
    world.label("observed", world.all_of(type(staff))[1])
    for person in world.all_of(type(staff)):
        world.keep(build.PostFactory.create(academy=academy, team=team, person=person))
    user = world.keep(build.UserFactory.create(person=staff))
    version = build.PolicyVersionFactory.create(trust=trust, policy__trust=trust)
    world.keep(
        build.NoticeFactory.create(person=staff),
        build.LetterFactory.create(person=staff),
        build.PreferenceFactory.create(person=staff),
        build.FeedFactory.create(person=staff),
        build.AcknowledgementFactory.create(person=staff, version=version),
        build.grant(user, Role.STAFF, at=academy),
        build.BodyFactory.create(trust=trust, kind=Body.Kind.LOCAL, academy=academy),
        build.TierChangeFactory.create(academy=academy),
        build.ClosureFactory.create(academy=academy),
        build.TermFactory.create(
            academy=academy, year=build.AcademicYearFactory.create(trust=trust)
        ),
    )
    return staff, team


def build_review(world, shared, staff, team):
    """Fill in a review with its evidence, claims, judgement, findings and report."""
    version, area = shared.rows_of("policyversion"), shared.rows_of("area")
    standard, level = shared.rows_of("standard"), shared.rows_of("level")
    form = shared.rows_of("instrumentversion")
    world.keep(
        build.InstrumentLabelsFactory.create(academy=world.academy, instrument=form.instrument)
    )
    review = world.keep(
        build.ReviewFactory.create(academy=world.academy, policy_version=version, lead=staff),
    )
    world.keep(
        build.DeadlineFactory.create(review=review),
        build.ReviewTeamMemberFactory.create(review=review, person=staff),
        build.SampleFactory.create(review=review),
        build.ReviewDocumentFactory.create(review=review),
    )
    year = build.AcademicYearFactory.create(trust=world.trust)
    world.keep(
        build.ReviewerProfileFactory.create(person=staff),
        build.ConflictOfInterestFactory.create(academy=world.academy, person=staff),
        build.ProgrammeFactory.create(year=year),
        build.ProgrammeSlotFactory.create(
            programme=build.ProgrammeFactory.create(year=year),
            academy=world.academy,
            lead=staff,
            why="Because",
        ),
    )
    line = world.keep(build.LineOfEnquiryFactory.create(review=review))
    line.standards.add(standard)
    activity = world.keep(
        build.ActivityFactory.create(review=review, instrument_version=form, team=team)
    )
    activity.reviewers.add(staff)
    records = [
        world.label(
            label,
            build.EvidenceRecordFactory.create(
                review=review,
                activity=activity,
                instrument_version=form,
                author=staff,
                observed=world.all_of(type(staff))[1],
                team=team,
                **more,
            ),
        )
        for label, more in (
            ("begun", {}),
            ("submitted", {"submitted": True}),
            ("shared", {"shared": True}),
            ("private", {"shared": True, "is_private": True}),
        )
    ]
    world.keep(build.DiscardedDraftFactory.create(author=staff))
    world.keep(build.DraftSecretFactory.create(person=staff))
    world.keep(build.SpentNumberFactory.create(academy=world.academy))
    build_voices(world, review, form, staff)
    for record in records:
        record.lines.add(line)
        record.standards.add(standard)
        build_record(world, record, staff, shared)
    build_past(world, records[1], staff)
    claims = [
        build.ClaimFactory.create(review=review, standard=standard, proposed_by=staff, line=line),
        build.ClaimFactory.create(
            review=review, standard=standard, proposed_by=staff, agreed=True, agreed_by=staff
        ),
    ]
    for claim in claims:
        world.keep(claim)
        world.keep(build.CitationFactory.create(claim=claim, record=records[2], cited_by=staff))
    judgement = world.keep(
        build.JudgementFactory.create(review=review, area=area, level=level, made_by=staff)
    )
    world.keep(
        build.StandingFactory.create(
            academy=world.academy, area_lineage="teaching", latest=judgement
        )
    )
    build_outcome(world, shared, review, claims[1], staff, team)


def build_past(world, record, staff):
    """Fill in what a submitted record carries: a tag, and the row of a spreadsheet it came from."""
    mark = build.RecordTagFactory.create(record=record, tagged_by=staff)
    upload = build.EvidenceImportFactory.create(trust=world.trust, confirmed=True)
    row = build.ImportedRowFactory.create(record=record, upload=upload)
    world.keep(world.label("submitted", mark.tag))
    world.keep(world.label("submitted", mark))
    world.keep(upload)
    world.keep(world.label("submitted", row))


def build_voices(world, review, form, staff):
    """Fill in surveys, of the academy and of the review, and a paired visit that waits for one."""
    own = build.SurveyFactory.create(academy=world.academy, made_by=staff, closed=True)
    for survey in (
        world.keep(own),
        world.label(
            "reviewsurvey",
            build.SurveyFactory.create(
                academy=world.academy, review=review, made_by=staff, closed=True
            ),
        ),
    ):
        world.keep(survey)
        for _ in range(5):
            world.keep(build.SurveyReplyFactory.create(survey=survey, words="Quieter corridors."))
    other = world.all_of(type(staff))[2]
    pair = build.ActivityFactory.create(
        review=review, instrument_version=form, is_paired=True, status="DONE"
    )
    pair.reviewers.add(staff, other)
    world.keep(pair)
    blind = build.EvidenceRecordFactory.create(
        review=review,
        activity=pair,
        instrument_version=form,
        author=staff,
        submitted=True,
        blind_to=other,
    )
    world.keep(world.label("submitted", blind))


def build_record(world, record, staff, shared):
    """Fill in what hangs off one evidence record, a file with its bytes among them."""
    world.keep(record)
    record.answers = {"focus": world.word(record)}
    record.save()
    path = default_storage.save(
        f"evidence/{record.pk}.txt", ContentFile(world.word(record).encode())
    )
    parts = (
        build.NoteFactory.create(record=record),
        build.EarlierVersionFactory.create(record=record),
        build.LookForMarkFactory.create(record=record, look_for=shared.rows_of("lookfor")),
        build.AttachmentFactory.create(record=record, file=path),
        build.UploadPartFactory.create(record=record),
        build.ReplyFactory.create(record=record, author=staff),
    )
    for part in parts:
        world.keep(world.label(world.labels[record.pk], part))


def build_outcome(world, shared, review, claim, staff, team):
    """Fill in findings and what follows from them: report, actions, needs, practice, a meeting."""
    area, theme = shared.rows_of("area"), shared.rows_of("theme")
    about = {"review": review, "area": area, "raised_by": staff, "theme": theme, "claim": claim}
    finding = world.keep(build.FindingFactory.create(**about, published=True))
    world.keep(
        world.label("unpublished", build.FindingFactory.create(**about)),
        build.FindingFactory.create(**about, published=True, scope=Finding.Scope.TEAM, team=team),
        world.label(
            "individual",
            build.FindingFactory.create(
                **about,
                published=True,
                scope=Finding.Scope.INDIVIDUAL,
                person=world.all_of(type(staff))[1],
            ),
        ),
    )
    report = world.keep(build.ReportFactory.create(review=review, written_by=staff, final=True))
    statement = world.keep(build.ReportStatementFactory.create(report=report, claim=claim))
    world.keep(build.FactualCommentFactory.create(statement=statement, author=staff))
    other = build.ReviewFactory.create(
        academy=world.academy, policy_version=review.policy_version, lead=staff
    )
    world.keep(other)
    draft = world.label("drafted", build.ReportFactory.create(review=other, written_by=staff))
    made = build.JudgementFactory.create(
        review=other, area=area, level=shared.rows_of("level"), made_by=staff, provisional=True
    )
    world.keep(draft, world.label("provisional", made))
    owner = {"finding": finding, "owner": staff, "raised_by": staff}
    world.keep(build.ActionFactory.create(**owner))
    done = build.ActionFactory.create(**owner, done=True)
    world.keep(done)
    world.keep(
        build.ImpactCheckFactory.create(action=done, checked_by=staff),
        build.DevelopmentNeedFactory.create(academy=world.academy, theme=theme, person=staff),
        build.GoodPracticeFactory.create(academy=world.academy, nominated_by=staff),
        build.GoodPracticeFactory.create(academy=world.academy, nominated_by=staff, published=True),
    )
    body = next(row for row in world.all_of(Body) if row.academy_id)
    meeting = world.keep(build.MeetingFactory.create(body=body))
    world.keep(
        build.PaperFactory.create(meeting=meeting, report=report),
        build.ChallengeFactory.create(meeting=meeting, asked_by=staff),
        build.DecisionFactory.create(meeting=meeting),
    )
    return draft


@dataclass
class Shared:
    """What both academies of one trust hang their records on."""

    world: World

    def rows_of(self, name):
        """Return the first row of the table with this name."""
        return next(
            rows[0] for model, rows in self.world.rows.items() if model._meta.model_name == name
        )


def build_worlds():
    """Return the three worlds by name, marked."""
    ours, theirs = build.TrustFactory.create(), build.TrustFactory.create()
    own = World("own", ours, build.AcademyFactory.create(trust=ours))
    sibling = World("sibling", ours, build.AcademyFactory.create(trust=ours))
    foreign = World("foreign", theirs, build.AcademyFactory.create(trust=theirs))
    for world in (own, foreign):
        world.keep(world.trust)
        build_trust(world)
    for world, shared in ((own, Shared(own)), (sibling, Shared(own)), (foreign, Shared(foreign))):
        cluster = world.keep(build.ClusterFactory.create(trust=world.trust))
        world.academy.cluster = cluster
        world.academy.save()
        staff, team = build_people(world)
        build_review(world, shared, staff, team)
        mark(world)
    return {world.name: world for world in (own, sibling, foreign)}


def mark(world):
    """Write the world's word into every free text of its rows, and into their history."""
    count = 0
    for model, rows in world.rows.items():
        fields = [f for f in model._meta.concrete_fields if _is_free_text(f)]
        for row in rows:
            count += 1
            for one in fields:
                if getattr(row, one.attname) or (one.blank and not _is_tied(model, one.name)):
                    setattr(row, one.attname, _text(world, row, one, count))
            model.objects.filter(pk=row.pk).update(
                **{one.attname: getattr(row, one.attname) for one in fields}
            )
            if model is not User:
                history.write(row, "marked", by=None, words=world.word(row))


def _is_free_text(one):
    if one.name in LEFT_ALONE or one.choices or one.primary_key:
        return False
    if isinstance(one, models.EmailField):
        return True
    wide_enough = not one.max_length or one.max_length >= len("canaryforeignx") + 4
    return isinstance(one, models.CharField | models.TextField) and wide_enough


def _is_tied(model, name):
    """Say whether a check constraint of the table speaks about an empty field: leave it empty."""
    return any(
        f"'{name}'" in str(constraint.deconstruct())
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    )


def _text(world, row, one, count):
    word = world.word(row)
    if isinstance(one, models.EmailField):
        return f"{word}{count}@example.org"
    text = f"{word} {count}"
    return text if not one.max_length else text[: one.max_length]


PEOPLE = {  # who walks: a role, and the place it is held in
    "QA lead of the trust": (Role.QA_LEAD, "trust"),
    "reviewer of the trust": (Role.REVIEWER, "trust"),
    "reviewer of one review": (Role.REVIEWER, "review"),
    "headteacher of one academy": (Role.HEADTEACHER, "academy"),
    "headteacher of one cluster": (Role.HEADTEACHER, "cluster"),
    "team leader of one team": (Role.TEAM_LEADER, "team"),
    "member of staff": (Role.STAFF, "academy"),
    "trustee": (Role.TRUSTEE, "trust"),
    "governor of one academy": (Role.TRUSTEE, "academy"),
    "training lead": (Role.TRAINING_LEAD, "trust"),
    "administrator": (Role.ADMINISTRATOR, "trust"),
    "data-protection officer": (Role.DPO, "trust"),
}

FIELDS = {  # what is marked by its own word, and whether each of PEOPLE, in order, reads it: 1 or 0
    "observed": "111111000110",  # the name of somebody observed: where staff are seen by name
    "unconsulted": "100000000010",  # a version of the policy that is still being written
    "begun": "000000000000",  # a record its author is still writing
    "submitted": "111000000000",  # not shared yet: whoever weighs it
    "shared": "111111000000",
    "private": "000000000000",  # the author and the person observed, whoever else asks
    "unpublished": "111000000000",  # a finding that has not left the review's team
    "individual": "111110000000",  # a published finding about one person
    "provisional": "110000000000",  # a level whose report is not final, of another review
    "drafted": "110000000000",  # a report that is still being written, of another review
    "factualcomment": "111110000000",  # between the academy and the review's team
    "developmentneed": "000000000000",  # a person's own; others see totals
}


def somebody(world, who):
    """Build one of ``PEOPLE`` in a world; those who work there also have a post."""
    role, place = PEOPLE[who]
    there = {
        "trust": world.trust,
        "academy": world.academy,
        "cluster": world.academy.cluster,
        "team": Shared(world).rows_of("team"),
        "review": Shared(world).rows_of("review"),
    }[place]
    user = build.person(role, at=there)
    if place not in {"trust", "review"}:  # a guest works elsewhere
        build.PostFactory.create(
            person=user.person, academy=world.academy, team=Shared(world).rows_of("team")
        )
    return user


NOWHERE = uuid.UUID(int=404)
