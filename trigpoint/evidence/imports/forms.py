"""Which spreadsheet to bring past evidence in from, and what its columns are."""

from typing import Any

from django import forms
from django.http import QueryDict

from trigpoint.evidence.headings.rules import LABELS
from trigpoint.evidence.imports.models import EvidenceImport
from trigpoint.instruments.models import ActivityKind
from trigpoint.people.sheets.rules import Order
from trigpoint.records import tables

SHOWN = 3  # cells under a heading, so that somebody can tell what the column is
UNUSED = "-"  # of a column nobody reads
LONGEST_SHOWN = 60  # characters of one


class UploadForm(forms.Form):
    """Asks for the spreadsheet."""

    file = forms.FileField(
        label="Spreadsheet",
        help_text="CSV or Excel, at most 20 MB and 5,000 rows. The first row names the columns.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )

    def clean_file(self) -> Any:  # noqa: ANN401 -- Django's uploaded file
        """Refuse what is too large before reading it."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > tables.MAX_BYTES:
            message = "The file is larger than 20 MB. Send a year at a time."
            raise forms.ValidationError(message)
        return file


class MatchForm(forms.Form):
    """Asks of each column what it is; the kind where a row names none; the order of days."""

    kind = forms.ChoiceField(
        label="Kind of visit, where a row names none", choices=ActivityKind.choices
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

    def __init__(self, data: QueryDict | None, *, upload: EvidenceImport) -> None:
        matched = upload.matched
        super().__init__(data, initial={"kind": matched.get("kind"), "order": matched.get("order")})
        self.names = [f"column-{place}" for place in range(len(upload.columns))]
        choices = [(UNUSED, "Not used"), *LABELS.items()]
        for place, name in enumerate(self.names):
            cells = [cells[place] for _, cells in upload.lines if place < len(cells)]
            shown = [cell[:LONGEST_SHOWN] for cell in cells if cell][:SHOWN]
            self.fields[name] = forms.ChoiceField(
                label=upload.columns[place] or f"Column {place + 1}",
                help_text=" · ".join(shown) or "Empty",
                choices=choices,
                initial=matched["columns"][place] or UNUSED,
            )
        self.order_fields([*self.names, "kind", "order"])

    def asked(self) -> dict[str, Any]:
        """Return what was said as the keywords of ``operations.match``."""
        said = self.cleaned_data
        chosen = ["" if said[name] == UNUSED else str(said[name]) for name in self.names]
        order = Order(said["order"]) if said["order"] else None
        return {"chosen": chosen, "kind": said["kind"], "order": order}
