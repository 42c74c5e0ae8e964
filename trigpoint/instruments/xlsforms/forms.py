"""What people are asked about a form they bring in."""

from django import forms

from trigpoint.instruments.library.models import ActivityKind


class BringInForm(forms.Form):
    """Asks for the file and the kind of activity it is for."""

    file = forms.FileField(
        label="The form",
        help_text="An XLSForm (.xlsx or .xls, at most 5 MB), as ODK and Kobo use them; or a YAML "
        "file that was taken out of Trigpoint.",
        error_messages={"required": "Choose the file", "empty": "That file is empty"},
    )
    kind = forms.ChoiceField(
        label="For which kind of activity?",
        choices=ActivityKind.choices,
        help_text="It stays of this kind.",
    )
    name = forms.CharField(
        label="Name",
        required=False,
        max_length=120,
        help_text="Leave it empty to keep the name the file has.",
    )
