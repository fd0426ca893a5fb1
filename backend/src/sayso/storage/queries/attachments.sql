-- name: put_attachment!
INSERT INTO attachments (run_id, key, data) VALUES (:run_id, :key, :data)
ON CONFLICT (run_id, key) DO UPDATE SET data = excluded.data;

-- name: attachments
SELECT key, data FROM attachments WHERE run_id = :run_id ORDER BY key;

-- name: copy_attachments!
INSERT INTO attachments (run_id, key, data) SELECT :new, key, data FROM attachments WHERE run_id = :old;
