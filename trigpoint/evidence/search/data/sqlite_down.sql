DROP TRIGGER IF EXISTS evidence_words_of_new_record;

DROP TRIGGER IF EXISTS evidence_words_of_record;

DROP TRIGGER IF EXISTS evidence_words_of_no_record;

DROP TRIGGER IF EXISTS evidence_words_of_new_note;

DROP TRIGGER IF EXISTS evidence_words_of_note;

DROP TRIGGER IF EXISTS evidence_words_of_no_note;

DROP TRIGGER IF EXISTS evidence_wordsearch_more;

DROP TRIGGER IF EXISTS evidence_wordsearch_other;

DROP TRIGGER IF EXISTS evidence_wordsearch_less;

DROP VIEW IF EXISTS evidence_words_said;

DROP TABLE IF EXISTS evidence_wordsearch;
