"""App registration: the sidebar's lines, a review's first tab, the policy's coverage."""

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from trigpoint.web.navigation import Entry


class ReviewsConfig(AppConfig):
    """Registers trigpoint.reviews."""

    name = "trigpoint.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Offer this area's pages to the shell."""
        from django.urls import reverse  # noqa: PLC0415 -- beside those below

        from trigpoint.people.feeds.queries import system_serve_at  # noqa: PLC0415 -- as below
        from trigpoint.people.grants.queries import system_offer_reviews  # noqa: PLC0415 -- as below
        from trigpoint.people.roles import Capability  # noqa: PLC0415 -- apps are loaded only now
        from trigpoint.reviews.activities.queries import system_stays  # noqa: PLC0415
        from trigpoint.reviews.reviews.queries import open_to_guests  # noqa: PLC0415
        from trigpoint.reviews.visits.queries import system_count_also  # noqa: PLC0415
        from trigpoint.web import navigation, tabs  # noqa: PLC0415

        system_serve_at(lambda token: reverse("reviews:feeds-show", args=[token]))
        system_count_also(system_stays)
        system_offer_reviews(lambda user: open_to_guests(viewer=user))
        navigation.register(*_entries())
        tabs.register(
            tabs.Tab("review", "Today", "reviews:reviews-show", Capability.REVIEW_VIEW, order=10),
            tabs.Tab(
                "review", "Notice", "reviews:documents-index", Capability.REVIEW_VIEW, order=12
            ),
            tabs.Tab("review", "Sample", "reviews:samples-index", Capability.REVIEW_VIEW, order=15),
            tabs.Tab(
                "policy",
                "Coverage",
                "reviews:coverage-index",
                Capability.ACADEMY_OVERVIEW,
                order=90,
            ),
        )


def _entries() -> "list[Entry]":
    """Return the sidebar's lines."""
    from trigpoint.people.roles import Capability  # noqa: PLC0415 -- as above
    from trigpoint.web.navigation import Entry, Group, Scope, Takes  # noqa: PLC0415 -- as above

    both = (Scope.TRUST, Scope.ACADEMY)
    return [
        Entry(
            "Reviews",
            "map-search",
            "reviews:reviews-index",
            Capability.REVIEW_VIEW,
            Group.REVIEW,
            order=10,
            scopes=both,
            takes=Takes.QUERY,
        ),
        Entry(
            "Calendar",
            "calendar-week",
            "reviews:charts-show",
            Capability.PROGRAMME_VIEW,
            Group.PLAN,
            order=20,
        ),
        Entry(
            "Coverage",
            "checklist",
            "reviews:coverage-index",
            Capability.ACADEMY_OVERVIEW,
            Group.PLAN,
            order=40,
            scopes=both,
            takes=Takes.QUERY,
        ),
        Entry(
            "You as a reviewer",
            "users-group",
            "reviews:reviewers-own",
            Capability.REVIEW_RUN,
            Group.ACCOUNT,
            order=30,
        ),
    ]
