"""The verbs of a standard of a draft: add, reword, move, remove."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from trigpoint.policies.standards.models import Area, Descriptor, Level, LookFor, Standard
from trigpoint.policies.standards.queries import system_told
from trigpoint.policies.standards.rules import code_is_free, look_for_key, new_lineage
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.policies.versions.operations import system_lock
from trigpoint.policies.versions.rules import may_edit
from trigpoint.records import history
from trigpoint.records.refusals import Refused
from trigpoint.records.revisions import keep_both

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a standard says.

    ``look_fors`` are the words by lineage, in their order; what is not there is removed.
    ``new_look_fors`` are added after them. ``descriptors`` are the words by letter.
    """

    code: str
    title: str
    statement: str
    expected_kinds: Sequence[str]
    meaning_changed: str = ""
    look_fors: Mapping[str, str] = field(default_factory=dict)
    new_look_fors: Sequence[str] = ()
    descriptors: Mapping[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return what the standard's own row says."""
        return {
            "code": self.code,
            "title": self.title,
            "statement": self.statement,
            "expected_kinds": list(self.expected_kinds),
            "meaning_changed": self.meaning_changed,
        }


@transaction.atomic
def add(*, area: Area, words: Words, by: "User") -> Standard:
    """Add a standard at the end of an area of a draft. The same words sent twice are one.

    Raises:
        Refused: the version is no draft, the person does not write it, or the code is taken.

    """
    area = system_locked_area(area)
    version = area.version
    may_edit(by, version).enforce()
    same = area.standards.filter(code=words.code).first()
    if same and _says(same, words):
        return same
    code_is_free(words.code, {it.code: str(it) for it in version.standards.all()}).enforce()
    earlier = Standard.objects.filter(version__policy=version.policy_id)
    standard = Standard.objects.create(
        trust_id=version.trust_id,
        version=version,
        area=area,
        lineage=new_lineage(words.title, set(earlier.values_list("lineage", flat=True))),
        position=(area.standards.aggregate(last=Max("position"))["last"] or 0) + 1,
        **words.plain(),
    )
    _write_details(standard, words)
    history.write(version, "standard added", by=by, standard=standard.lineage,
                  words=system_told(standard))  # fmt: skip
    return standard


@transaction.atomic
def reword(*, standard: Standard, words: Words, base_revision: str, by: "User") -> Standard:
    """Say a standard of a draft otherwise: its words, look-fors and descriptors.

    Raises:
        Refused: as for ``add``.
        Stale: somebody changed it since ``base_revision``.

    """
    standard = _locked(standard)
    may_edit(by, standard.version).enforce()
    before, after = system_told(standard), _wanted(words)
    keep_both(base_revision, stored=before, wanted=dict.fromkeys(before, "") | after)
    others = {it.code: str(it) for it in standard.version.standards.exclude(pk=standard.pk)}
    code_is_free(words.code, others).enforce()
    for name, said in words.plain().items():
        setattr(standard, name, said)
    standard.save()
    _write_details(standard, words)
    history.write(standard.version, "standard reworded", by=by, standard=standard.lineage,
                  before=before, after=system_told(standard))  # fmt: skip
    return standard


@transaction.atomic
def move(*, standard: Standard, steps: int, by: "User") -> Standard:
    """Move a standard one place within its area: -1 is up, 1 is down.

    Raises:
        Refused: the version is no draft, or the person does not write it.

    """
    standard = _locked(standard)
    may_edit(by, standard.version).enforce()
    system_swap(standard, list(standard.area.standards.order_by("position", "id")), steps)
    return standard


@transaction.atomic
def remove(*, standard: Standard, by: "User") -> PolicyVersion:
    """Take a standard out of a draft. Earlier versions keep theirs, and what was judged by them.

    Raises:
        Refused: the version is no draft, or the person does not write it.

    """
    standard = _locked(standard)
    may_edit(by, standard.version).enforce()
    history.write(standard.version, "standard removed", by=by, standard=standard.lineage,
                  words=system_told(standard))  # fmt: skip
    version = standard.version
    standard.delete()
    return version


def system_swap(one: Area | Standard, among: Sequence[Area | Standard], steps: int) -> None:
    """Let a row change places with the one before or after it, and number all anew."""
    order = list(among)
    place = order.index(one)
    other = min(max(place + steps, 0), len(order) - 1)
    order[place], order[other] = order[other], order[place]
    for position, row in enumerate(order, start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


def _says(standard: Standard, words: Words) -> bool:
    """Say whether a standard says just these words: the form was sent twice."""
    told = system_told(standard)
    said = {name: text for name, text in told.items() if not name.startswith("look_for-")}
    look_fors = [text for name, text in told.items() if name.startswith("look_for-")]
    wanted = {name: text for name, text in _wanted(words).items() if name in said}
    return said == wanted and look_fors == [*words.look_fors.values(), *words.new_look_fors]


def _wanted(words: Words) -> dict[str, str]:
    said = {name: str(value) for name, value in words.plain().items()}
    said["expected_kinds"] = " ".join(sorted(words.expected_kinds))
    said |= {f"level-{letter}": text for letter, text in words.descriptors.items()}
    said |= {f"look_for-{key}": text for key, text in words.look_fors.items()}
    return said


def _write_details(standard: Standard, words: Words) -> None:
    levels = {it.letter: it for it in Level.objects.filter(scale=standard.area.scale_id)}
    if unknown := [letter for letter in words.descriptors if letter not in levels]:
        msg = (
            f"{standard.area.name} has no level {unknown[0]} any more: its scale was changed. Open "
            "the standard again, and put your words to the levels there are."
        )
        raise Refused(msg)
    standard.descriptors.exclude(level__in=levels.values()).delete()
    for letter, text in words.descriptors.items():
        Descriptor.objects.update_or_create(
            trust_id=standard.trust_id,
            standard=standard,
            level=levels[letter],
            defaults={"text": text},
        )
    standard.look_fors.exclude(lineage__in=words.look_fors).delete()
    for position, (lineage, text) in enumerate(words.look_fors.items(), start=1):
        standard.look_fors.filter(lineage=lineage).update(text=text, position=position)
    taken = set(words.look_fors)
    for position, text in enumerate(words.new_look_fors, start=len(words.look_fors) + 1):
        lineage = look_for_key(standard.lineage, text, taken)
        taken.add(lineage)
        LookFor.objects.create(
            trust_id=standard.trust_id,
            standard=standard,
            lineage=lineage,
            text=text,
            position=position,
        )


def system_locked_area(area: Area) -> Area:
    """Lock an area's version and read the area again: what it is judged on may have changed.

    Raises:
        Refused: somebody removed it.

    """
    version = system_lock(area.version)
    found = Area.objects.filter(pk=area.pk).first()
    if found is None:
        msg = "This area was removed a moment ago. Go back to the draft to see which there are."
        raise Refused(msg)
    found.version = version
    return found


def _locked(standard: Standard) -> Standard:
    version = system_lock(standard.version)
    found = Standard.objects.select_related("area").filter(pk=standard.pk).first()
    if found is None:
        msg = "This standard was removed a moment ago. Go back to the draft to see which there are."
        raise Refused(msg)
    found.version = version
    return found
