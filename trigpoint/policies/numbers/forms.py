"""What people are asked about the numbers of a draft."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from trigpoint.policies.settings.rules import GROUPS, SETTINGS, Setting
from trigpoint.web.revisions import RevisedForm

MOST_IN_A_LIST = 6


class NumbersField(forms.CharField):
    """Several whole numbers, as ``60, 30 and 0``."""

    def __init__(self, setting: Setting, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(**kwargs)
        self.setting = setting

    def clean(self, value: Any) -> Any:  # noqa: ANN401 -- Django's own
        """Return the numbers, largest first and each once."""
        said = super().clean(value).replace(" and ", ",").split(",")
        try:
            found = sorted({int(one) for one in said if one.strip()}, reverse=True)
        except ValueError:
            msg = "Write whole numbers with commas, such as 60, 30, 0"
            raise ValidationError(msg) from None
        least, most = self.setting.least, self.setting.most
        if not found or len(found) > MOST_IN_A_LIST or found[-1] < least or found[0] > most:
            msg = f"Write one to {MOST_IN_A_LIST} numbers from {least} to {most}"
            raise ValidationError(msg)
        return tuple(found)


class ChooseForm(RevisedForm):
    """Asks for the numbers of a draft, group by group.

    Args:
        told: what they are now, in words, by the key of the setting.
        group: one of ``GROUPS`` to ask for alone; empty asks for all.

    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own
        told: Mapping[str, str],
        group: str = "",
        **kwargs: Any,  # noqa: ANN401 -- Django's own
    ) -> None:
        self.asked = [it for it in SETTINGS if group in ("", it.group)]
        self.revised = tuple(it.key for it in self.asked)
        super().__init__(*args, initial=dict(told), **kwargs)
        for setting in self.asked:
            self.fields[setting.key] = _field(setting)

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields by group, for the page."""
        grouped = [
            (label, [self[it.key] for it in self.asked if it.group == group])
            for group, label in GROUPS.items()
        ]
        return [(label, fields) for label, fields in grouped if fields]

    def chosen(self) -> dict[str, int | tuple[int, ...]]:
        """Return what was chosen, by the key of the setting."""
        return {it.key: self.cleaned_data[it.key] for it in self.asked}


def _field(setting: Setting) -> forms.Field:
    missing = {"required": f"{setting.label}: give a number"}
    if isinstance(setting.default, tuple):
        return NumbersField(
            setting, label=setting.label, help_text=f"{setting.unit}, with commas",
            error_messages=missing,
        )  # fmt: skip
    return forms.IntegerField(
        label=setting.label,
        min_value=setting.least,
        max_value=setting.most,
        help_text=f"{setting.unit}, {setting.least} to {setting.most}",
        error_messages=missing,
    )
