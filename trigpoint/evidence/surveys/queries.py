"""Surveys as lists, the one a link opens, and what its replies add up to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from trigpoint.evidence.counts.rules import Shown, shown
from trigpoint.evidence.names.rules import COVER, covered, names_in_haste
from trigpoint.evidence.surveys import rules
from trigpoint.evidence.surveys.models import Survey, SurveyReply
from trigpoint.people.names.queries import system_staff_names
from trigpoint.people.names.rules import REMOVED, without_names
from trigpoint.people.roles import Capability
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews.queries import capturing
from trigpoint.trusts.models import Academy

if TYPE_CHECKING:
    from trigpoint.people.models import User

NO_ANSWER = ("", "No answer")


@dataclass(frozen=True, slots=True)
class Result:
    """One question and how many gave each answer, as far as it may be said."""

    text: str
    answers: Sequence[tuple[str, Shown]]

    @property
    def any_hidden(self) -> bool:
        """Say whether some of its counts are left out."""
        return any(count.hidden for _, count in self.answers)


@dataclass(frozen=True, slots=True)
class Held:
    """Words that wait for a second look, with what may be a name covered up."""

    reply_id: UUID
    covered: str


@dataclass(frozen=True, slots=True)
class Results:
    """What a survey's replies add up to. Nothing but counts of replies until it is over."""

    count: int
    fewest: int
    is_over: bool
    questions: Sequence[Result] = ()
    words: Sequence[str] = ()
    held: Sequence[Held] = ()

    @property
    def any_hidden(self) -> bool:
        """Say whether some counts are left out."""
        return any(it.any_hidden for it in self.questions)

    @property
    def hidden_in_words(self) -> str:
        """Say what stands in place of a count that is left out."""
        return (
            f"“Not shown” stands for a number under {self.fewest}, or one from which such a number "
            "could be worked out."
        )

    @property
    def is_shown(self) -> bool:
        """Say whether it is over and enough replied."""
        return self.is_over and self.count >= self.fewest


def register(*, viewer: "User", academy_id: UUID | None = None) -> QuerySet[Survey]:
    """Return the surveys the viewer may open, newest first, with how many replied."""
    found = Survey.objects.visible_to(viewer)
    if academy_id:
        found = found.filter(academy=academy_id)
    return (
        found.select_related("academy", "review", "made_by")
        .annotate(reply_count=Count("replies"))
        .order_by("-opens_on", "-id")
    )


def places(*, viewer: "User") -> list[tuple[str, str]]:
    """Return where the viewer may make a survey: open reviews they work in, and academies."""
    academies = Academy.objects.filter(
        viewer.access.where(Capability.EVIDENCE_CAPTURE, academy="id"), closed_on=None
    )
    return [
        *((f"review:{it.pk}", f"{it.title}, {it.academy.name}") for it in capturing(viewer=viewer)),
        *((f"academy:{it.pk}", it.name) for it in academies.order_by("name", "id")),
    ]


def place(chosen: str, *, viewer: "User") -> tuple[Academy, Review | None]:
    """Return the academy and the review that one of the viewer's ``places`` stands for."""
    kind, _, pk = chosen.partition(":")
    if kind == "academy":
        return Academy.objects.visible_to(viewer).get(pk=pk), None
    review = Review.objects.visible_to(viewer).select_related("academy").get(pk=pk)
    return review.academy, review


def system_answering(secret: str, *, on: date) -> Survey | None:
    """Return the survey a link opens that day; None for an old, closed or unknown one alike."""
    found = Survey.objects.filter(secret=secret.lower()[:24]).select_related("academy", "trust")
    survey = found.first()
    return survey if survey and rules.is_answering(survey, on=on) else None


def system_over(*, on: date) -> QuerySet[Survey]:
    """Return the open surveys whose last day is past."""
    found = Survey.objects.filter(status=Survey.Status.OPEN, closes_on__lt=on)
    return found.select_related("trust").order_by("id")


def system_with_replies() -> QuerySet[Survey]:
    """Return the surveys that are over and still hold replies, with how many, and their trust."""
    over = Q(status__in=[Survey.Status.CLOSED, Survey.Status.RECORDED], emptied_on=None)
    found = Survey.objects.filter(over).select_related("trust")
    return found.annotate(reply_count=Count("replies")).filter(reply_count__gt=0).order_by("id")


def results(survey: Survey, *, viewer: "User") -> Results:
    """Return what a survey's replies add up to, for somebody who may open it."""
    replies = SurveyReply.objects.visible_to(viewer).filter(survey=survey)
    return _results(survey, replies)


def system_results(survey: Survey) -> Results:
    """Return the same for making it evidence."""
    return _results(survey, survey.replies.all())


def _results(survey: Survey, replies: "QuerySet[SurveyReply]") -> Results:
    is_over = survey.status in {Survey.Status.CLOSED, Survey.Status.RECORDED}
    fewest = rules.fewest(survey)
    bare = Results(replies.count(), fewest, is_over)
    if not bare.is_shown:
        return bare
    found = list(replies.order_by("id").values("id", "answers", "words", "is_held"))
    answers = [row["answers"] for row in found]
    return Results(
        bare.count,
        fewest,
        is_over,
        questions=[
            Result(it["text"], _counted(key, it, answers, fewest))
            for key, it in rules.closed(survey.questions)
        ],
        words=[row["words"] for row in found if row["words"] and not row["is_held"]],
        held=_held(survey, {row["id"]: row["words"] for row in found if row["is_held"]}),
    )


def as_written(survey: Survey, held: Iterable[Held], *, viewer: "User") -> dict[UUID, str]:
    """Return held words as they were written, for whoever takes the second look; else nothing."""
    if not rules.may_look(viewer, survey):
        return {}
    replies = SurveyReply.objects.visible_to(viewer).filter(survey=survey, is_held=True)
    asked = replies.filter(pk__in=[it.reply_id for it in held])
    return dict(asked.values_list("pk", "words"))


def _held(survey: Survey, words: Mapping[UUID, str]) -> list[Held]:
    covered = system_covered(survey, words.values()) if words else {}
    return [Held(pk, covered[said]) for pk, said in words.items()]


def system_covered(survey: Survey, texts: Iterable[str]) -> dict[str, str]:
    """Return texts with whatever may name somebody covered up, the academy's staff among them."""
    staff = system_staff_names(survey.trust_id, academy_id=survey.academy_id)
    bare = {text: without_names(text, staff).replace(REMOVED, COVER) for text in texts}
    return {text: covered(bare[text], names_in_haste(text)) for text in bare}


def _counted(
    key: str, question: Mapping[str, Any], answers: Sequence[Mapping[str, str]], below: int
) -> list[tuple[str, Shown]]:
    given = Counter(answer.get(key, "") for answer in answers)
    offered = [*rules.options(question), NO_ANSWER]
    safe = shown({value: given[value] for value, _ in offered}, below=below)
    return [
        (label, safe[value])
        for value, label in offered
        if value or given[value] or safe[value].hidden
    ]
