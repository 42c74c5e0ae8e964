"""What was seen: evidence records, their notes, attachments and replies.

Owns: EvidenceRecord, EarlierVersion, DiscardedDraft, Note, LookForMark, SpentNumber, Attachment, UploadPart,
Reply, DraftSecret, Survey, SurveyReply; capture, also without signal, and what a device keeps of it;
who may read a record, and when the other of a pair may; the words of records and how they are
searched, tags, past evidence from spreadsheets. Does not own: what a record is taken to mean
(judgements); the visit itself (reviews).
"""
