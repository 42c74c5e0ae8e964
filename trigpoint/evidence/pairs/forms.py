"""What is asked before a pair is opened early."""

from django import forms


class OpenPairForm(forms.Form):
    """Asks why the pair does not wait for the other observer."""

    because = forms.CharField(
        label="Why does it not wait?",
        help_text="It is kept, and both observers read it. What they wrote is no longer blind.",
        max_length=240,
        error_messages={"required": "Say why it is opened before both have handed in"},
    )
