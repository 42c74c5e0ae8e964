"""Time the main pages against a floor taken in the same run.

Run on a database that holds the large demo trust (docs/guides/benchmarks.md)::

    python -m benchmarks.pages
    python -m benchmarks.pages entries  # only pages with this in their name

The floor is one's own account page: signed in, a frame, one small query. Figures are milliseconds
of the application alone (no network), p50 and p95 of the counted rounds, for each who may open the
page; the last line is the most memory the process ever held.
"""

import os
import resource
import statistics
import sys
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from django.test import Client

    from trigpoint.reviews.models import Review

ROUNDS = 20
WARM_UP = 2
WHO = ("QA_LEAD", "HEADTEACHER", "REVIEWER")
FLOOR = "people:accounts-show"
PAGES = (  # a name; behind a stroke, what the address names; behind a question mark, the query
    "insight:overviews-trust",
    "insight:overviews-academies",
    "insight:overviews-academy/academy",
    "insight:teams-index",
    "insight:teams-show/team",
    "insight:practice-show",
    "reviews:coverage-index",
    "reviews:coverage-index?of=kinds",
    "reviews:coverage-export?as=xlsx",
    "reviews:reviews-index",
    "reviews:reviews-show/review",
    "evidence:room-index",
    "evidence:room-index?page=40",
    "evidence:room-index?mine=1",
    "evidence:room-index?kind=LESSON_VISIT",
    "evidence:room-index?academy={academy}",
    "evidence:room-index?team={team}",
    "evidence:room-index?line={line}",
    "evidence:room-index?standard={standard}",
    "evidence:room-index?year=4&since=2026-01-01",
    "evidence:room-index?photo=1",
    "evidence:room-index?tag={tag}",
    "evidence:room-index?strength=FAIR",
    "evidence:room-index?strength=NONE",
    "evidence:room-index?q=pupils",  # a word of nearly every record
    "evidence:room-index?q=vocabulary",
    "evidence:room-index?q=vocabulary+reading",
    'evidence:room-index?q="key+vocabulary"',
    "evidence:room-index?q=zebra",  # a word of none
    "evidence:room-index?q=pupils&academy={academy}",
    "evidence:room-index/review",
    "evidence:room-export?as=csv",
    "evidence:room-export?as=xlsx&q=vocabulary",
    "evidence:entries-show/record",
    "evidence:entries-new",
    "evidence:coverage-show/review",
    "judgements:claims-index/review",
    "judgements:claims-show/claim",
    "judgements:claims-for_record/record",
    "judgements:levels-for_standard/standard",
    "judgements:findings-index",
    "judgements:findings-for_review/review",
    "improvement:actions-index",
    "improvement:actions-asking",
    "improvement:needs-index",
    "improvement:practices-index",
    "reporting:reports-index",
    "governance:assurance-show",
    "people:staff-index",
    "people:staff-show/person",
    "people:grants-index",
    "policies:versions-show",
    "policies:standards-show/standard",
    "trusts:structure-index",
)
OK = 200


def main() -> None:
    """Sign in as one of each role around the review held last, and time each page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trigpoint.config.settings")
    django.setup()

    from django.conf import settings
    from django.db import connection
    from django.db.models import Q
    from django.test import Client

    from trigpoint.evidence.models import EvidenceRecord
    from trigpoint.people.models import User
    from trigpoint.reviews.models import Review

    settings.ALLOWED_HOSTS = ["*"]
    held = Review.objects.filter(evidence__isnull=False, claims__isnull=False)
    review = held.order_by("-fieldwork_starts_on", "id").first()
    if not review:
        sys.exit("There is no review with evidence here. Load the demo first.")
    named, wanted = around(review), sys.argv[1] if len(sys.argv) > 1 else ""
    records = EvidenceRecord.objects.filter(trust=review.trust_id).count()
    print(f"{connection.vendor}; {records:,} records; {ROUNDS} rounds; ms")
    for role in WHO:
        at = Q(person__grants__academy=None) | Q(person__grants__academy=review.academy_id)
        user = User.objects.filter(at, person__grants__role=role, person__trust=review.trust_id)
        client = Client()
        client.force_login(user.order_by("id")[0])
        print(f"\n{role:44} {'p50':>8} {'p95':>8} {'x floor':>8}")
        floor = 0.0
        for page in (FLOOR, *(page for page in PAGES if wanted in page)):
            if took := timed(client, address(page, named)):
                floor = floor or took[0]
                print(f"{shown(page):44} {took[0]:8.1f} {took[1]:8.1f} {took[0] / floor:8.1f}")
    print(f"\npeak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def around(review: "Review") -> Mapping[str, object]:
    """Return the ids of what the pages show, all of one review."""
    from trigpoint.evidence.models import Tag

    claim = review.claims.order_by("number")[0]
    tag = Tag.objects.filter(trust=review.trust_id).order_by("id").first()
    record = claim.citations.order_by("id")[0].record
    posts = review.academy.posts.order_by("id")
    return {
        "review": review.pk,
        "academy": review.academy_id,
        "claim": claim.pk,
        "standard": claim.standard_id,
        "line": review.lines.order_by("number")[0].pk,
        "record": record.pk,
        "tag": tag.pk if tag else review.pk,  # a tag of no record finds none
        "team": record.team_id,
        "person": posts[0].person_id,
    }


def address(page: str, named: Mapping[str, object]) -> str:
    """Return the address of a page."""
    from django.urls import reverse

    path, _, query = page.partition("?")
    name, _, thing = path.partition("/")
    return f"{reverse(name, args=[named[thing]] if thing else [])}?{query.format_map(named)}"


def shown(page: str) -> str:
    """Return a page's name without the gaps of its query."""
    return page.partition("{")[0]


def timed(client: "Client", url: str) -> tuple[float, float] | None:
    """Return p50 and p95 in milliseconds of asking for a page; nothing where it is not theirs."""
    taken = []
    for round_number in range(WARM_UP + ROUNDS):
        started = time.perf_counter()
        answer = client.get(url)
        if round_number >= WARM_UP:
            taken.append((time.perf_counter() - started) * 1000)
        if answer.status_code != OK:
            return None
    return statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)]


if __name__ == "__main__":
    main()
