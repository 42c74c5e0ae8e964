"""Walk every address of the product, as everybody, towards everybody's records.

Generated from the URL map: a new screen is walked the moment it exists. For each address, method,
role and target (own academy, sibling academy, foreign trust, nothing) the answer must be one the
rules allow, never a fault, and must not hold a word planted in somebody else's records, not even
inside a PDF, a spreadsheet or an archive. A foreign record answers exactly as a missing one.
"""

import io
import json
import logging
import re
import traceback
import zipfile

import pypdf
import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.urls import reverse
from django.utils.http import urlencode

from tests.architecture import routes as url_map
from tests.architecture.worlds import CANARY, FIELDS, NOWHERE, PEOPLE, build_worlds, somebody
from tests.factories import DraftSecretFactory, UserFactory
from trigpoint.judgements.levels import rules as levels
from trigpoint.judgements.models import Judgement
from trigpoint.records.models import Record
from trigpoint.web.screens import SIGNED_IN

KWARGS = {  # what a gap in an address stands for: the table it names a row of
    "academy_id": "academy",
    "action_id": "action",
    "activity_id": "activity",
    "area_id": "area",
    "attachment_id": "attachment",
    "body_id": "body",
    "challenge_id": "challenge",
    "citation_id": "citation",
    "claim_id": "claim",
    "closure_id": "closure",
    "cluster_id": "cluster",
    "comment_id": "factualcomment",
    "conflict_id": "conflictofinterest",
    "crosswalk_id": "crosswalk",
    "decision_id": "decision",
    "document_id": "reviewdocument",
    "entry_id": "evidencerecord",
    "evidence_id": "evidencerecord",
    "file_id": "attachment",
    "finding_id": "finding",
    "grant_id": "grant",
    "import_id": "importrun",
    "instrument_id": "instrument",
    "judgement_id": "judgement",
    "line_id": "lineofenquiry",
    "meeting_id": "meeting",
    "member_id": "reviewteammember",
    "need_id": "developmentneed",
    "note_id": "note",
    "outside_framework_id": "outsideframework",
    "notice_id": "notice",
    "paper_id": "paper",
    "past_import_id": "evidenceimport",
    "person_id": "person",
    "policy_id": "policy",
    "policy_comment_id": "policycomment",
    "post_id": "post",
    "practice_id": "goodpractice",
    "programme_id": "programme",
    "record_id": "evidencerecord",
    "report_id": "report",
    "responsibility_id": "responsibility",
    "review_id": "review",
    "rule_id": "cadencerule",
    "scale_id": "scale",
    "section_id": "section",
    "slot_id": "programmeslot",
    "standard_id": "standard",
    "statement_id": "reportstatement",
    "survey_id": "survey",
    "team_id": "team",
    "theme_id": "theme",
    "upload_id": "staffimport",
    "version_id": "policyversion",
}
WORDS = {  # gaps that name no row: what to put there
    "area_lineage": "teaching",
    "part_key": "part",
    "question_key": "focus",
    "role": "qa-lead",
    "uidb36": "1",
    "key": "ofsted-november-2025",
    "token": "no-such-secret",  # whose secret opens what: tests/reviews/feeds, tests/evidence/answering
}
VERSIONS = {"instruments": "instrumentversion"}  # areas where <version_id> is another table
FINE = {200, 201, 202, 204, 302, 303, 304, 400, 403, 404, 405, 409, 413, 422}
SHARED_WITH_THE_TRUST = {  # what an academy-wide role may read of a sibling, and why
    "goodpractice": "published practice is offered to every academy of the trust",
    "academy": "the names of the trust's academies are no secret inside the trust",
}
OF_A_REVIEW = {  # all that a guest may read: their review, and the policy and forms it works with
    *("review", "deadline", "reviewteammember", "lineofenquiry", "activity", "academy", "team"),
    *("submitted", "shared", "observed", "unpublished", "individual", "claim", "citation"),
    *("judgement", "finding", "report", "reportstatement", "factualcomment"),
    *("reviewdocument", "sample", "reviewsurvey"),
    *("action", "impactcheck", "theme", "person", "trust"),
    *(
        "policy",
        "policyversion",
        "body",
        "scale",
        "area",
        "standard",
        "level",
        "section",
        "responsibility",
    ),
    *(
        "cadencerule",
        "crosswalk",
        "outsideframework",
        "lookfor",
        "descriptor",
        "instrument",
        "instrumentlabels",
        "instrumentversion",
    ),
}
OUTLIVES_A_ROLE = {  # what opens without the role it asks for, for whom, and why nobody else's is in it
    "evidence:entries-new": "whoever wrote on a device reads there what they did not send",
    "api:devices-unlock": "whoever wrote on a device opens it there with their own secret, kept before",
}
TARGETS = ("missing", "own", "sibling", "foreign")
FILTERS = (
    "academy",
    "area",
    "body",
    "claim",
    "cluster",
    "finding",
    "person",
    "review",
    "standard",
    "team",
)


def rows_for(route, world):
    """Return, for each gap of the address, the rows of one world that could stand there."""
    found = {}
    for gap in route.kwargs:
        if gap in WORDS:
            found[gap] = [WORDS[gap]]
            continue
        assert gap in KWARGS, f"{route}: say in KWARGS or WORDS what <{gap}> stands for"
        table = KWARGS[gap]
        if gap == "version_id":
            table = VERSIONS.get(route.name.split(":")[0], table)
        found[gap] = (
            [NOWHERE]
            if world is None
            else [
                row
                for model, rows in world.rows.items()
                if model._meta.model_name == table
                for row in rows
            ]
        )
        siblings_share_it = world is not None and world.name == "sibling"
        assert found[gap] or siblings_share_it, f"{route}: worlds.py builds no {table}"
    return found


def targets_of(route, world):
    """Yield one set of gap fillers a row: the last gap takes each row, those before it the first."""
    found = rows_for(route, world)
    if not found:
        yield {}
    if not found or not all(found.values()):
        return
    *firsts, last = found
    for row in found[last]:
        yield {**{gap: found[gap][0] for gap in firsts if found[gap]}, last: row}


def names_a_row(filling):
    """Say whether an address names a row; one of words alone has no foreign and no missing one."""
    return bool(set(filling) - set(WORDS))


def address(route, filling):
    """Return the address with its gaps filled."""
    ids = {gap: getattr(row, "pk", row) for gap, row in filling.items()}
    return reverse(route.name, kwargs=ids)


def text_of(response):
    """Return everything readable in a response: headers, body, and what is packed in documents."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    parts = [str(dict(response.headers)), body.decode("utf-8", "replace")]
    if body.startswith(b"%PDF"):
        parts += [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    if "json" in kind:
        parts.append(json.dumps(json.loads(body), ensure_ascii=False))
    return "\n".join(parts)


def plain(response):
    """Return what a stranger can tell two answers apart by."""
    return response.status_code, re.sub(rb"[0-9a-f-]{36}", b"", response.content)


def fault(response):
    """Say what broke and where, when something did."""
    error = (getattr(response, "exc_info", None) or (None, None))[1]
    if error is None:
        return ""
    ours = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "/trigpoint/" in frame[0]
    ]
    place = f" at {ours[-1].filename.split('/trigpoint/')[-1]}:{ours[-1].lineno}" if ours else ""
    return f": {type(error).__name__}: {str(error).splitlines()[0][:160]}{place}"


@pytest.fixture(autouse=True)
def quiet():
    """Refusals by the thousand are what this walk is for; the log need not repeat them."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


class Walker:
    """One person walking the URL map; collects what is wrong and counts what was tried."""

    def __init__(self, client, user, worlds):
        self.client, self.user, self.worlds = client, user, worlds
        self.tried, self.compared, self.wrong, self.read = 0, 0, [], set()
        self.is_guest = all(grant.review_id for grant in user.person.grants.all())
        self.cookies = client.cookies.output(header="", sep=";")
        client.raise_request_exception = False

    def send(self, method, where):
        """Make one request and undo whatever it changed."""
        self.tried += 1
        body = {} if method == "GET" else {"data": {}}
        if where.startswith("/api/") and method != "GET":
            body = {"data": "{}", "content_type": "application/json"}
        with transaction.atomic():
            response = getattr(self.client, method.lower())(where, **body)
            response.text = text_of(response)
            transaction.set_rollback(True)
        self.client.cookies.load(self.cookies)  # signing out is undone too
        return response

    def note(self, problem, route, method, target, response):
        """Remember something wrong."""
        status = response.status_code
        self.wrong.append(f"{method} {route} → {target}: {status} {problem}{fault(response)}")

    def may_read(self, filling):
        """Say whether every row the address names is visible to the walker by its own table's rule."""
        rows = [row for row in filling.values() if hasattr(row, "_meta")]
        return all(
            type(row).objects.visible_to(self.user).filter(pk=row.pk).exists()
            for row in rows
            if hasattr(type(row).objects, "visible_to")
        )

    def judges_in(self, world):
        """Say whether the walker may judge in the review of a world that has no final report."""
        rows = [row for row in self.worlds[world].all_of(Judgement) if row.stands_from is None]
        return all(levels.judges(self.user, row.review) for row in rows)

    def check_words(self, route, method, target, response):
        """Find words of worlds this person has no part in."""
        capability = route.asks(method)
        trust_wide = capability and self.user.access.is_trust_wide(capability)
        shared = set() if self.is_guest else SHARED_WITH_THE_TRUST
        for world, table in set(CANARY.findall(response.text)):
            if world == "own" and table:
                self.read |= {field for field in FIELDS if field.startswith(table[:5])}
            if world == "foreign":
                self.note(f"LEAK of a foreign {table}", route, method, target, response)
            if table == "provisional" and not self.judges_in(world):
                self.note("LEAK of a provisional level", route, method, target, response)
            if world == "sibling" and not trust_wide and table not in shared:
                self.note(f"LEAK of a sibling's {table}", route, method, target, response)
            of_a_review = any(one.startswith(table) for one in OF_A_REVIEW)  # cut short on a page
            if self.is_guest and world == "own" and not of_a_review:
                self.note(f"LEAK of a {table} to a guest", route, method, target, response)

    def check_answer(self, route, method, target, filling, response):
        """Compare the status with what the rules allow."""
        status, capability = response.status_code, route.asks(method)
        if status not in FINE:
            self.note("is not an answer", route, method, target, response)
        if route.is_api and method != "GET" and status == 422:
            return  # a malformed body is refused before anything is looked up, whoever asks
        holds = route.opens(self.user, method)
        if not holds and status != 403:
            self.note(
                "should be 403: the role does not hold it anywhere", route, method, target, response
            )
        elif not (holds and names_a_row(filling) and capability) or status == 404:
            return
        elif target in {"foreign", "missing"}:
            self.note("should be 404", route, method, target, response)
        elif status != 403 and (target == "sibling" or self.is_guest):
            wide = capability != SIGNED_IN and self.user.access.is_trust_wide(capability)
            if not wide and not self.may_read(filling):
                self.note("should be 404: not theirs to see", route, method, target, response)

    def walk(self, route):
        """Try one address in every way; one that the role opens nowhere, towards the ends only."""
        for method in sorted({*route.methods} - {"HEAD", "OPTIONS"}):
            held = route.opens(self.user, method)
            targets = TARGETS if held else ("missing", "foreign")
            self.try_targets(route, method, targets if route.kwargs else ("own",))
            if method == "GET" and held:
                self.filter(route)
            if held and len(route.kwargs) > 1:
                self.try_mixed(route, method)
        if route.capability:
            self.try_wrong_method(route)

    def try_targets(self, route, method, targets):
        """Send one method to the rows of each world; a foreign row must look like a missing one."""
        missing = None
        for target in targets:
            rows = list(targets_of(route, self.worlds.get(target)))
            for filling in rows[:2] if target == "own" else rows:
                response = self.send(method, address(route, filling))
                self.check_answer(route, method, target, filling, response)
                self.check_words(route, method, target, response)
                missing = plain(response) if target == "missing" else missing
                is_foreign = target == "foreign" and names_a_row(filling)
                self.compared += is_foreign
                if is_foreign and plain(response) != missing:
                    self.note("differs from a missing record", route, method, target, response)

    def try_mixed(self, route, method):
        """Name one's own row and a stranger's in one address: there is nothing there."""
        own, foreign = (
            next(targets_of(route, self.worlds[name]), {}) for name in ("own", "foreign")
        )
        for gap in set(own) & set(foreign) - set(WORDS):
            filling = {**own, gap: foreign[gap]}
            response = self.send(method, address(route, filling))
            self.check_answer(route, method, "foreign", filling, response)
            self.check_words(route, method, "foreign", response)

    def try_wrong_method(self, route):
        """Send a method the screen does not take."""
        never = next(iter({"DELETE", "PUT"} - {*route.methods}))
        response = self.send(never, address(route, next(targets_of(route, self.worlds["own"]))))
        if response.status_code != 405:
            self.note("should be 405", route, never, "own", response)

    def filter(self, route):
        """Ask a page for everything at once, with other people's ids as filters."""
        filling = next(targets_of(route, self.worlds["own"]))
        for target in ("sibling", "foreign"):
            ids = {
                model._meta.model_name: str(rows[0].pk)
                for model, rows in self.worlds[target].rows.items()
            }
            asked = {"q": "canary", **{name: ids[name] for name in FILTERS if name in ids}}
            response = self.send("GET", f"{address(route, filling)}?{urlencode(asked)}")
            if response.status_code not in FINE:
                self.note("is not an answer when filtered", route, "GET", target, response)
            self.check_words(route, "GET", f"filtered by {target}", response)


@pytest.mark.django_db
def test_the_worlds_hold_a_marked_row_of_every_table():
    foreign = build_worlds()["foreign"]
    tables = {model for model in apps.get_models() if issubclass(model, Record)}

    assert {model._meta.model_name for model in tables - set(foreign.rows)} <= {"historyentry"}


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_nobody_reaches_past_their_reach(who, client, record_property):
    worlds = build_worlds()
    user = get_user_model().objects.get(pk=somebody(worlds["own"], who).pk)
    client.force_login(user)
    walker = Walker(client, user, worlds)

    for route in url_map.routes():
        walker.walk(route)

    record_property("compared", walker.compared)
    place = list(PEOPLE).index(who)
    rights = {field: bool(int(by_person[place])) for field, by_person in FIELDS.items()}
    record_property("walked", walker.tried)
    assert not walker.wrong, report(walker.wrong)
    assert {field: field in walker.read for field in FIELDS} == rights


def test_what_outlives_a_role_is_written_down():
    found = {route.name for route in url_map.routes() if route.otherwise}

    assert found == set(OUTLIVES_A_ROLE)


@pytest.mark.slow
@pytest.mark.django_db
def test_whose_roles_ended_opens_what_waits_on_their_device_and_nothing_else(
    client, record_property
):
    worlds = build_worlds()
    user = UserFactory.create(person__trust=worlds["own"].trust)
    DraftSecretFactory.create(person=user.person)
    client.force_login(user)
    walker = Walker(client, user, worlds)
    asked = [route for route in url_map.routes() if route.capability or route.is_api]
    opened = set()

    for route in asked:
        for method in {*route.methods} - {"HEAD", "OPTIONS"}:
            if route.asks(method) == SIGNED_IN:
                continue
            for filling in targets_of(route, worlds["own"]):
                response = walker.send(method, address(route, filling))
                walker.check_words(route, method, "own", response)
                if response.status_code != 403:
                    opened.add((route.name, response.status_code))

    record_property("walked", walker.tried)
    assert not walker.wrong, report(walker.wrong)
    assert opened == {(name, 200) for name in OUTLIVES_A_ROLE}


@pytest.mark.django_db
def test_a_stranger_gets_no_further_than_the_door(client, record_property):
    worlds = build_worlds()
    tried, wrong = 0, []
    client.raise_request_exception = False

    for route in url_map.routes():
        for method in route.methods:
            for target in ("own", "missing"):
                for filling in targets_of(route, worlds.get(target)):
                    tried += 1
                    with transaction.atomic():
                        response = getattr(client, method.lower())(address(route, filling))
                        answer = response.status_code, response.headers.get("Location", "")
                        words = CANARY.search(text_of(response))
                        transaction.set_rollback(True)
                    turned_away = answer[0] == 401 if route.is_api else "/sign-in/" in answer[1]
                    open_to_all = route.public or not (route.capability or route.is_api)
                    if words or answer[0] >= 500 or not (turned_away or open_to_all):
                        wrong.append(f"{method} {route} → {target}: {answer}")

    record_property("walked", tried)
    assert not wrong, report(wrong)


def report(wrong):
    """Return each kind of fault once, with how often it came up and one place where it did."""
    kinds = {}
    for line in wrong:
        place, _, problem = line.partition(": ")
        kinds.setdefault(problem, []).append(place)
    lines = [
        f"{len(places):4} × {problem}\n       e.g. {', '.join(list(dict.fromkeys(places))[:4])}"
        for problem, places in kinds.items()
    ]
    return f"{len(wrong)} faults on {connection.vendor}:\n" + "\n".join(lines[:40])
