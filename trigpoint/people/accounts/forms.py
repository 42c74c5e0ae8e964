"""What opening a sign-in asks."""

from django import forms


class OpenForm(forms.Form):
    """Asks for the address somebody signs in with."""

    email = forms.EmailField(
        label="Work email",
        help_text="A link to choose a password goes there.",
        error_messages={"required": "Write the email address they sign in with"},
    )
