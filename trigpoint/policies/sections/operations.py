"""The verbs of a part of a draft's text: add, reword, remove."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from trigpoint.policies.sections.rules import told
from trigpoint.policies.versions.models import PolicyVersion, Section
from trigpoint.policies.versions.operations import system_lock
from trigpoint.policies.versions.rules import may_edit
from trigpoint.records import history
from trigpoint.records.refusals import Refused
from trigpoint.records.revisions import keep_both

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a part of the text says; ``kind`` is a code of ``Section.Kind``."""

    kind: str
    title: str
    text: str


@transaction.atomic
def add(*, version: PolicyVersion, words: Words, by: "User") -> Section:
    """Add a part at the end of a draft's text. The same words sent twice are one part.

    Raises:
        Refused: the version is no draft, or the person does not write it.

    """
    version = system_lock(version)
    may_edit(by, version).enforce()
    if same := version.sections.filter(**asdict(words)).first():
        return same
    last = version.sections.aggregate(last=Max("position"))["last"] or 0
    section = Section.objects.create(
        trust_id=version.trust_id, version=version, position=last + 1, **asdict(words)
    )
    history.write(version, "text added", by=by, words=asdict(words))
    return section


@transaction.atomic
def reword(*, section: Section, words: Words, base_revision: str, by: "User") -> Section:
    """Say a part of a draft's text otherwise.

    Raises:
        Refused: as for ``add``.
        Stale: somebody changed it since ``base_revision``.

    """
    section = _locked(section)
    may_edit(by, section.version).enforce()
    before, after = told(section), asdict(words)
    keep_both(base_revision, stored=before, wanted=after)
    section.kind, section.title, section.text = words.kind, words.title, words.text
    section.save()
    history.write(section.version, "text reworded", by=by, before=before, after=after)
    return section


@transaction.atomic
def remove(*, section: Section, by: "User") -> PolicyVersion:
    """Take a part out of a draft's text. Earlier versions keep theirs.

    Raises:
        Refused: the version is no draft, or the person does not write it.

    """
    section = _locked(section)
    may_edit(by, section.version).enforce()
    history.write(section.version, "text removed", by=by, words=told(section))
    version = section.version
    section.delete()
    return version


def _locked(section: Section) -> Section:
    version = system_lock(section.version)
    found = Section.objects.filter(pk=section.pk).first()
    if found is None:
        msg = "This part was removed a moment ago. Go back to the draft to see which there are."
        raise Refused(msg)
    found.version = version
    return found
