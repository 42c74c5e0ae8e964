"""A form remembers what it was opened at, and shows what somebody else wrote meanwhile."""

from django import forms
from django.http import QueryDict

from trigpoint.records.refusals import Refused, Stale
from trigpoint.records.revisions import revision_of
from trigpoint.web.revisions import RevisedForm, Versions
from trigpoint.web.screens import refusals_in, status_of


class WordsForm(RevisedForm):
    """Two texts, one of which somebody else changed."""

    revised = ("title", "text")
    title = forms.CharField(label="Title")
    text = forms.CharField(label="Text", widget=forms.Textarea)


FIRST = "Somebody was first."
OPENED = {"title": "Reading", "text": "Old."}


def test_form_sends_back_the_revision_it_was_opened_at():
    assert WordsForm(initial=OPENED)["base_revision"].value() == revision_of(OPENED.values())
    assert 'type="hidden"' in str(WordsForm(initial=OPENED)["base_revision"])


def test_form_shows_both_versions_and_can_be_sent_again():
    form = WordsForm(QueryDict("title=Reading&text=Mine.&base_revision=old"), initial=OPENED)
    stored = OPENED | {"text": "Theirs."}

    with refusals_in(form):
        raise Stale(FIRST, current=stored)

    html = str(form)
    assert status_of(form) == 409
    assert form.versions == [Versions("Text", "Theirs.", "Mine.")]
    assert [words in html for words in (FIRST, "<p>Theirs.</p>")] == [True, True]
    assert "Mine.</textarea>" in html
    assert form["base_revision"].value() == revision_of(stored.values())


def test_form_that_is_only_refused_compares_nothing():
    form = WordsForm(QueryDict("title=Reading&text=Mine."), initial=OPENED)

    with refusals_in(form):
        raise Refused(FIRST)

    assert (status_of(form), form.versions) == (409, [])
    assert "Stored now" not in str(form)


def test_status_of_a_form_says_how_it_was_filled_in():
    right = QueryDict("title=Reading&text=Mine.")

    found = [status_of(WordsForm(sent)) for sent in (None, QueryDict("title="), right)]

    assert found == [200, 422, 200]
