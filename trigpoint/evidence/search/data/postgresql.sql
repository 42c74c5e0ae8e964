CREATE OR REPLACE FUNCTION evidence_plain(said text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $plain$
  SELECT regexp_replace(
    regexp_replace(lower(translate(said, '{accented}', '{plain}')), '[\u0300-\u036f]+', '', 'g'),
    '[\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u2bff\u3000-\u303f]+', ' ', 'g')
$plain$;

ALTER TABLE evidence_recordwords ADD COLUMN IF NOT EXISTS words tsvector
GENERATED ALWAYS AS (
  to_tsvector('simple'::regconfig, places) || to_tsvector('english'::regconfig, evidence_plain(body))
) STORED;

CREATE OR REPLACE VIEW evidence_words_said AS
SELECT
  record.id AS record_id,
  't' || replace(record.trust_id::text, '-', '') || ' a' || replace(record.academy_id::text, '-', '')
    AS places,
  left(
    concat_ws(
      E'\n', record.title, record.subject, record.group_described,
      (SELECT string_agg(answer #>> '{}', E'\n')
       FROM jsonb_path_query(record.answers, 'strict $.**') AS answer
       WHERE jsonb_typeof(answer) = 'string'),
      (SELECT string_agg(note.text, E'\n' ORDER BY note.position) FROM evidence_note AS note
       WHERE note.record_id = record.id)
    ),
    {longest}
  ) AS body
FROM evidence_evidencerecord AS record;

CREATE OR REPLACE FUNCTION evidence_keep_record_words() RETURNS trigger LANGUAGE plpgsql AS $keep$
BEGIN
  INSERT INTO evidence_recordwords (record_id, places, body)
  SELECT said.record_id, said.places, said.body FROM evidence_words_said AS said
  WHERE said.record_id = NEW.id
  ON CONFLICT (record_id) DO UPDATE SET places = EXCLUDED.places, body = EXCLUDED.body;
  RETURN NULL;
END;
$keep$;

CREATE OR REPLACE FUNCTION evidence_drop_record_words() RETURNS trigger LANGUAGE plpgsql AS $drop$
BEGIN
  DELETE FROM evidence_recordwords WHERE record_id = OLD.id;
  RETURN NULL;
END;
$drop$;

CREATE OR REPLACE FUNCTION evidence_keep_note_words() RETURNS trigger LANGUAGE plpgsql AS $keep$
BEGIN
  UPDATE evidence_recordwords AS kept SET body = said.body FROM evidence_words_said AS said
  WHERE said.record_id = kept.record_id
    AND kept.record_id IN (SELECT touched.record_id FROM touched);
  RETURN NULL;
END;
$keep$;

CREATE OR REPLACE TRIGGER evidence_words_of_new_record AFTER INSERT ON evidence_evidencerecord
FOR EACH ROW EXECUTE FUNCTION evidence_keep_record_words();

CREATE OR REPLACE TRIGGER evidence_words_of_record AFTER UPDATE ON evidence_evidencerecord
FOR EACH ROW WHEN (
  (OLD.title, OLD.subject, OLD.group_described, OLD.answers, OLD.academy_id)
  IS DISTINCT FROM (NEW.title, NEW.subject, NEW.group_described, NEW.answers, NEW.academy_id)
) EXECUTE FUNCTION evidence_keep_record_words();

CREATE OR REPLACE TRIGGER evidence_words_of_no_record AFTER DELETE ON evidence_evidencerecord
FOR EACH ROW EXECUTE FUNCTION evidence_drop_record_words();

CREATE OR REPLACE TRIGGER evidence_words_of_new_note AFTER INSERT ON evidence_note
REFERENCING NEW TABLE AS touched
FOR EACH STATEMENT EXECUTE FUNCTION evidence_keep_note_words();

CREATE OR REPLACE TRIGGER evidence_words_of_note AFTER UPDATE ON evidence_note
REFERENCING NEW TABLE AS touched
FOR EACH STATEMENT EXECUTE FUNCTION evidence_keep_note_words();

CREATE OR REPLACE TRIGGER evidence_words_of_no_note AFTER DELETE ON evidence_note
REFERENCING OLD TABLE AS touched
FOR EACH STATEMENT EXECUTE FUNCTION evidence_keep_note_words();

DELETE FROM evidence_recordwords;

INSERT INTO evidence_recordwords (record_id, places, body)
SELECT said.record_id, said.places, said.body
FROM evidence_words_said AS said JOIN evidence_evidencerecord AS record ON record.id = said.record_id
ORDER BY record.created_at;

CREATE INDEX IF NOT EXISTS evidence_words_found ON evidence_recordwords USING gin (words);
