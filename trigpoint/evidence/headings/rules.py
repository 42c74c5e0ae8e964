"""Which column of a spreadsheet is which, and which kind of visit some words name."""

from collections import Counter
from collections.abc import Iterable, Mapping

from trigpoint.instruments.models import ActivityKind
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.tables import tidy

NOT_USED = ""
LABELS = {
    "academy": "Academy (name or URN)",
    "day": "Day it was seen",
    "kind": "Kind of visit",
    "title": "Title",
    "subject": "Subject",
    "years": "Year groups",
    "group": "Group, described",
    "seen_by": "Who saw it",
    "person": "Person who was seen",
    "minutes": "Minutes",
    "standards": "Standards, by code",
    "notes": "Notes",
    "www": "What went well",
    "ebi": "Even better if",
    "level": "Level or grade",
}
GUESSES = {
    "academy": ("academy", "school", "academy name", "school name", "urn", "site", "establishment"),
    "day": ("date", "day", "date seen", "visit date", "date of visit", "observed on", "when"),
    "kind": ("kind", "type", "activity", "type of visit", "visit type", "activity type", "method"),
    "title": ("title", "focus", "topic", "lesson", "area of focus"),
    "subject": ("subject", "department", "curriculum area"),
    "years": ("year", "year group", "year groups", "years", "class year", "key stage"),
    "group": ("group", "class", "set", "pupils", "cohort"),
    "seen_by": ("observer", "seen by", "reviewer", "visitor", "observed by", "completed by", "by"),
    "person": ("teacher", "staff", "member of staff", "teacher observed", "name of teacher", "person"),
    "minutes": ("minutes", "length", "duration", "minutes seen"),
    "standards": ("standard", "standards", "standard code", "code"),
    "notes": ("notes", "comments", "comment", "evidence", "what was seen", "observations", "narrative"),
    "www": ("www", "what went well", "strengths", "positives", "went well"),
    "ebi": ("ebi", "even better if", "development points", "next steps", "areas for development"),
    "level": ("level", "grade", "judgement", "rating", "outcome", "score"),
}  # fmt: skip
ALSO_CALLED = {  # besides its label and its code
    ActivityKind.LESSON_VISIT: ("lesson observation", "observation", "drop in", "lesson drop in"),
    ActivityKind.LEARNING_WALK: ("walk", "walkthrough"),
    ActivityKind.BOOK_SCRUTINY: ("book look", "work scrutiny", "work sample", "books"),
    ActivityKind.STUDENT_VOICE: ("pupil voice", "pupil interview", "student interview"),
    ActivityKind.STAFF_VOICE: ("staff interview", "teacher interview"),
    ActivityKind.CURRICULUM_REVIEW: ("curriculum conversation",),
    ActivityKind.ASSESSMENT_REVIEW: ("data review", "moderation"),
    ActivityKind.DOCUMENT_REVIEW: ("documents", "desktop review"),
    ActivityKind.PARENT_VOICE: ("parents’ voice", "parent interview", "parent survey", "parent forum"),
    ActivityKind.GOVERNOR_LINK_VISIT: ("governor visit", "link governor visit", "link visit"),
}  # fmt: skip
NAMED = {
    tidy(name): kind.value
    for kind in ActivityKind
    for name in (str(kind.label), kind.value, *ALSO_CALLED.get(kind, ()))
}
NOTES = {"notes": "RUNNING", "www": "WWW", "ebi": "EBI"}


def kind_named(text: str) -> str:
    """Return the kind of visit that some words name, one or several; empty where they name none."""
    words = tidy(text)
    return NAMED.get(words, NAMED.get(words.rstrip("s"), ""))


def guess(columns: Iterable[str], remembered: Mapping[str, str]) -> list[str]:
    """Return for each heading what it is taken for: as last time, else by its name; each once."""
    taken: list[str] = []
    names = {tidy(word): key for key, words in GUESSES.items() for word in words}
    for heading in map(tidy, columns):
        key = remembered.get(heading, names.get(heading, NOT_USED))
        taken.append(key if key not in taken and key in LABELS else NOT_USED)
    return taken


def is_matched(chosen: Iterable[str]) -> Verdict:
    """Say whether enough columns are matched, and each thing once."""
    counted = Counter(key for key in chosen if key)
    twice = [LABELS[key] for key, count in counted.items() if count > 1]
    if twice:
        return denied(
            f"Two columns are both “{twice[0]}”. Choose one of them, and leave one unused."
        )
    for key in ("academy", "day"):
        if key not in counted:
            return denied(f"Say which column is “{LABELS[key]}”: every record needs it.")
    if not set(NOTES) & set(counted):
        return denied(
            "Say which column holds what was seen: notes, what went well or even better if."
        )
    return ALLOWED
