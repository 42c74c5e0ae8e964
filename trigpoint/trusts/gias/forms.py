"""Which files, and which trust of them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from trigpoint.records import tables
from trigpoint.records.refusals import Refused
from trigpoint.trusts.gias import rules


class UploadForm(forms.Form):
    """Asks for the register's two files, and the establishments file for ages and pupil numbers."""

    groups = forms.FileField(
        label="All groups",
        help_text="The file allgroupsdata, as downloaded from Get Information About Schools.",
        error_messages={"required": "Choose the groups file", "empty": "The groups file is empty"},
    )
    links = forms.FileField(
        label="All group links",
        help_text="The file alllinksdata of the same day.",
        error_messages={"required": "Choose the links file", "empty": "The links file is empty"},
    )
    places = forms.FileField(
        label="Establishments",
        required=False,
        help_text="An extract of edubasealldata with your academies, for their ages and pupil numbers.",
        error_messages={"empty": "The establishments file is empty"},
    )

    def clean_groups(self) -> "UploadedFile[bytes]":
        """Refuse a file that is not the groups file."""
        return self._read("groups", "The groups file", rules.GROUPS)

    def clean_links(self) -> "UploadedFile[bytes]":
        """Refuse a file that is not the links file."""
        return self._read("links", "The links file", rules.LINKS)

    def clean_places(self) -> "UploadedFile[bytes] | None":
        """Refuse a file that is not an establishments file; none is fine."""
        if not self.cleaned_data["places"]:
            return None
        return self._read("places", "The establishments file", rules.PLACES)

    def contents(self) -> dict[str, Any]:
        """Return the files as bytes, with their names."""
        sent = {key: file for key, file in self.cleaned_data.items() if file}
        names = ", ".join(str(file.name) for file in sent.values())
        return {key: self._bytes(file) for key, file in sent.items()} | {"names": names}

    def _read(self, field: str, name: str, wanted: tables.Columns) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data[field]
        if (file.size or 0) > tables.MAX_BYTES:
            message = f"{name} is larger than 20 MB. Send a smaller extract of it."
            raise forms.ValidationError(message)
        try:
            tables.read_csv(self._bytes(file), name=name).columns_for(wanted, {}, name=name)
        except Refused as refused:
            raise forms.ValidationError(refused.reason) from refused
        return file

    @staticmethod
    def _bytes(file: "UploadedFile[bytes]") -> bytes:
        file.seek(0)
        return bytes(file.read())


class ConfirmForm(forms.Form):
    """Asks whether the group is this trust, when its number or its name says otherwise."""

    is_ours = forms.BooleanField(
        label="This is our trust",
        error_messages={"required": "Tick that this is your trust, or choose yours"},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, question: str) -> None:
        super().__init__(data)
        self.fields["is_ours"].help_text = question
        if not question:
            del self.fields["is_ours"]


class ChooseForm(forms.Form):
    """Asks for the trust, by its Group UID."""

    group_uid = forms.CharField(
        label="Group UID", max_length=10, error_messages={"required": "Choose your trust"}
    )
