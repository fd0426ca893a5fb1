-- name: put_document!
INSERT INTO documents (name, digest, size, added_at, added_by, content)
VALUES (:name, :digest, :size, :added_at, :added_by, :content)
ON CONFLICT (name) DO UPDATE SET digest = excluded.digest, size = excluded.size, added_at = excluded.added_at,
  added_by = excluded.added_by, content = excluded.content;

-- name: remove_document!
DELETE FROM documents WHERE name = :name;

-- name: documents
SELECT name, digest, size, added_at, added_by FROM documents ORDER BY name;

-- name: document_content^
SELECT content FROM documents WHERE name = :name;
