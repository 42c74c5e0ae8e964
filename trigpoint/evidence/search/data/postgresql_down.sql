DROP TRIGGER IF EXISTS evidence_words_of_new_record ON evidence_evidencerecord;

DROP TRIGGER IF EXISTS evidence_words_of_record ON evidence_evidencerecord;

DROP TRIGGER IF EXISTS evidence_words_of_no_record ON evidence_evidencerecord;

DROP TRIGGER IF EXISTS evidence_words_of_new_note ON evidence_note;

DROP TRIGGER IF EXISTS evidence_words_of_note ON evidence_note;

DROP TRIGGER IF EXISTS evidence_words_of_no_note ON evidence_note;

DROP VIEW IF EXISTS evidence_words_said;

ALTER TABLE IF EXISTS evidence_recordwords DROP COLUMN IF EXISTS words;

DROP FUNCTION IF EXISTS evidence_keep_record_words();

DROP FUNCTION IF EXISTS evidence_drop_record_words();

DROP FUNCTION IF EXISTS evidence_keep_note_words();

DROP FUNCTION IF EXISTS evidence_plain(text);
