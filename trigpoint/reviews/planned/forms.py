"""What is sent when a planned review is moved on the page of the year."""

from django import forms

from trigpoint.web.fields import DayField


class WeekForm(forms.Form):
    """Asks for the week, by any day of it."""

    week = DayField(label="Week", error_messages={"required": "Choose a week"})
