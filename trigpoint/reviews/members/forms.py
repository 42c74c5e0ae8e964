"""What people are asked when somebody leaves a review's team."""

from django import forms


class LeaveForm(forms.Form):
    """Asks why somebody leaves the team."""

    because = forms.CharField(
        label="Why do they leave the team?",
        help_text="One sentence for the review’s history.",
        max_length=240,
        error_messages={"required": "Say why they leave the team"},
    )
