-- name: insert_run!
INSERT INTO runs (
  id, question, workflow, fingerprint, options, by, request_id, status, created_at, updated_at, asker, asked_of, four_eyes,
  retry_of
)
VALUES (
  :id, :question, :workflow, :fingerprint, :options, :by, :request_id, 'running', :at, :at, :asker, :asked_of, :four_eyes, :retry_of
)
ON CONFLICT DO NOTHING;

-- name: run_by_id^
SELECT id, question, workflow, fingerprint, options, by, status, created_at, updated_at, last_seq, epoch, attempts, brief,
  asker, asked_of, four_eyes, claim, retry_of
FROM runs WHERE id = :id;

-- name: run_by_request^
SELECT id, question, workflow, fingerprint, options, by, status, created_at, updated_at, last_seq, epoch, attempts, brief,
  asker, asked_of, four_eyes, claim, retry_of
FROM runs WHERE request_id = :request_id;

-- name: runs_page
SELECT id, question, workflow, fingerprint, options, by, status, created_at, updated_at, last_seq, epoch, attempts, brief,
  asker, asked_of, four_eyes, claim, retry_of
FROM runs
WHERE (created_at, id) < (:before_at, :before_id)
  AND (CAST(:like AS TEXT) IS NULL OR lower(question) LIKE :like ESCAPE '\' OR lower(by) LIKE :like ESCAPE '\')
  AND (:sees_all OR asker = :asker OR (:reviews AND (
    asked_of = '[]' OR EXISTS (
      SELECT 1 FROM run_reviewers AS asked
      WHERE asked.run_id = runs.id AND replace(:names, '|' || asked.name_key || '|', '') <> :names))))
  AND (CAST(:me AS TEXT) IS NULL OR four_eyes = 0 OR asker IS NULL OR asker <> :me)
ORDER BY created_at DESC, id DESC
LIMIT :limit;

-- name: runs_page_of_status
-- A statement of its own, so that a status of which there are few is found through its index.
SELECT id, question, workflow, fingerprint, options, by, status, created_at, updated_at, last_seq, epoch, attempts, brief,
  asker, asked_of, four_eyes, claim, retry_of
FROM runs
WHERE status = :status AND (created_at, id) < (:before_at, :before_id)
  AND (CAST(:like AS TEXT) IS NULL OR lower(question) LIKE :like ESCAPE '\' OR lower(by) LIKE :like ESCAPE '\')
  AND (:sees_all OR asker = :asker OR (:reviews AND (
    asked_of = '[]' OR EXISTS (
      SELECT 1 FROM run_reviewers AS asked
      WHERE asked.run_id = runs.id AND replace(:names, '|' || asked.name_key || '|', '') <> :names))))
  AND (CAST(:me AS TEXT) IS NULL OR four_eyes = 0 OR asker IS NULL OR asker <> :me)
ORDER BY created_at DESC, id DESC
LIMIT :limit;

-- name: interrupted_runs
SELECT id, attempts, asker FROM runs WHERE status = 'running' ORDER BY created_at;

-- name: claim_run^
UPDATE runs SET epoch = epoch + 1, attempts = attempts + 1, updated_at = :at
WHERE id = :id AND status = 'running'
RETURNING id, question, workflow, fingerprint, options, by, status, created_at, updated_at, last_seq, epoch, attempts, brief,
  asker, asked_of, four_eyes, claim, retry_of;

-- name: advance_run^
-- The one place that hands out seq: without a gap, and only to whoever holds the run's epoch.
UPDATE runs
SET last_seq = last_seq + :count, brief = coalesce(:brief, brief), updated_at = :at,
    attempts = CASE WHEN :progressed THEN 0 ELSE attempts END
WHERE id = :id AND epoch = :epoch AND status = 'running'
RETURNING last_seq;

-- name: append_outside_segment^
-- For what clients do (answers, cancellation): no epoch, but never to a run that is over.
UPDATE runs
SET last_seq = last_seq + 1, updated_at = :at
WHERE id = :id AND status IN ('running', 'waiting')
RETURNING last_seq, status;

-- name: set_status!
UPDATE runs SET status = :status, updated_at = :at WHERE id = :id;

-- name: resume_answered!
UPDATE runs SET status = 'running', attempts = 0, claim = NULL, updated_at = :at
WHERE id = :id AND status = 'waiting';

-- name: end_epoch!
UPDATE runs SET epoch = epoch + 1 WHERE id = :id;

-- name: put_checkpoint!
INSERT INTO checkpoints (run_id, seq, state) VALUES (:run_id, :seq, :state)
ON CONFLICT (run_id) DO UPDATE SET seq = excluded.seq, state = excluded.state;

-- name: checkpoint^
SELECT seq, state FROM checkpoints WHERE run_id = :run_id;

-- name: drop_checkpoint!
DELETE FROM checkpoints WHERE run_id = :run_id;

-- name: copy_checkpoint!
INSERT INTO checkpoints (run_id, seq, state) SELECT :new, seq, state FROM checkpoints WHERE run_id = :old;

-- name: copy_run_figures!
UPDATE runs SET last_seq = :last_seq, brief = (SELECT brief FROM runs AS old WHERE old.id = :old) WHERE id = :new;

-- name: get_meta^
SELECT value FROM meta WHERE key = :key;

-- name: put_meta!
INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- name: release_run!
-- A segment that was stopped in good order is no failed attempt.
UPDATE runs SET attempts = CASE WHEN attempts > 0 THEN attempts - 1 ELSE 0 END
WHERE id = :id AND epoch = :epoch AND status = 'running';

-- name: delete_run!
DELETE FROM runs WHERE id = :id;

-- name: runs_over_before
SELECT id FROM runs
WHERE status IN ('completed', 'failed', 'cancelled') AND updated_at < :before
ORDER BY updated_at LIMIT :limit;
