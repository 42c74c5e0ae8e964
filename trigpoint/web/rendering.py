"""How ``{{ form }}`` looks everywhere: an error summary first, label, hint, error, then the field.

Named in ``settings.FORM_RENDERER``. Forms stay plain Django forms and say nothing about markup.
"""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.template import loader

from trigpoint.web.wording import choose

CLASSES = {
    "input": "form-control",
    "textarea": "form-control",
    "select": "form-select",
    "checkbox": "form-check-input",
}
INPUTS = {
    "text", "email", "number", "password", "url", "tel", "search", "date", "datetime", "time", "file",
    "clearable_file_input",
}  # fmt: skip
OURS = {
    "django/forms/widgets/radio.html": "web/forms/choices.html",
    "django/forms/widgets/checkbox_select.html": "web/forms/choices.html",
    "django/forms/widgets/multiple_input.html": "web/forms/choices.html",
}


def _kind(template_name: str) -> str:
    name = template_name.removeprefix("django/forms/widgets/").removesuffix(".html")
    return "input" if name in INPUTS else name


def _dress(widget: dict[str, Any]) -> None:
    """Give one widget its class, beside any of its own."""
    ours = CLASSES.get(_kind(widget["template_name"]), "")
    own = widget["attrs"].get("class", "")
    if ours and ours not in own.split():
        widget["attrs"]["class"] = f"{ours} {own}".strip()


class HouseForms(DjangoTemplates):
    """Django's own rendering with our form and field templates and our classes on each widget."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    formset_template_name = "web/forms/formset.html"

    def get_template(self, template_name: str) -> Any:  # noqa: ANN401 -- as Django types it
        """Take our templates from where all of ours are, Django's widgets from Django."""
        if template_name.startswith("web/"):
            return loader.get_template(template_name)
        return super().get_template(template_name)

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Render one form, field or widget; a widget gets its class and its words here."""
        if widget := context.get("widget"):
            for part in (widget, *widget.get("subwidgets", ())):
                _dress(part)
            choose(widget)
        return super().render(OURS.get(template_name, template_name), context, request)
