-- name: lock_run
-- First in every transaction that changes a run: what it reads afterwards nobody changes before it commits.
SELECT id, asker, asked_of, four_eyes FROM runs WHERE id = :id FOR UPDATE;

-- name: open_reviews_of_all
SELECT run_id, seq FROM reviews
WHERE answered_at IS NULL AND run_id IN (SELECT json_array_elements_text(CAST(:run_ids AS JSON))) ORDER BY seq;

-- name: runs_by_id
SELECT id, question, workflow, fingerprint, options, by, status, created_at, updated_at, last_seq, epoch, attempts, brief,
  asker, asked_of, four_eyes, claim, retry_of
FROM runs WHERE id IN (SELECT json_array_elements_text(CAST(:run_ids AS JSON)));

-- name: last_seqs
SELECT id, last_seq FROM runs WHERE id IN (SELECT json_array_elements_text(CAST(:run_ids AS JSON)));

-- name: lock_asker
-- Or two questions at once would each be the last that is allowed.
SELECT pg_advisory_xact_lock(hashtext(:asker));

-- name: lock_audit^
-- Of all processes one seals at a time; the others need not wait for it.
SELECT pg_try_advisory_xact_lock(1, 16) AS locked;
