"""Asks for a file."""

from django import forms


class AttachForm(forms.Form):
    """Asks for one photo or PDF."""

    upload = forms.FileField(
        label="Photo or PDF",
        help_text="JPEG, PNG, WebP, HEIC or PDF, at most 15 MB.",
        error_messages={"required": "Choose a photo or a PDF", "empty": "That file is empty"},
    )
