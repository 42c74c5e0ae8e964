"""Fixtures and habits shared by every area. Keep this short."""

import gc
import os

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trigpoint.records import events

IN_CI = os.environ.get("CI") == "true"
ON_POSTGRES = "postgresql" in settings.DATABASES["default"]["ENGINE"]
GET_POSTGRES = (
    "needs PostgreSQL: sudo apt install postgresql, make a role that may create databases, then "
    "DATABASE_URL=postgres://role:password@localhost/postgres make test"
)

if not IN_CI:  # there the library does the same by itself: how long an example takes is no test
    hypothesis.settings.register_profile(
        "steady", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("steady")


def pytest_collection_modifyitems(config, items):
    """Put what takes long first, and leave out what belongs to the other database.

    A long test that comes last keeps one core waiting; each of two processes begins with one half
    of the list. CI runs both databases, so there what is left out is not a skip.
    """
    slow = [item for item in items if item.get_closest_marker("slow")]
    rest = [item for item in items if not item.get_closest_marker("slow")]
    middle = len(items) // 2 - len(slow[::2])
    items[:] = [*slow[::2], *rest[:middle], *slow[1::2], *rest[middle:]]
    elsewhere = "sqlite" if ON_POSTGRES else "postgres"
    there = [item for item in items if item.get_closest_marker(elsewhere)]
    if IN_CI or ON_POSTGRES:
        items[:] = [item for item in items if item not in there]
        config.hook.pytest_deselected(items=there)
        return
    for item in there:
        item.add_marker(pytest.mark.skip(reason=GET_POSTGRES))


def pytest_collection_finish():
    """Collecting garbage would look at the thousands of collected tests again and again."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """In CI a skipped test is a failed one, except those that read files outside the repository."""
    outcome = yield
    report = outcome.get_result()
    allowed = hasattr(report, "wasxfail") or item.get_closest_marker("real_data")
    if IN_CI and report.skipped and not allowed:
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped in CI: {report.longrepr}"


COUNTED = {  # what tests of promises count, by the property they record it under
    "walked": "combinations of address, method, person and target tried",
    "compared": "rows of another trust answered like missing ones",
    "filled": "forms filled in, with own and foreign rows",
    "accepted": "of them accepted",
    "overfilled": "of them sent again with every column they do not ask for",
    "figures": "figures of dashboards counted by hand",
    "ended": "pages and endpoints shut with the request after a right was lost",
}


def pytest_terminal_summary(terminalreporter):
    """Say how much was tried for the promises about access, over all people and processes."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    counted = [one for report in reports for one in report.user_properties]
    for name, words in COUNTED.items():
        if total := sum(count for said, count in counted if said == name):
            terminalreporter.write_line(f"{total:,} {words}.")


@pytest.fixture
def hear(monkeypatch):
    """Listen to one kind of event until the test ends; answer the list of what was said."""

    def listen(kind):
        said = []
        listeners = events._listeners  # noqa: SLF001 -- outside tests nothing stops listening
        monkeypatch.setitem(listeners, kind, [*listeners.get(kind, []), said.append])
        return said

    return listen


@pytest.fixture
def assert_flat(client):
    """Check a page costs the same queries for 1 row as for 4, and no more than ``at_most``."""

    def check(url, *, add_row, at_most):
        client.get(url)  # the first page of a session also writes the session
        counts = []
        for extra in (1, 3):
            for _ in range(extra):
                add_row()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1], f"grows with rows: {counts}"
        assert counts[1] <= at_most, f"{counts[1]} queries, budget {at_most}"

    return check
