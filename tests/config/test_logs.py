"""What a log line says, and what it must never say."""

import json
import logging

import structlog

from trigpoint.config import logs


def line(record_or_event, **values):
    """Return the JSON line that an event of structlog would become."""
    processors = [
        logs.leave_people_out,
        logs.place_of_fault,
        structlog.processors.JSONRenderer(),
    ]
    event = {"event": record_or_event, **values}
    for step in processors:
        event = step(logging.getLogger(), "info", event)
    return json.loads(event)


def test_a_line_names_nobody():
    said = line("request_finished", ip="10.0.0.7", user_agent="Firefox", user_id="7", code=200)

    assert said == {"event": "request_finished", "code": 200}


def test_a_fault_says_where_and_never_what_was_typed():
    try:
        int("Amira's private note")
    except ValueError:
        said = line("request_failed", exc_info=True)

    assert said["fault"] == "ValueError"
    assert said["at"][0].endswith("test_a_fault_says_where_and_never_what_was_typed")
    assert "Amira" not in json.dumps(said)


def test_a_request_is_named_by_its_route(client, rf, db):
    found = client.get("/people/password/reset/1-a-secret-key/").wsgi_request

    assert logs.RequestLog.format_request(found).startswith("GET people/")
    assert "secret" not in logs.RequestLog.format_request(found)
    assert logs.RequestLog.format_request(rf.get("/x/?q=Amira")) == "GET (no such page)"
