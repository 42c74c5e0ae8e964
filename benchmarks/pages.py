"""Time the main pages against a floor taken in the same run.

Run on a database that holds the large demo trust::

    TRIGPOINT_DEMO=1 DATABASE_URL=sqlite:////tmp/large.sqlite3 python manage.py load_demo --scale large
    TRIGPOINT_DEMO=1 DATABASE_URL=sqlite:////tmp/large.sqlite3 python -m benchmarks.pages

The floor is one's own account page: signed in, a frame, one small query. Figures are milliseconds
of the application alone (no network), p50 and p95 of the counted rounds.
"""

import os
import statistics
import sys
import time

import django

ROUNDS = 30
WARM_UP = 3
FLOOR = "people:accounts-show"
PAGES = (
    "insight:overviews-trust",
    "insight:overviews-academies",
    "reviews:reviews-index",
    "evidence:entries-index",
    "judgements:findings-index",
    "improvement:actions-index",
    "improvement:needs-index",
    "improvement:practices-index",
    "reporting:reports-index",
    "governance:assurance-show",
    "people:staff-index",
    "policies:versions-show",
)


def main() -> None:
    """Sign in as the QA lead of the largest trust and time each page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trigpoint.config.settings")
    django.setup()

    from django.conf import settings
    from django.db import connection
    from django.db.models import Count
    from django.test import Client
    from django.urls import reverse

    from trigpoint.people.models import User
    from trigpoint.people.roles import Role
    from trigpoint.trusts.models import Academy

    settings.ALLOWED_HOSTS = ["*"]
    largest = Academy.objects.values("trust").annotate(size=Count("id")).order_by("-size").first()
    lead = (
        largest
        and User.objects.filter(
            person__trust=largest["trust"], person__grants__role=Role.QA_LEAD
        ).first()
    )
    if not lead:
        sys.exit("There is no trust with a QA lead here. Load the demo first.")
    client = Client()
    client.force_login(lead)
    floor = timed(client, reverse(FLOOR))
    print(f"{connection.vendor}; {largest['size']} academies; {ROUNDS} rounds; ms")
    print(f"{'page':32} {'p50':>8} {'p95':>8} {'x floor':>8}")
    print(f"{FLOOR:32} {floor[0]:8.1f} {floor[1]:8.1f} {1:8.1f}")
    for name in PAGES:
        p50, p95 = timed(client, reverse(name))
        print(f"{name:32} {p50:8.1f} {p95:8.1f} {p50 / floor[0]:8.1f}")


def timed(client: "django.test.Client", url: str) -> tuple[float, float]:  # type: ignore[name-defined]  # imported only now
    """Return p50 and p95 in milliseconds of asking for a page."""
    taken = []
    for round_number in range(WARM_UP + ROUNDS):
        started = time.perf_counter()
        answer = client.get(url)
        if round_number >= WARM_UP:
            taken.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:  # noqa: PLR2004 -- HTTP
            sys.exit(f"{url} answered {answer.status_code}.")
    return statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)]


if __name__ == "__main__":
    main()
