"""Each tag and filter, as pages use it."""

import datetime as dt

import pytest
from django.core.paginator import Paginator
from django.utils import timezone

from tests.looks import placed
from trigpoint.records.refusals import ALLOWED, denied
from trigpoint.web.drawings import Point
from trigpoint.web.grids import Cell, Row
from trigpoint.web.steps import State, Step

LEVEL = placed("M", "Meets standard")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("{% level level %}", "<span>Meets standard</span>", id="level"),
        pytest.param("{% level missing %}", "Not judged", id="level of an unknown variable"),
        pytest.param("{% level_mark level %}", "#lv-circle", id="level mark"),
        pytest.param('{% strength "FAIR" %}', "Fair evidence", id="strength"),
        pytest.param('{% strength "" %}', "No evidence yet", id="empty strength"),
        pytest.param('{% strength_mark "STRONG" %}', "#st-3", id="strength mark"),
        pytest.param("{% change 1 %}", "Up since last term", id="change"),
        pytest.param('{% icon "check" size="sm" %}', "tp-icon--sm", id="icon"),
        pytest.param("{% bar 6 of=8 %}", 'width="90.0"', id="bar"),
        pytest.param('{% meter 6 of=8 noun="visits" %}', "6 of 8 visits", id="meter"),
        pytest.param("{% trend points %}", "Aut 26: Meets standard", id="trend"),
        pytest.param("{% comparison level None %}", "Trust: Not judged", id="comparison"),
        pytest.param('{% heat_grid columns rows caption="Levels" %}', "Larkholt, One", id="heat grid"),
        pytest.param('{% crumb "Reviews" "/r/" %}', '<li><a href="/r/">Reviews</a></li>', id="crumb"),
        pytest.param('{% crumb "Here" %}', '<li aria-current="page">Here</li>', id="last crumb"),
        pytest.param('{% pill "Agreed" tone="good" icon="check" %}', "#i-check", id="pill with icon"),
        pytest.param('{% pill "Late" tone="bad" %}', "#i-alert-octagon", id="pill with the tone's icon"),
    ],
)  # fmt: skip
def test_tag_draws(draw, source, expected):
    context = {
        "level": LEVEL,
        "points": [Point("Aut 26", LEVEL)],
        "columns": ["One"],
        "rows": [Row("Larkholt", [Cell(LEVEL)])],
    }

    assert expected in draw(source, **context)


def test_chips_keep_the_other_filters_and_begin_at_the_first_page(asking, draw):
    choices = [("", "All", 3), ("open", "Open", 2)]
    source = '{% chips "show" choices now="open" %}'

    html = draw(source, asking("/?academy=1&show=open&page=2"), choices=choices)

    assert 'href="?academy=1"' in html
    assert 'href="?academy=1&amp;show=open"' in html
    assert html.count('aria-current="true"') == 1
    assert '<input type="hidden" name="show" value="open">' in html


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("{% count 4 %}", "&lt;5", id="few people are not counted aloud"),
        pytest.param("{% count 5 %}", "5", id="five may be"),
        pytest.param("{% count 9 below=10 %}", "&lt;10", id="the trust's own limit"),
        pytest.param("{% count 0 %}", "0", id="none is not few"),
        pytest.param("{% count 1204 %}", "1,204", id="thousands"),
        pytest.param("{% count None %}", "–", id="no data is not none"),
        pytest.param("{% count 2 suppress=False %}", "2", id="things, not people"),
        pytest.param("{{ day|ukdate }}", "5 Nov 2020", id="date"),
        pytest.param('{{ day|ukdate:"short" }}', "5 Nov 2020", id="short date of another year"),
        pytest.param('{{ day|ukdate:"day" }}', "Thursday 5 November 2020", id="day of another year"),
        pytest.param('{{ day|ukdate:"long" }}', "Thursday 5 November 2020", id="long date"),
        pytest.param("{{ none|ukdate }}", "–", id="no date"),
        pytest.param('{{ "Priya Nandakumar"|initials }}', "PN", id="two names"),
        pytest.param('{{ "Ann-Marie de la Cruz"|initials }}', "AC", id="many names"),
        pytest.param('{{ "(prince)"|initials }}', "", id="no letter"),
        pytest.param('{{ "Cher"|initials }}', "C", id="one name"),
        pytest.param('{{ "error"|tone }} {{ "extra success"|tone }} {{ "odd"|tone }}', "bad good info", id="tones"),
        pytest.param('{{ "warning"|tone_icon }}', "alert-triangle", id="tone icon"),
    ],
)  # fmt: skip
def test_words(draw, source, expected):
    assert draw(source, day=dt.date(2020, 11, 5), none=None) == expected


def test_dates_of_this_year_need_no_year(draw):
    first = timezone.localdate().replace(month=1, day=1)

    assert draw('{{ day|ukdate:"short" }}', day=first) == "1 Jan"
    assert draw('{{ day|ukdate:"day" }}', day=first) == f"{first:%A} 1 January"


def test_dates_of_moments_are_londons(draw):
    late = dt.datetime(2020, 6, 30, 23, 30, tzinfo=dt.UTC)

    assert draw("{{ day|ukdate }}", day=late) == "1 Jul 2020"


def test_stepper_says_where_each_step_stands(draw):
    clock = [
        Step("Plan", "29 Oct", State.DONE),
        Step("Draft", "19 Nov", State.LATE),
        Step("Check", "1 Dec", State.NOW),
        Step("Final"),
    ]

    html = draw('{% stepper clock label="Report clock" %}', clock=clock)

    assert '<ol class="tp-stepper" aria-label="Report clock">' in html
    assert html.count('aria-current="step"') == 1
    for words in ("(done)", "(overdue)", "(now)", "(to do)", 'class="is-late"'):
        assert words in html


def test_pager_keeps_the_other_filters(asking, draw):
    page_obj = Paginator(range(312), 25).page(3)

    html = draw(
        '{% pager page_obj noun="actions" %}', asking("/?status=open&page=3"), page_obj=page_obj
    )

    assert "51 to 75 of 312" in html
    assert 'href="?page=2&amp;status=open" rel="prev"' in html
    assert 'href="?page=4&amp;status=open" rel="next"' in html
    assert html.count('aria-current="page"') == 1
    assert "…" in html


@pytest.mark.parametrize(("rows", "says"), [(0, "0"), (3, "1 to 3 of 3")])
def test_pager_of_one_page_has_no_links(asking, draw, rows, says):
    html = draw("{% pager page_obj %}", asking(), page_obj=Paginator(range(rows), 25).page(1))

    assert says in html
    assert "<nav" not in html


@pytest.mark.parametrize(
    ("page", "absent"), [(1, "Previous"), (13, "Next")], ids=["first page", "last page"]
)
def test_pager_stops_at_the_ends(asking, draw, page, absent):
    html = draw("{% pager page_obj %}", asking(), page_obj=Paginator(range(312), 25).page(page))

    assert absent not in html


def test_act_is_a_link_a_form_or_the_submit_button(draw):
    assert '<a class="btn btn-primary" href="/x/">' in draw(
        '{% act "Close" "/x/" verdict=yes look="primary" icon="check" %}', yes=ALLOWED
    )
    form = draw('{% act "Close" "/x/" post=True %}', csrf_token="token")
    assert '<form method="post" action="/x/">' in form
    assert "csrfmiddlewaretoken" in form
    assert '<button class="btn " type="submit">' in draw('{% act "Save" %}')


def test_act_that_is_not_allowed_is_blocked_and_says_why(draw):
    html = draw('{% act "Sign off" "/x/" verdict=no %}', no=denied("Answer the contradiction."))

    assert 'disabled aria-describedby="why-sign-off"' in html
    assert '<span class="tp-blocked" id="why-sign-off">Answer the contradiction.</span>' in html
    assert "/x/" not in html


def test_empty_state_says_what_to_do_next(draw):
    html = draw(
        '{% include "web/_empty.html" with title="No evidence yet" text="Add a record." url="/add/" action="Add" %}'
    )

    for words in ("No evidence yet", "Add a record.", '<a class="btn" href="/add/">Add</a>'):
        assert words in html
    assert "href" not in draw('{% include "web/_empty.html" with title="None" text="Good." %}')


def test_legend_and_callout_have_words_beside_their_marks(draw):
    legend = draw('{% include "web/_legend.html" %}', levels=[LEVEL])
    callout = draw(
        '{% include "web/_callout.html" with tone="warn" icon="alert-triangle" title="Seen" text="Last week." %}'
    )

    for words in ("Meets standard", "Thin evidence", "Review overdue"):
        assert words in legend
    assert "tp-callout--warn" in callout
    assert "Last week." in callout
