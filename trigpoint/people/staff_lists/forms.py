"""Which file to bring staff in from, and how it writes days when that cannot be told."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from trigpoint.people.sheets import rules as sheets
from trigpoint.people.sheets.rules import Order
from trigpoint.records import tables
from trigpoint.records.refusals import Refused


class UploadForm(forms.Form):
    """Asks for a staff list, and how it writes days when that cannot be told."""

    file = forms.FileField(
        label="Staff list",
        help_text="CSV or Excel, at most 20 MB. The first row names the columns.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )
    order = forms.ChoiceField(
        label="Days in figures",
        required=False,
        choices=[
            ("", "Find out from the file"),
            (Order.DAY_FIRST, "Day first: 03/04 is 3 April"),
            (Order.MONTH_FIRST, "Month first: 03/04 is 4 March"),
        ],
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse a file that is not a staff list."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > tables.MAX_BYTES:
            message = "The file is larger than 20 MB. Send one academy at a time."
            raise forms.ValidationError(message)
        try:
            table = tables.read(file.read(), name="The file")
            days = sheets.days_written(sheets.match(table), table.lines)
            self._found = sheets.find_order(days)
        except Refused as refused:
            raise forms.ValidationError(refused.reason) from refused
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for the order of days when the file does not show it."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("file") and not cleaned.get("order") and self._found is None:
            self.add_error(
                "order",
                "Every day in this file could be read both ways, such as 03/04/2026. Say which comes "
                "first and choose the file again.",
            )
        return cleaned

    def asked(self) -> dict[str, Any]:
        """Return what was sent as the keywords of ``operations.upload``."""
        file = self.cleaned_data["file"]
        file.seek(0)
        order = self.cleaned_data["order"]
        return {
            "data": file.read(),
            "name": str(file.name),
            "order": Order(order) if order else self._found,
        }
