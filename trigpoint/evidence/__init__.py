"""What was seen: evidence records, their notes, attachments and replies.

Owns: EvidenceRecord, EarlierVersion, DiscardedDraft, Note, LookForMark, Attachment, UploadPart,
Reply; capture and its autosave; who may read a record. Does not own: what a record is taken to mean (judgements);
the visit itself (reviews).
"""
