"""App registration."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Registers trigpoint.reviews."""

    name = "trigpoint.reviews"
    label = "reviews"
