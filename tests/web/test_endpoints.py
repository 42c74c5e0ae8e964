"""The API's door: signed in, a capability, and every fault a problem document."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError
from ninja.pagination import paginate
from ninja.security import django_auth
from ninja.testing import TestClient

from tests.factories import AcademyFactory, person
from trigpoint.people.roles import Capability, Role
from trigpoint.records.refusals import Refused
from trigpoint.web.endpoints import endpoint, operations_of
from trigpoint.web.paging import Pages
from trigpoint.web.problems import install
from trigpoint.web.screens import CAPABILITY_MARK, SIGNED_IN

FAULTS = {
    "refused": Refused("Answer the contradiction, then agree the claim."),
    "missing": Http404(),
    "forbidden": PermissionDenied(),
    "teapot": HttpError(418, "no"),
    "ended": PermissionDenied("Ask for the role."),
}


class Words(Schema):
    """Something to get wrong."""

    count: int


@pytest.fixture
def api():
    made = NinjaAPI(auth=django_auth, urls_namespace="trial", docs_url=None, openapi_url=None)
    install(made)

    @made.get("/seen/")
    @endpoint(Capability.REVIEW_VIEW)
    def seen(request):
        return {"seen": True}

    @made.get("/own/")
    @endpoint(SIGNED_IN)
    def own(request):
        return {"own": True}

    @made.get("/fault/{name}/")
    @endpoint(SIGNED_IN)
    def fault(request, name: str):
        raise FAULTS[name]

    @made.get("/list/", response=list[int])
    @endpoint(SIGNED_IN)
    @paginate(Pages, page_size=2)
    def listing(request):
        return [1, 2, 3]

    @made.post("/words/")
    @endpoint(SIGNED_IN)
    def words(request, payload: Words):
        return {"count": payload.count}

    return made


@pytest.fixture
def head(db):
    return person(Role.HEADTEACHER, at=AcademyFactory.create())


def ask(api, path, user=None, **more):
    client = TestClient(api)
    method = client.post if more else client.get
    return method(path, user=user, **more) if user else method(path, **more)


def test_endpoint_answers_who_holds_the_capability(api, head):
    assert ask(api, "/seen/", head).json() == {"seen": True}
    assert ask(api, "/own/", head).json() == {"own": True}


def test_endpoint_turns_away_who_does_not(api, db):
    member = person(Role.STAFF, at=AcademyFactory.create())

    answer = ask(api, "/seen/", member)

    assert answer.status_code == 403
    assert answer.json()["status"] == 403


def test_endpoint_opens_by_what_else_it_names(api, head):
    @api.get("/kept/")
    @endpoint(Capability.ACCOUNT_OPEN, otherwise=lambda viewer: viewer == head)
    def kept(request):
        return {"kept": True}

    assert ask(api, "/kept/", head).json() == {"kept": True}
    assert ask(api, "/kept/", person(Role.HEADTEACHER, at=head.person.trust)).status_code == 403


@pytest.mark.parametrize(
    ("name", "status"), [("refused", 409), ("missing", 404), ("forbidden", 403), ("teapot", 418)]
)
def test_every_fault_is_a_problem_document(api, head, name, status):
    answer = ask(api, f"/fault/{name}/", head)

    assert answer.status_code == status
    assert answer.json()["status"] == status


def test_a_refusal_says_its_own_sentence(api, head):
    assert ask(api, "/fault/refused/", head).json()["detail"] == FAULTS["refused"].reason


def test_who_is_turned_away_reads_the_endpoints_own_words_where_it_has_any(api, head):
    assert ask(api, "/fault/ended/", head).json()["detail"] == "Ask for the role."
    assert "Your role does not open this" in ask(api, "/fault/forbidden/", head).json()["detail"]


def test_a_malformed_request_names_the_field_and_not_what_was_sent(api, head):
    answer = ask(api, "/words/", head, json={"count": "Amira"})

    assert answer.status_code == 422
    assert "count" in answer.json()["detail"]
    assert "Amira" not in answer.json()["detail"]


def test_operations_are_found_behind_their_address(api):
    entries = {str(entry.pattern): entry.callback for entry in api.urls[0]}

    found = operations_of(entries["seen/"])

    assert getattr(found["GET"], CAPABILITY_MARK) == Capability.REVIEW_VIEW
    assert operations_of(test_operations_are_found_behind_their_address) == {}


def test_the_api_asks_a_stranger_to_sign_in(client, db):
    answer = client.get("/api/v1/")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_page_beyond_counting_is_refused_as_a_wrong_number(api, head):
    assert ask(api, "/list/?page=2", head).json()["items"] == [3]
    for wrong in ("page=99999999999999999999", "page_size=99999999999999999999"):
        assert ask(api, f"/list/?{wrong}", head).status_code == 422
