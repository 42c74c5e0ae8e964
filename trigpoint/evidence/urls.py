"""Every screen in Evidence. Name = thing-verb = view function = template."""

from django.urls import path

from trigpoint.evidence.attachments import views as attachments
from trigpoint.evidence.coverage import views as coverage
from trigpoint.evidence.drafts import views as drafts
from trigpoint.evidence.entries import views as entries
from trigpoint.evidence.offline import views as offline

app_name = "evidence"
urlpatterns = [
    path("entries/", entries.index, name="entries-index"),
    path("reviews/<uuid:review_id>/entries/", entries.index, name="entries-index"),
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
