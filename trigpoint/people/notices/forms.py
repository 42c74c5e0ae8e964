"""How often mail comes."""

from django import forms

from trigpoint.people.notices.models import Preference


class PreferenceForm(forms.Form):
    """Asks how often somebody wants notices by mail."""

    how = forms.ChoiceField(
        label="How often should we mail you your notices?",
        help_text="They are always in Trigpoint, behind the bell. Once a day is at 7 on a working "
        "day, once a week at 7 on Monday; what you have seen by then is left out.",
        choices=Preference.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often"},
    )
