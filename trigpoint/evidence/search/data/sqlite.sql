CREATE VIEW IF NOT EXISTS evidence_words_said AS
SELECT
  record.id AS record_id,
  't' || record.trust_id || ' a' || record.academy_id AS places,
  substr(
    record.title || char(10) || record.subject || char(10) || record.group_described || char(10)
    || coalesce((SELECT group_concat(answer.atom, char(10)) FROM json_tree(record.answers) AS answer
                 WHERE answer.type = 'text'), '')
    || char(10)
    || coalesce((SELECT group_concat(note.text, char(10)) FROM evidence_note AS note
                 WHERE note.record_id = record.id), ''),
    1, {longest}
  ) AS body
FROM evidence_evidencerecord AS record;

CREATE VIRTUAL TABLE IF NOT EXISTS evidence_wordsearch USING fts5(
  places, body, content='evidence_recordwords', content_rowid='id',
  tokenize='porter unicode61 remove_diacritics 2'
);

CREATE TRIGGER IF NOT EXISTS evidence_words_of_new_record AFTER INSERT ON evidence_evidencerecord
BEGIN
  INSERT INTO evidence_recordwords (record_id, places, body)
  SELECT record_id, places, body FROM evidence_words_said WHERE record_id = NEW.id;
END;

CREATE TRIGGER IF NOT EXISTS evidence_words_of_record AFTER UPDATE
OF title, subject, group_described, answers, academy_id ON evidence_evidencerecord
WHEN (OLD.title, OLD.subject, OLD.group_described, OLD.answers, OLD.academy_id)
  IS NOT (NEW.title, NEW.subject, NEW.group_described, NEW.answers, NEW.academy_id)
BEGIN
  UPDATE evidence_recordwords SET (places, body) =
    (SELECT places, body FROM evidence_words_said WHERE record_id = NEW.id)
  WHERE record_id = NEW.id;
END;

CREATE TRIGGER IF NOT EXISTS evidence_words_of_no_record AFTER DELETE ON evidence_evidencerecord
BEGIN
  DELETE FROM evidence_recordwords WHERE record_id = OLD.id;
END;

CREATE TRIGGER IF NOT EXISTS evidence_words_of_new_note AFTER INSERT ON evidence_note
BEGIN
  UPDATE evidence_recordwords SET body = substr(body || char(10) || NEW.text, 1, {longest})
  WHERE record_id = NEW.record_id;
END;

CREATE TRIGGER IF NOT EXISTS evidence_words_of_note AFTER UPDATE OF text, record_id ON evidence_note
WHEN (OLD.text, OLD.record_id) IS NOT (NEW.text, NEW.record_id)
BEGIN
  UPDATE evidence_recordwords SET body =
    (SELECT said.body FROM evidence_words_said AS said
     WHERE said.record_id = evidence_recordwords.record_id)
  WHERE record_id IN (OLD.record_id, NEW.record_id);
END;

CREATE TRIGGER IF NOT EXISTS evidence_words_of_no_note AFTER DELETE ON evidence_note
BEGIN
  UPDATE evidence_recordwords SET body =
    (SELECT said.body FROM evidence_words_said AS said WHERE said.record_id = OLD.record_id)
  WHERE record_id = OLD.record_id AND EXISTS
    (SELECT 1 FROM evidence_evidencerecord AS record WHERE record.id = OLD.record_id);
END;

DELETE FROM evidence_recordwords;

INSERT INTO evidence_recordwords (record_id, places, body)
SELECT said.record_id, said.places, said.body
FROM evidence_words_said AS said JOIN evidence_evidencerecord AS record ON record.id = said.record_id
ORDER BY record.created_at;

INSERT INTO evidence_wordsearch (evidence_wordsearch) VALUES ('rebuild');

CREATE TRIGGER IF NOT EXISTS evidence_wordsearch_more AFTER INSERT ON evidence_recordwords
BEGIN
  INSERT INTO evidence_wordsearch (rowid, places, body) VALUES (NEW.id, NEW.places, NEW.body);
END;

CREATE TRIGGER IF NOT EXISTS evidence_wordsearch_other AFTER UPDATE ON evidence_recordwords
BEGIN
  INSERT INTO evidence_wordsearch (evidence_wordsearch, rowid, places, body)
  VALUES ('delete', OLD.id, OLD.places, OLD.body);
  INSERT INTO evidence_wordsearch (rowid, places, body) VALUES (NEW.id, NEW.places, NEW.body);
END;

CREATE TRIGGER IF NOT EXISTS evidence_wordsearch_less AFTER DELETE ON evidence_recordwords
BEGIN
  INSERT INTO evidence_wordsearch (evidence_wordsearch, rowid, places, body)
  VALUES ('delete', OLD.id, OLD.places, OLD.body);
END;
