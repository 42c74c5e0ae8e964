"""A form shows its problems first, each with a way to the field, and ties hints and errors to it."""

import pytest
from django import forms

from trigpoint.records.days import NO_DAY
from trigpoint.web import wording
from trigpoint.web.fields import DayField, MomentField
from trigpoint.web.rendering import HouseForms


class VisitForm(forms.Form):
    """One field of every kind."""

    on = forms.DateField(
        label="Date of visit",
        help_text="At least 5 working days from today",
        error_messages={"required": "Choose a date in term time"},
    )
    about = forms.CharField(label="What is it about?", widget=forms.Textarea, required=False)
    academy = forms.ChoiceField(choices=[("", "Choose one"), ("t", "Thornmere")])
    who = forms.ChoiceField(
        label="Who may see it?",
        widget=forms.RadioSelect,
        choices=[("1", "Both"), ("2", "One")],
        error_messages={"required": "Say who may see it"},
    )
    kinds = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple(attrs={"class": "mine"}),
        choices=[("Group", [("a", "A visit")])],
        required=False,
    )
    at = forms.SplitDateTimeField(required=False)
    tell = forms.BooleanField(label="Tell staff", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        """Complain about the whole."""
        self.add_error(None, "The visit is too soon")


def test_form_shows_its_problems_first_with_a_link_to_each_field():
    html = str(VisitForm({}))

    summary, _, rest = html.partition("</ul>")
    assert 'role="alert"' in summary
    assert "There is a problem" in summary
    assert "<li>The visit is too soon</li>" in summary
    assert '<a href="#id_on">Choose a date in term time</a>' in summary
    assert '<a href="#id_who">Say who may see it</a>' in summary
    assert '<fieldset id="id_who"' in rest


def test_form_ties_the_hint_and_the_error_to_the_field():
    html = str(VisitForm({}))

    assert 'aria-describedby="id_on_helptext id_on_error"' in html
    assert 'id="id_on_helptext">At least 5 working days' in html
    assert 'id="id_on_error"' in html
    assert 'aria-invalid="true"' in html


def test_form_dresses_every_kind_of_widget():
    html = str(VisitForm())

    assert '<label class="form-label" for="id_on">Date of visit</label>' in html
    assert '<textarea name="about"' in html
    assert 'class="form-select"' in html
    assert html.count('class="form-check-input"') == 4
    assert '<p class="tp-eyebrow">Group</p>' in html
    assert '<input type="hidden" name="token" id="id_token">' in html
    assert "mine" not in html
    assert '<label class="form-check-label" for="id_tell">Tell staff</label>' in html


def test_form_says_which_answers_are_optional():
    html = str(VisitForm())

    assert "What is it about? <small>(optional)</small>" in html
    assert "Date of visit <small>" not in html


def test_form_without_a_problem_has_no_summary():
    assert "There is a problem" not in str(VisitForm())


def test_form_is_drawn_by_the_house_everywhere(settings):
    assert settings.FORM_RENDERER == "trigpoint.web.rendering.HouseForms"
    assert isinstance(VisitForm().renderer, HouseForms)


def test_widget_keeps_its_own_class_and_is_dressed_once():
    class OwnClass(forms.Form):
        name = forms.CharField(widget=forms.TextInput(attrs={"class": "form-control wide"}))
        note = forms.CharField(widget=forms.TextInput(attrs={"class": "wide"}))

    html = str(OwnClass())

    assert 'class="form-control wide"' in html
    assert html.count("form-control") == 2


def test_formset_draws_each_form():
    html = str(forms.formset_factory(VisitForm, extra=2)())

    assert "TOTAL_FORMS" in html
    assert html.count("Date of visit") == 2


class WhenForm(forms.Form):
    """Asks for a day and a moment."""

    day = DayField(required=False)
    moment = MomentField(required=False)


@pytest.mark.parametrize("year", ["0001", "1999", "2101", "9999"])
def test_days_and_moments_out_of_all_reckoning_are_refused(year):
    form = WhenForm({"day": f"{year}-12-31", "moment": f"{year}-01-01T23:59"})

    assert form.errors == {"day": [NO_DAY], "moment": [NO_DAY]}
    assert WhenForm({"day": f"01/01/{year}"}).errors == {"day": [NO_DAY]}


def test_days_and_moments_are_drawn_as_the_browsers_own():
    form = WhenForm({"day": "2026-11-12", "moment": "2026-11-12T09:40"})

    assert form.is_valid()
    assert form.cleaned_data["moment"].utcoffset().total_seconds() == 0
    assert 'type="date" name="day" value="2026-11-12"' in str(form["day"])
    assert 'type="datetime-local" name="moment" value="2026-11-12T09:40"' in str(form["moment"])


class PlainForm(forms.Form):
    """Says nothing of its own."""

    title = forms.CharField(max_length=5)
    owner = forms.ChoiceField(label="Who owns it?", choices=[("", "---------"), ("a", "Ada")])
    many = forms.IntegerField(max_value=9, required=False)
    address = forms.EmailField(required=False, label="Work email")
    file = forms.FileField(error_messages={"required": "Choose the staff list"})

    def clean_many(self):
        """Complain in words of its own."""
        if self.cleaned_data["many"] == 7:
            message = "Seven is taken"
            raise forms.ValidationError(message, code="invalid")


@pytest.mark.parametrize(
    ("sent", "name", "sentence"),
    [
        ({}, "title", "Title: say something here."),
        ({}, "owner", "Who owns it? Choose an answer."),
        ({}, "file", "Choose the staff list"),
        ({"title": "Too long"}, "title", "Title: 5 characters fit, and this has 8. Shorten it."),
        ({"owner": "b"}, "owner", "Who owns it? Choose one of the answers offered."),
        ({"many": "x"}, "many", "Many: give a whole number."),
        ({"many": "10"}, "many", "Many: give 9 or less."),
        ({"many": "7"}, "many", "Seven is taken"),
        (
            {"address": "x"},
            "address",
            "Work email: write an email address, such as name@school.org.",
        ),
    ],
)
def test_form_says_in_our_words_which_field_is_wrong_and_what_to_do(sent, name, sentence):
    form = PlainForm(sent)

    assert str(form).count(sentence) == 2
    assert wording.problems(form[name]) == [sentence]


def test_form_says_what_to_do_where_nothing_is_chosen():
    assert '<option value="" selected>Choose …</option>' in str(PlainForm())
