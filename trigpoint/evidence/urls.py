"""Every screen in Evidence. Name = thing-verb = view function = template."""

from django.urls import path

from trigpoint.evidence.attachments import views as attachments
from trigpoint.evidence.coverage import views as coverage
from trigpoint.evidence.drafts import views as drafts
from trigpoint.evidence.entries import views as entries
from trigpoint.evidence.imports import views as imports
from trigpoint.evidence.offline import views as offline
from trigpoint.evidence.room import views as room

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
]
