-- name: lock_run
-- There is one writer: nothing to lock.
SELECT id, asker, asked_of, four_eyes FROM runs WHERE id = :id;

-- name: open_reviews_of_all
SELECT run_id, seq FROM reviews
WHERE answered_at IS NULL AND run_id IN (SELECT value FROM json_each(:run_ids)) ORDER BY seq;

-- name: runs_by_id
SELECT id, question, workflow, fingerprint, options, by, status, created_at, updated_at, last_seq, epoch, attempts, brief,
  asker, asked_of, four_eyes, claim, retry_of
FROM runs WHERE id IN (SELECT value FROM json_each(:run_ids));

-- name: last_seqs
SELECT id, last_seq FROM runs WHERE id IN (SELECT value FROM json_each(:run_ids));

-- name: lock_asker
-- There is one writer: nothing to lock.
SELECT :asker AS asker;

-- name: lock_audit^
-- There is one writer: nothing to lock.
SELECT 1 AS locked;
