"""What a list of the API may be asked for."""

from typing import Annotated

from ninja import Field, Schema
from ninja.pagination import PageNumberPagination

LAST_PAGE = 100_000


class Pages(PageNumberPagination):
    """The API's pages; a number no database can count to is answered with 422."""

    class Input(Schema):
        """Which page, and how long."""

        page: Annotated[int, Field(ge=1, le=LAST_PAGE)] = 1
        page_size: Annotated[int | None, Field(ge=1, le=LAST_PAGE)] = None
