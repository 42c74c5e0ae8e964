"""The design system's tags and filters. ``{% load trigpoint %}``."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify

from trigpoint.records.refusals import Verdict
from trigpoint.web import drawings, grids, marks, panels, steps, tabs, wording
from trigpoint.web.drawings import Placed, Point
from trigpoint.web.grids import Row, StateRow
from trigpoint.web.marks import Levelled

register = template.Library()

TONES = {
    "success": "good",
    "error": "bad",
    "warning": "warn",
    "info": "info",
    "debug": "quiet",
}
TONE_ICONS = {
    "good": "circle-check",
    "bad": "alert-octagon",
    "warn": "alert-triangle",
    "info": "info-circle",
    "mute": "circle-dashed",
    "quiet": "info-circle",
}
NO_DATA = "\N{EN DASH}"
SMALLEST_GROUP = 5  # unless the trust says otherwise, fewer people are never counted aloud
DATE_FORMATS = {"day": "l j F", "short": "j M", "long": "l j F Y", "": "j M Y"}
WITH_YEAR = {"day": "long", "short": ""}


@register.simple_tag
def icon(name: str, size: str = "", extra: str = "") -> SafeString:
    """``{% icon "calendar-week" %}``, ``{% icon "check" size="sm" %}``: for the eye only."""
    return marks.icon(name, size, extra)


@register.simple_tag
def level(level: Levelled | None, size: str = "") -> SafeString:
    """``{% level judgement.level %}``: mark and word; "Not judged" for None."""
    return marks.level(level or None, size)


@register.simple_tag
def level_mark(level: Levelled | None, size: str = "") -> SafeString:
    """``{% level_mark judgement.level %}``: the mark alone; write the word near it."""
    return marks.level_mark(level or None, size)


@register.simple_tag
def strength(strength: str | None, *, short: bool = False, size: str = "") -> SafeString:
    """``{% strength "FAIR" %}``: "Fair evidence"; ``short=True`` under an *Evidence* heading."""
    return marks.strength(strength or None, short=short, size=size)


@register.simple_tag
def strength_mark(strength: str | None, size: str = "") -> SafeString:
    """``{% strength_mark "FAIR" %}``: the mark alone; write the words near it."""
    return marks.strength_mark(strength or None, size)


@register.simple_tag
def change(steps_up: int, since: str = "last term") -> SafeString:
    """``{% change 1 %}``: an arrow with words; nothing for 0."""
    return marks.change(steps_up, since=since)


@register.simple_tag
def pill(text: str, tone: str = "mute", icon: str = "") -> SafeString:
    """``{% pill "Agreed" tone="good" icon="check" %}``: a status is always an icon and a word.

    Tones: good, warn, bad, info, mute. Without an icon the tone's own is drawn.
    """
    return format_html(
        '<span class="tp-tag tp-tag--{}">{}{}</span>',
        tone,
        marks.icon(icon or TONE_ICONS[tone], "sm"),
        text,
    )


@register.simple_tag
def count(number: int | None, *, suppress: bool = True, below: int = SMALLEST_GROUP) -> str:
    """``{% count n below=trust.suppress_below %}``: people, ``<5`` when few, a dash for no data.

    ``suppress=False`` is for counts of things (records, actions), which identify nobody.
    """
    if number is None:
        return NO_DATA
    if suppress and 0 < number < below:
        return f"<{below}"
    return f"{number:,}"


@register.simple_tag
def bar(value: float, of: float, width: int = 120) -> SafeString:
    """``{% bar 6 of=8 %}``: the bar alone; write the figures beside it."""
    return drawings.bar(value, of, width=width)


@register.simple_tag
def meter(value: int, of: int, noun: str = "") -> SafeString:
    """``{% meter 6 of=8 noun="visits" %}``: the bar and "6 of 8 visits"."""
    return drawings.meter(value, of, noun=noun)


@register.simple_tag
def trend(points: Sequence[Point]) -> SafeString:
    """``{% trend points %}``: a level over the terms, oldest first."""
    return drawings.trend(points)


@register.simple_tag
def comparison(own: Placed | None, trust: Placed | None, meaning: str = "") -> SafeString:
    """``{% comparison self_level trust_level %}``: the school's own view against the trust's.

    ``meaning=`` says what changed in meaning between the two; they are then not compared.
    """
    return drawings.comparison(own or None, trust or None, meaning=meaning or "")


@register.simple_tag
def heat_grid(
    columns: Sequence[str], rows: Iterable[Row], caption: str, corner: str = "", target: str = ""
) -> SafeString:
    """``{% heat_grid columns rows caption="…" corner="Sorted by concern" target="#why" %}``."""
    return grids.heat_grid(
        columns=columns, rows=rows, caption=caption, corner=corner, target=target
    )


@register.simple_tag
def state_grid(
    columns: Sequence[str], rows: Iterable[StateRow], caption: str, corner: str, target: str = ""
) -> SafeString:
    """``{% state_grid columns rows caption="…" corner="By name" target="#why" %}``."""
    return grids.state_grid(
        columns=columns, rows=rows, caption=caption, corner=corner, target=target
    )


@register.simple_tag
def stepper(clock: Sequence[steps.Step], label: str) -> SafeString:
    """``{% stepper clock label="Report clock" %}``: a list of ``web.steps.Step``."""
    return steps.stepper(clock, label=label)


@register.simple_tag
def crumb(label: str, url: str = "") -> SafeString:
    """``{% crumb "Reviews" url %}``; without an address it is the page one is on."""
    if url:
        return format_html('<li><a href="{}">{}</a></li>', url, label)
    return format_html('<li aria-current="page">{}</li>', label)


@register.simple_tag(takes_context=True, name="panels")
def draw_panels(context: template.Context, slot: str, *args: object) -> SafeString:
    """``{% panels "reviews-show" review.pk %}``: boxes that upper areas fill, links without JS."""
    access: Any = context["request"].user.access
    return format_html_join(
        "",
        '<section class="tp-panel tp-slot" aria-label="{0}"><div hx-get="{1}" hx-trigger="load"'
        ' hx-swap="outerHTML" class="tp-panel-body"><a href="{1}">{0}</a></div></section>',
        ((panel.label, url) for panel, url in panels.panels_for(access, slot, *args)),
    )


@register.simple_tag(takes_context=True, name="tabs")
def draw_tabs(context: template.Context, slot: str, *args: object, current: str = "") -> SafeString:
    """``{% tabs "review" review.pk %}``; the current tab is found from the page's URL name."""
    return format_html(
        '<nav aria-label="Sections of this {}"><ul class="tp-tabs">{}</ul></nav>',
        slot,
        draw_tab_items(context, slot, *args, current=current),
    )


@register.simple_tag(takes_context=True, name="tab_items")
def draw_tab_items(
    context: template.Context, slot: str, *args: object, current: str = ""
) -> SafeString:
    """``{% tab_items "policy" %}``: only the tabs' items, for a list that has others of its own."""
    request: HttpRequest = context["request"]
    access: Any = request.user.access  # type: ignore[union-attr]  # only on signed-in pages
    view_name = request.resolver_match.view_name if request.resolver_match else ""
    drawn = tabs.tabs_for(request.user, access, slot, *args, current=current or view_name)
    return format_html_join(
        "", '<li><a href="{}"{}>{}{}</a></li>', (_tab_parts(tab) for tab in drawn)
    )


def _tab_parts(tab: tabs.DrawnTab) -> tuple[str, SafeString, str, SafeString]:
    current = SafeString(' aria-current="page"' if tab.current else "")
    number = (
        format_html(' <span class="tp-count">{}</span>', tab.count)
        if tab.count is not None
        else marks.EMPTY
    )
    return tab.url, current, tab.label, number


@register.inclusion_tag("web/_chips.html", takes_context=True)
def chips(
    context: template.Context, name: str, choices: Iterable[tuple[str, str, int]], now: str = ""
) -> dict[str, object]:
    """``{% chips "show" choices now=show %}``: a list's choices (value, label, count) as links."""
    drawn = []
    for value, label, number in choices:
        query = context["request"].GET.copy()
        query.pop("page", None)
        query[name] = value
        if not value:
            del query[name]
        drawn.append((f"?{query.urlencode()}", label, number, value == now))
    return {"name": name, "now": now, "chips": drawn}


@register.inclusion_tag("web/_pager.html", takes_context=True)
def pager(context: template.Context, page_obj: Page[Any], noun: str = "") -> dict[str, object]:
    """``{% pager page_obj noun="actions" %}``: "26 to 50 of 312 actions" and the page links."""
    paginator = page_obj.paginator
    query = context["request"].GET.copy()
    query.pop("page", None)
    rest = f"&{query.urlencode()}" if query else ""
    return {
        "page_obj": page_obj,
        "numbers": list(
            paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
        ),
        "ellipsis": paginator.ELLIPSIS,
        "rest": rest,
        "noun": noun,
    }


@register.filter(expects_localtime=True)
def ukdate(value: dt.date | None, style: str = "") -> str:
    """``{{ day|ukdate }}`` 12 Nov 2026; ``:"short"`` 12 Nov; ``:"day"`` Thursday 12 November; ``:"long"``.

    Another year than this one is always written.
    """
    if not value:
        return NO_DATA
    if value.year != timezone.localdate().year:
        style = WITH_YEAR.get(style, style)
    return date_format(value, DATE_FORMATS[style])


@register.filter
def attributes(attrs: dict[str, Any]) -> SafeString:
    """Write a widget's attributes but its class, which is ours to give."""
    return flatatt({name: value for name, value in attrs.items() if name != "class"})


@register.filter
def problems(field: BoundField) -> list[str]:
    """Return what is wrong with a form's field, in our words."""
    return wording.problems(field)


@register.filter
def initials(name: str) -> str:
    """Return up to two capital letters for an avatar: first name's and last name's."""
    words = [word for word in str(name).split() if word[0].isalpha()]
    picked = words[:1] + (words[-1:] if len(words) > 1 else [])
    return "".join(word[0].upper() for word in picked)


@register.filter
def tone(level_tag: str) -> str:
    """Return the tone of one of Django's message levels."""
    return TONES.get(level_tag.rsplit(" ", maxsplit=1)[-1], "info")


@register.filter
def tone_icon(level_tag: str) -> str:
    """Return the icon of one of Django's message levels."""
    return TONE_ICONS[tone(level_tag)]


@register.inclusion_tag("web/_act.html", takes_context=True)
def act(  # noqa: PLR0913 -- a tag's arguments are its attributes in the page
    context: template.Context,
    label: str,
    url: str = "",
    *,
    verdict: Verdict | None = None,
    icon: str = "",
    look: str = "",
    post: bool = False,
) -> dict[str, object]:
    """``{% act "Close the finding" url verdict=may_close icon="check" look="primary" %}``.

    A link to the verb's page; with ``post=True`` a form of its own; without an address the submit
    button of the form around it. When the verdict is no, a blocked button with the reason beside it.
    """
    return {
        "csrf_token": context.get("csrf_token"),
        "label": label,
        "url": url,
        "blocked": verdict is not None and not verdict,
        "reason": verdict.reason if verdict is not None else "",
        "reason_id": f"why-{slugify(label)}",
        "icon": icon,
        "look": f"btn-{look}" if look else "",
        "post": post,
    }
