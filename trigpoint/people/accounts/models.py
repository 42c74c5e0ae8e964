"""Somebody who can sign in."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property

from trigpoint.people import access
from trigpoint.people.notices.models import Notice
from trigpoint.people.staff.models import Person
from trigpoint.records.models import Record

if TYPE_CHECKING:
    from trigpoint.people.access import Access


class UserManager(BaseUserManager["User"]):
    """Makes sign-ins. Email addresses are compared without regard to case."""

    def get_queryset(self) -> models.QuerySet["User"]:
        """Bring the person and trust along, and the bell's number: every page needs all of it."""
        new = Notice.objects.filter(person=OuterRef("person"), seen_at=None).order_by()
        counted = new.values("person").annotate(count=Count("pk")).values("count")
        return (
            super()
            .get_queryset()
            .select_related("person__trust")
            .annotate(unseen_count=Coalesce(Subquery(counted), 0))
        )

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make a sign-in; without a password it can only be entered by a reset link."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Record, AbstractBaseUser):
    """A sign-in. It belongs to one person of one trust (docs/decisions/0010)."""

    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="user")
    is_switched_on = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.email

    @property
    def trust_id(self) -> UUID:
        """The trust this sign-in belongs to."""
        return self.person.trust_id

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django only ever reads it
        """Say whether it opens anything today: switched on, and its person has not left.

        Django asks at sign-in and again with every request of a live session.
        """
        return self.is_switched_on and not self.person.has_left(on=_today())

    @cached_property
    def access(self) -> "Access":
        """This person's reach today, worked out once for each request."""
        return access.of(self.person, on=_today())


def _today() -> date:
    """Return the day a request's reach is worked out for."""
    return timezone.localdate()  # noqa: TID251 -- the one place a request's reach is dated
