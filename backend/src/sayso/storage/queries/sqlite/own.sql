-- name: lock_run
-- There is one writer: nothing to lock.
SELECT :id AS id;

-- name: open_reviews_of_all
SELECT run_id, seq FROM reviews
WHERE answered_at IS NULL AND run_id IN (SELECT value FROM json_each(:run_ids)) ORDER BY seq;
