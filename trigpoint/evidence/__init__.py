"""What was seen: evidence records, their notes, attachments and replies.

Owns: EvidenceRecord, EarlierVersion, DiscardedDraft, Note, LookForMark, Attachment, Reply, Survey,
SurveyReply; capture and its autosave; who may read a record, and when the other of a pair may. Does not own: what a record is taken to mean (judgements);
the visit itself (reviews).
"""
