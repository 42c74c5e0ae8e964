"""The stepper: where a thing stands on its way, such as a review's clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class State(StrEnum):
    """Where one step stands."""

    DONE = "done"
    NOW = "now"
    LATE = "late"
    TODO = "todo"


@dataclass(frozen=True, slots=True)
class Step:
    """One step; ``note`` is usually its date."""

    label: str
    note: str = ""
    state: State = State.TODO


SPOKEN = {State.DONE: "done", State.NOW: "now", State.LATE: "overdue", State.TODO: "to do"}


def stepper(clock: Sequence[Step], *, label: str) -> SafeString:
    """Draw the steps in order; the state is also said in words."""
    items = format_html_join(
        "",
        '<li class="is-{}"{}><strong>{}</strong>{}<span class="visually-hidden"> ({})</span></li>',
        (
            (
                step.state,
                SafeString(' aria-current="step"' if step.state is State.NOW else ""),
                step.label,
                step.note,
                SPOKEN[step.state],
            )
            for step in clock
        ),
    )
    return format_html('<ol class="tp-stepper" aria-label="{}">{}</ol>', label, items)
