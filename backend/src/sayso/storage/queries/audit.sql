-- name: append_audit!
INSERT INTO audit (at, body) VALUES (:at, :body);

-- name: audit_page
SELECT id, body, link FROM audit WHERE at >= :since AND id > :after ORDER BY id LIMIT :limit;

-- name: unsealed
SELECT id, body, link FROM audit WHERE link IS NULL ORDER BY id LIMIT :limit;

-- name: count_unsealed^
SELECT count(*) AS found FROM audit WHERE link IS NULL;

-- name: seal_row!
UPDATE audit SET link = :link WHERE id = :id AND link IS NULL;

-- name: sealed_by
SELECT id, body, link FROM audit WHERE link > :after AND link <= :until ORDER BY link, id;

-- name: last_audit_link^
SELECT position, kind, seq, at, content_hash, previous, hash FROM audit_links ORDER BY position DESC LIMIT 1;

-- name: audit_links_after
SELECT position, kind, seq, at, content_hash, previous, hash FROM audit_links
WHERE position > :after ORDER BY position LIMIT :limit;

-- name: append_audit_link!
INSERT INTO audit_links (position, kind, seq, at, content_hash, previous, hash)
VALUES (:position, :kind, :seq, :at, :content_hash, :previous, :hash);

-- name: last_audit_link_before^
SELECT position, kind, seq, at, content_hash, previous, hash FROM audit_links
WHERE at < :before AND position < (SELECT max(position) FROM audit_links) ORDER BY position DESC LIMIT 1;

-- name: prune_audit!
DELETE FROM audit WHERE link <= :until;

-- name: prune_audit_links!
DELETE FROM audit_links WHERE position <= :until;
