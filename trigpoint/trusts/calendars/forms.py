"""Which days an academy is closed."""

from django import forms

from trigpoint.trusts.calendars.models import Closure
from trigpoint.trusts.calendars.rules import Closed
from trigpoint.web.fields import DayField


class CloseDaysForm(forms.Form):
    """Asks for days an academy is closed."""

    kind = forms.ChoiceField(label="Why", choices=Closure.Kind, initial=Closure.Kind.INSET)
    name = forms.CharField(
        label="Name",
        max_length=80,
        help_text="Such as “Staff training”.",
        error_messages={"required": "Give it a name"},
    )
    starts_on = DayField(label="First day closed")
    ends_on = DayField(label="Last day closed")

    def closed(self) -> Closed:
        """Return the answers as closed days."""
        return Closed(**self.cleaned_data)
