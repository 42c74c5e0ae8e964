"""Which file of term dates, for which academies."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from trigpoint.records.refusals import Refused
from trigpoint.trusts.structure.models import Academy
from trigpoint.trusts.term_files.rules import LARGEST, Reading, read


class _AcademyForm(forms.Form):
    """Asks which academy; none means all of them."""

    academy = forms.ModelChoiceField(
        queryset=Academy.objects.none(),
        label="For",
        required=False,
        empty_label="All academies of the trust",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: Any = None,  # noqa: ANN401 -- Django's own mapping of files
        *,
        academies: QuerySet[Academy],
    ) -> None:
        super().__init__(data, files)
        self.academies = academies
        self.fields["academy"].queryset = academies  # type: ignore[attr-defined]  # a choice

    def clean(self) -> dict[str, Any]:
        """Refuse an import for nobody."""
        if not self.academies:
            message = "There is no academy yet. Import or add the trust’s academies first."
            raise forms.ValidationError(message)
        return self.cleaned_data

    def chosen(self) -> list[Academy]:
        """Return the academy chosen, or all of them."""
        one = self.cleaned_data["academy"]
        return [one] if one else list(self.academies)


class UploadForm(_AcademyForm):
    """Asks for a file of term dates."""

    file = forms.FileField(
        label="Calendar file",
        help_text="An iCalendar file (.ics), as councils and schools publish their term dates.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )
    field_order = ("file", "academy")
    reading: Reading

    def clean_file(self) -> bytes:
        """Refuse a file that holds no term dates, in words."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        if (sent.size or 0) > LARGEST:
            message = "The file is larger than 1 MB. Choose the file of term dates only."
            raise forms.ValidationError(message)
        data = bytes(sent.read())
        self.reading = _read(data)
        return data


class ConfirmForm(_AcademyForm):
    """Carries what was previewed; it is read and checked again."""

    text = forms.CharField(max_length=LARGEST)
    reading: Reading

    def clean_text(self) -> str:
        """Read the previewed file again: what is confirmed is what was shown."""
        text: str = self.cleaned_data["text"]
        self.reading = _read(text.encode())
        return text


def _read(data: bytes) -> Reading:
    try:
        return read(data)
    except Refused as refused:
        raise forms.ValidationError(refused.reason) from refused
