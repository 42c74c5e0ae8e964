"""Every screen in People. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver, path

from trigpoint.people.accounts import views as accounts
from trigpoint.people.grants import views as grants
from trigpoint.people.staff import views as staff
from trigpoint.people.staff_lists import views as staff_lists

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", accounts.show, name="accounts-show"),
    path("staff/", staff.index, name="staff-index"),
    path("staff/upload/", staff_lists.upload, name="staff_lists-upload"),
    path("staff/upload/<uuid:upload_id>/", staff_lists.preview, name="staff_lists-preview"),
    path("staff/upload/<uuid:upload_id>/confirm/", staff_lists.confirm, name="staff_lists-confirm"),
    path("staff/<uuid:person_id>/", staff.show, name="staff-show"),
    path("staff/<uuid:person_id>/roles/", grants.of_person, name="grants-of_person"),
    path("staff/<uuid:person_id>/account/", accounts.of_person, name="accounts-of_person"),
    path(
        "staff/<uuid:person_id>/account/open/",
        accounts.open_account,
        name="accounts-open_account",
    ),
    path(
        "staff/<uuid:person_id>/account/switch-off/",
        accounts.switch_off,
        name="accounts-switch_off",
    ),
    path(
        "staff/<uuid:person_id>/account/switch-on/", accounts.switch_on, name="accounts-switch_on"
    ),
    path("grants/", grants.index, name="grants-index"),
    path("grants/give/", grants.give, name="grants-give"),
    path("grants/<uuid:grant_id>/end/", grants.end, name="grants-end"),
    path("roles/", grants.matrix, name="grants-matrix"),
]
