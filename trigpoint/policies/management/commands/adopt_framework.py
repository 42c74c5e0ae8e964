"""``manage.py adopt_framework``: put a framework in force from the command line."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone

from trigpoint.policies.drafts import operations
from trigpoint.policies.frameworks import rules
from trigpoint.policies.frameworks.rules import Framework
from trigpoint.policies.versions.rules import Approval, may_be_adopted
from trigpoint.records.refusals import Refused
from trigpoint.trusts.models import Body, Trust


class Command(BaseCommand):
    """Adopts the shipped framework, or a file, as a trust's next policy version."""

    help = "Adopt a framework as the trust's next policy version, in force at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whose policy, which framework, and who approved it when."""
        day = date.fromisoformat
        parser.add_argument("--trust", required=True, help="name or Group UID")
        parser.add_argument("--file", type=Path, help="YAML; left out, the one that is shipped")
        parser.add_argument("--body", required=True, help="name of the board or committee")
        parser.add_argument("--approved-on", type=day, required=True, help="2026-07-09")
        parser.add_argument("--effective-on", type=day, help="today when left out")
        parser.add_argument("--review-due-on", type=day, required=True, help="2027-06-30")
        parser.add_argument("--summary", default="", help="what is new in this version")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        """Check everything first; a file that is not in order changes nothing."""
        trust = _trust(options["trust"])
        framework = _framework(file)
        today = timezone.localdate()
        approval = Approval(
            body=_body(trust, options["body"]),
            approved_on=options["approved_on"],
            effective_on=options["effective_on"] or today,
            review_due_on=options["review_due_on"],
            summary=options["summary"],
        )
        try:
            may_be_adopted(approval.effective_on, on=today).enforce()
            version = operations.adopt(trust=trust, framework=framework, approval=approval, by=None)
        except Refused as refused:
            raise CommandError(refused.reason) from refused
        counts = rules.counts(framework)
        self.stdout.write(
            self.style.SUCCESS(
                f"{trust.name}: version {version.number} is in force, with {counts.areas} areas, "
                f"{counts.standards} standards, {counts.look_fors} look-fors and "
                f"{counts.descriptors} descriptors."
            )
        )


def _trust(named: str) -> Trust:
    try:
        return Trust.objects.get(Q(name=named) | Q(group_uid=named))
    except Trust.DoesNotExist:
        known = ", ".join(Trust.objects.order_by("name").values_list("name", flat=True)[:10])
        msg = f"There is no trust {named!r}. There are: {known or 'none yet'}."
    except Trust.MultipleObjectsReturned:
        msg = f"Several trusts are called {named!r}. Give the Group UID instead."
    raise CommandError(msg)


def _body(trust: Trust, named: str) -> Body:
    bodies = Body.objects.filter(trust=trust).exclude(kind=Body.Kind.LOCAL)
    found = bodies.filter(name=named).first()
    if found is None:
        known = ", ".join(bodies.order_by("name").values_list("name", flat=True))
        msg = f"{trust.name} has no board or committee {named!r}. There are: {known or 'none yet'}."
        raise CommandError(msg)
    return found


def _framework(file: Path | None) -> Framework:
    if file is None:
        return rules.shipped()
    if not file.is_file():
        msg = f"There is no file {file}."
        raise CommandError(msg)
    checked = rules.check(file.read_bytes())
    if checked.framework is None:
        msg = "\n".join([f"{file} was not adopted:", *map(str, checked.problems)])
        raise CommandError(msg)
    return checked.framework
