"""What may be sent at all, at both doors: text a database keeps, JSON that means what it says."""

import json

import pytest
from django.core.exceptions import BadRequest
from django.test import RequestFactory
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import TrustFactory, person
from trigpoint.people.roles import Role
from trigpoint.web.bodies import (
    DEEPEST,
    LARGEST,
    KeepableParser,
    Unkeepable,
    keepable_address,
    keepable_form,
)

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST, LARGEST)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc"), inner),
    max_leaves=15,
)


def parsed(text):
    body = text if isinstance(text, bytes) else text.encode()
    request = RequestFactory().put("/", body, content_type="application/json")
    return KeepableParser().parse_body(request)


def nested(depth):
    return "[" * depth + "]" * depth


@given(PLAIN)
def test_parser_reads_whatever_can_be_kept(value):
    assert parsed(json.dumps(value)) == value


@pytest.mark.parametrize(
    "body",
    ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", str(LARGEST + 1), "-" + "9" * 5000],
    ids=lambda body: body[:10],
)
def test_parser_refuses_numbers_that_are_none(body):
    with pytest.raises(Unkeepable, match="Send an ordinary number"):
        parsed(f"[{body}]")


@pytest.mark.parametrize("body", ['["\\u0000"]', '{"\\u0000": 1}', '[["\\ud800"]]'])
def test_parser_refuses_text_no_database_keeps(body):
    with pytest.raises(Unkeepable, match="Type that word again"):
        parsed(body)


@pytest.mark.parametrize("depth", [DEEPEST + 1, 200_000])
def test_parser_refuses_what_is_nested_too_deep(depth):
    assert parsed(nested(DEEPEST))
    with pytest.raises(Unkeepable, match="Send it flatter"):
        parsed(nested(depth))


@pytest.mark.parametrize("body", ["", "{", b"\xff\xfe\x00"])
def test_parser_refuses_what_is_not_json(body):
    with pytest.raises(Unkeepable, match="not JSON"):
        parsed(body)


@pytest.mark.parametrize("sent", [{"title": "nul\0"}, {"nul\0": "title"}, {"many": ["a", "\0"]}])
def test_form_refuses_text_no_database_keeps(sent):
    keepable_form(RequestFactory().post("/", {"title": "Plain\r\n🧭"}))

    with pytest.raises(Unkeepable, match="Type that word again"):
        keepable_form(RequestFactory().post("/", sent))


def test_address_refuses_what_no_search_could_find():
    keepable_address(RequestFactory().get("/?words=100%25"))

    with pytest.raises(BadRequest):
        keepable_address(RequestFactory().get("/?words=a%00"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["api:findings-index", "judgements:findings-index"])
def test_every_door_asks_it_of_the_address(client, name):
    client.force_login(person(Role.QA_LEAD, at=TrustFactory.create()))

    assert client.get(reverse(name), {"kind": "a\0"}).status_code == 400
