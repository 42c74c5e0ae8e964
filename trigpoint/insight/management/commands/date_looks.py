"""Dating the looks of every trust anew, once after the upgrade that changed how they are dated."""

from typing import Any

from django.core.management.base import BaseCommand

from trigpoint.insight.standings import operations
from trigpoint.trusts.models import Trust


class Command(BaseCommand):
    """``manage.py date_looks``. Safe to repeat; changes nothing that is right already."""

    help = "Work out anew by which day each area of each academy is due its next look."

    def handle(self, *args: Any, **options: Any) -> None:
        """Date the cells of one trust after the other."""
        for trust in Trust.objects.order_by("name", "id"):
            cells = operations.system_redate_trust(trust.pk)
            self.stdout.write(f"{trust.name}: {cells} cells dated.")
