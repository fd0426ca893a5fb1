-- name: last_link^
SELECT run_id, position, kind, seq, at, content_hash, previous, hash FROM record_links
WHERE run_id = :run_id ORDER BY position DESC LIMIT 1;

-- name: links
SELECT run_id, position, kind, seq, at, content_hash, previous, hash FROM record_links
WHERE run_id = :run_id ORDER BY position;

-- name: append_link!
INSERT INTO record_links (run_id, position, kind, seq, at, content_hash, previous, hash)
VALUES (:run_id, :position, :kind, :seq, :at, :content_hash, :previous, :hash);

-- name: keep_head!
-- Nothing of a run but how long its record was, and its last hash.
INSERT INTO erased_records (run_id, links, head, erased_at)
SELECT run_id, position, hash, CAST(:at AS TEXT) FROM record_links
WHERE run_id = :run_id ORDER BY position DESC LIMIT 1;

-- name: erased_record^
SELECT links, head, erased_at FROM erased_records WHERE run_id = :run_id;
