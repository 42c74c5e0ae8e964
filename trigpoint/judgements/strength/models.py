"""The three words for how well something is known."""

from django.db import models


class Strength(models.TextChoices):
    """How well something is known. Words, always shown with the counts behind them."""

    THIN = "THIN", "Thin"
    FAIR = "FAIR", "Fair"
    STRONG = "STRONG", "Strong"
