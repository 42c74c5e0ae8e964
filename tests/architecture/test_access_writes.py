"""No form takes a row of another trust, or a field it does not ask for, whatever is sent.

Every form of the product is filled in as it stands, with what it offers; then each id in it is
replaced by one of a foreign row of the same table. Afterwards no row may point across trusts,
and whatever was refused or filled in badly comes back with the words that were typed. Then every
other column of the area's tables is sent along: what is written must be the same as before.
"""

import re
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, models, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from tests.architecture import routes as url_map
from tests.architecture.test_access_walk import address, targets_of
from tests.architecture.worlds import build_worlds, somebody
from trigpoint.trusts.structure.models import TrustRecord

WRITERS = ("QA lead of the trust", "administrator", "headteacher of one academy")
BY_KIND = {
    "date": "2026-03-02",
    "datetime-local": "2026-03-02T10:00",
    "time": "10:00",
    "number": "1",
    "email": "somebody@example.org",
    "checkbox": "on",
}
TYPED = "A sentence."  # what stands in every field for words
NOT_SENT = {"csrfmiddlewaretoken", "next"}
TABLES = {  # fields whose list is empty on the page: the table they would name a row of
    "academy": "academy",
    "activity": "activity",
    "area": "area",
    "body": "body",
    "lead": "person",
    "line": "lineofenquiry",
    "observed": "person",
    "owner": "person",
    "person": "person",
    "record": "evidencerecord",
    "review": "review",
    "standard": "standard",
    "team": "team",
    "theme": "theme",
}


class Forms(HTMLParser):
    """Reads what each POST form of a page would send if nobody typed anything clever."""

    def __init__(self, here):
        super().__init__()
        self.here, self.found, self.filled, self.select = here, [], None, ""

    def handle_starttag(self, tag, attrs):
        """Note each field once, with a value of its kind."""
        given = dict(attrs)
        if tag == "form":
            self.filled = {}
            if given.get("method", "").lower() == "post":
                self.found.append((given.get("action") or self.here, self.filled))
        elif self.filled is not None and tag in {"input", "textarea", "select", "option"}:
            self.field(tag, given.get("name", ""), given)

    def field(self, tag, name, given):
        """Fill in one field, or take the first choice of a list."""
        kind = given.get("type", "text")
        if tag == "select":
            self.select = name
            self.filled.setdefault(name, "")
        elif tag == "option":
            self.filled[self.select] = self.filled.get(self.select) or given.get("value") or ""
        elif name and name not in NOT_SENT and kind not in {"file", "submit"}:
            self.filled.setdefault(name, given.get("value") or BY_KIND.get(kind, TYPED))

    def handle_endtag(self, tag):
        """Leave the form."""
        self.filled = None if tag == "form" else self.filled


def links():
    """Yield each way a row of a trust names another one: its model, the table asked, both trusts."""
    for model in apps.get_models():
        if not issubclass(model, TrustRecord):
            continue
        for one in model._meta.get_fields():
            if isinstance(one, models.ForeignKey) and issubclass(one.related_model, TrustRecord):
                yield f"{model._meta.label}.{one.name}", model, "trust", f"{one.name}__trust"
            elif isinstance(one, models.ManyToManyField):
                near, far = one.m2m_field_name(), one.m2m_reverse_field_name()
                through = one.remote_field.through
                yield f"{model._meta.label}.{one.name}", through, f"{near}__trust", f"{far}__trust"


def across_trusts():
    """Return every link between rows of two trusts."""
    return [
        name
        for name, model, mine, theirs in links()
        if model.objects.filter(**{f"{theirs}__isnull": False})
        .exclude(**{theirs: F(mine)})
        .exists()
    ]


UNLIKE = re.compile(  # ids, a survey's secret, the hash of a secret, moments, a password nobody can type
    r"'[a-z2-9]{4}(?:-[a-z2-9]{4}){3}'|\b[0-9a-f]{32}\b|\b[0-9a-f]{64}\b|[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d[ T][\d:.+]+|'![A-Za-z0-9]{40}'"
)


def written(queries):
    """Return what was written, without ids and moments, which are new each time."""
    return [
        UNLIKE.sub("", query["sql"])
        for query in queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE")) and "session" not in query["sql"]
    ]


def columns(area, stranger):
    """Return every column of an area's tables, each with a value that would show."""
    found = {}
    for model in apps.get_app_config(area).get_models():
        for one in model._meta.concrete_fields:
            value = "Poison"
            if isinstance(one, models.ForeignKey):
                value = stranger.get(one.related_model._meta.model_name, "")
            elif one.choices:
                value = str(one.choices[-1][0])
            elif isinstance(one, models.DateField):
                value = "1999-09-09"
            elif isinstance(one, models.BooleanField):
                value = "on"
            elif isinstance(one, models.IntegerField):
                value = "9"
            found |= {one.name: value, one.attname: value}
    return found


class Filler:
    """Fills in one form after another, each time with one stranger's id, and undoes it."""

    def __init__(self, client, worlds):
        self.client, self.worlds = client, worlds
        self.tried, self.accepted, self.wrong, self.seen = 0, 0, [], set()
        self.overfilled = 0
        self.cookies = client.cookies.output(header="", sep=";")
        self.table_of = {
            str(row.pk): model for model, rows in worlds["own"].rows.items() for row in rows
        }
        self.stranger = {
            model._meta.model_name: str(rows[0].pk)
            for model, rows in worlds["foreign"].rows.items()
        }
        client.raise_request_exception = False

    def send(self, where, filled):
        """Send the form; remember it when a link across trusts came of it. Return what it wrote."""
        self.tried += 1
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            response = self.client.post(where, filled)
            wrote = written(queries.captured_queries)
            if response.status_code < 400:
                self.accepted += 1
                crossed = across_trusts()
                if crossed:
                    self.wrong.append(f"{where}: {crossed} with {filled}")
            elif response.status_code >= 500:
                error = (response.exc_info or (None, None))[1]
                self.wrong.append(f"{where}: {response.status_code} {error!r} with {filled}")
            elif TYPED in filled.values() and TYPED not in response.content.decode():
                self.wrong.append(f"{where}: {response.status_code} and what was typed is gone")
            transaction.set_rollback(True)
        self.client.cookies.load(self.cookies)
        return wrote

    def overfill(self, where, filled, wrote):
        """Send the columns the form does not ask for along with it: they must change nothing."""
        area = resolve(where.split("?")[0]).view_name.split(":")[0]
        if not wrote or area.startswith("account_"):
            return
        self.overfilled += 1
        more = columns(area, self.stranger) | filled
        if (now := self.send(where, more)) != wrote:
            odd = [line[:300] for line in now if line not in wrote]
            self.wrong.append(f"{where}: wrote something else with {sorted(more)}: {odd}")

    def fill(self, route):
        """Try the forms of one page: as offered, then with each id swapped for a stranger's."""
        for filling in targets_of(route, self.worlds["own"]):
            here = address(route, filling)
            page = self.client.get(here)
            if page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
                continue
            forms = Forms(here)
            forms.feed(page.content.decode())
            for where, filled in forms.found:
                self.swap(where, filled)

    def swap(self, where, filled):
        """Send one form, unless its like was sent already."""
        like = resolve(where.split("?")[0]).view_name, *filled
        if like in self.seen or like[0] == "account_logout":
            return
        self.seen.add(like)
        self.overfill(where, filled, self.send(where, filled))
        for name, value in filled.items():
            model = self.table_of.get(value)
            table = model._meta.model_name if model else TABLES.get(name, "")
            if table in self.stranger:
                self.send(where, {**filled, name: self.stranger[table]})


@pytest.mark.django_db
def test_the_worlds_are_apart_to_begin_with():
    build_worlds()

    assert across_trusts() == []


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("who", WRITERS)
def test_no_form_takes_a_row_of_another_trust(who, client, record_property):
    worlds = build_worlds()
    client.force_login(get_user_model().objects.get(pk=somebody(worlds["own"], who).pk))
    filler = Filler(client, worlds)

    for route in url_map.routes():
        if "GET" in route.methods and route.capability:
            filler.fill(route)

    record_property("filled", filler.tried)
    record_property("accepted", filler.accepted)
    record_property("overfilled", filler.overfilled)
    assert filler.overfilled
    assert not filler.wrong, "\n".join(dict.fromkeys(filler.wrong))
