"""Every screen in Evidence. Name = thing-verb = view function = template."""

from django.urls import path

from trigpoint.evidence.answering import views as answering
from trigpoint.evidence.attachments import views as attachments
from trigpoint.evidence.coverage import views as coverage
from trigpoint.evidence.drafts import views as drafts
from trigpoint.evidence.entries import views as entries
from trigpoint.evidence.imports import views as imports
from trigpoint.evidence.offline import views as offline
from trigpoint.evidence.pairs import views as pairs
from trigpoint.evidence.room import views as room
from trigpoint.evidence.surveys import views as surveys

app_name = "evidence"
urlpatterns = [
    path("entries/", room.index, name="room-index"),
    path("reviews/<uuid:review_id>/entries/", room.index, name="room-index"),
    path("entries/export/", room.export, name="room-export"),
    path("entries/tag/", room.tag, name="room-tag"),
    path("entries/untag/", room.untag, name="room-untag"),
    path("imports/", imports.index, name="imports-index"),
    path("imports/upload/", imports.upload, name="imports-upload"),
    path("imports/<uuid:past_import_id>/match/", imports.match, name="imports-match"),
    path("imports/<uuid:past_import_id>/", imports.preview, name="imports-preview"),
    path("imports/<uuid:past_import_id>/confirm/", imports.confirm, name="imports-confirm"),
    path("imports/<uuid:past_import_id>/undo/", imports.undo, name="imports-undo"),
    path("entries/new/", entries.new, name="entries-new"),
    path("entries/<uuid:record_id>/", entries.show, name="entries-show"),
    path("entries/<uuid:record_id>/capture/", entries.capture, name="entries-capture"),
    path("entries/<uuid:record_id>/submit/", entries.submit, name="entries-submit"),
    path("entries/<uuid:record_id>/share/", entries.share, name="entries-share"),
    path("entries/<uuid:record_id>/see/", entries.see, name="entries-see"),
    path("entries/<uuid:record_id>/reply/", entries.reply, name="entries-reply"),
    path("entries/<uuid:record_id>/files/", attachments.attach, name="attachments-attach"),
    path("entries/<uuid:record_id>/discard/", drafts.discard, name="drafts-discard"),
    path("drafts/discarded/", drafts.index, name="drafts-index"),
    path("offline/", offline.show, name="offline-show"),
    path("worker.js", offline.worker, name="offline-worker"),
    path("files/<uuid:attachment_id>/remove/", attachments.remove, name="attachments-remove"),
    path("files/<uuid:attachment_id>/", attachments.download, name="attachments-download"),
    path("reviews/<uuid:review_id>/coverage/", coverage.show, name="coverage-show"),
    path("reviews/<uuid:review_id>/pairs/", pairs.index, name="pairs-index"),
    path("pairs/<uuid:activity_id>/", pairs.show, name="pairs-show"),
    path("pairs/<uuid:activity_id>/open/", pairs.open_pair, name="pairs-open_pair"),
    path("surveys/", surveys.index, name="surveys-index"),
    path("surveys/make/", surveys.make, name="surveys-make"),
    path("surveys/<uuid:survey_id>/", surveys.show, name="surveys-show"),
    path("surveys/<uuid:survey_id>/poster/", surveys.poster, name="surveys-poster"),
    path("surveys/<uuid:survey_id>/renew/", surveys.renew, name="surveys-renew"),
    path("surveys/<uuid:survey_id>/close/", surveys.close, name="surveys-close"),
    path("surveys/<uuid:survey_id>/look/", surveys.look, name="surveys-look"),
    path("surveys/<uuid:survey_id>/record/", surveys.record, name="surveys-record"),
    path("surveys/<uuid:survey_id>/withdraw/", surveys.withdraw, name="surveys-withdraw"),
    path("s/<str:token>/", answering.answer, name="answering-answer"),
]
