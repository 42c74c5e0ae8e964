"""What people are asked about good practice."""

from django import forms


class NominateForm(forms.Form):
    """Asks what is done, in words another academy could use."""

    title = forms.CharField(label="What is it called?", max_length=200)
    what_they_do = forms.CharField(
        label="What do they do?",
        help_text="Enough for another academy to try it. No names of staff or pupils.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
