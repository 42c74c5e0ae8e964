"""Every screen in People. Name = thing-verb = view function = template."""

from django.urls import URLPattern, URLResolver, path

from trigpoint.people.accounts import views as accounts
from trigpoint.people.feeds import views as feeds
from trigpoint.people.grants import views as grants
from trigpoint.people.notices import views as notices
from trigpoint.people.staff import views as staff
from trigpoint.people.staff_lists import views as staff_lists

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", accounts.show, name="accounts-show"),
    path("calendar/", feeds.show, name="feeds-show"),
    path("calendar/make/", feeds.make, name="feeds-make"),
    path("calendar/revoke/", feeds.revoke, name="feeds-revoke"),
    path("notices/", notices.index, name="notices-index"),
    path("notices/see-all/", notices.see_all, name="notices-see_all"),
    path("notices/mail/", notices.choose_preference, name="notices-choose_preference"),
    path("notices/<uuid:notice_id>/", notices.see, name="notices-see"),
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
