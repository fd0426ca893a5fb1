-- name: insert_person!
INSERT INTO people (id, name, name_key, role, groups, subject, version, created_at)
VALUES (:id, :name, :name_key, :role, :groups, :subject, 1, :at)
ON CONFLICT DO NOTHING;

-- name: person_by_id^
SELECT id, name, role, groups, subject, version, created_at, disabled_at FROM people WHERE id = :id;

-- name: person_by_key^
SELECT id, name, role, groups, subject, version, created_at, disabled_at FROM people WHERE name_key = :name_key;

-- name: person_by_subject^
SELECT id, name, role, groups, subject, version, created_at, disabled_at FROM people WHERE subject = :subject;

-- name: people
SELECT id, name, role, groups, subject, version, created_at, disabled_at FROM people ORDER BY name_key;

-- name: change_person!
UPDATE people SET role = :role, groups = :groups, disabled_at = :disabled_at, version = version + 1 WHERE id = :id;

-- name: insert_secret!
INSERT INTO secrets (id, kind, hash, person_id, data, created_at, expires_at)
VALUES (:id, :kind, :hash, :person_id, :data, :at, :expires_at);

-- name: secret^
-- With whom it is of: one statement, because every call begins with it.
SELECT secrets.id, kind, hash, person_id, data, secrets.created_at, used_at, expires_at, people.name AS owner_name,
  people.role AS owner_role, people.groups AS owner_groups, people.subject AS owner_subject,
  people.version AS owner_version, people.created_at AS owner_created_at, people.disabled_at AS owner_disabled_at
FROM secrets LEFT JOIN people ON people.id = person_id WHERE secrets.id = :id;

-- name: secrets_of
SELECT id, kind, hash, person_id, data, created_at, used_at, expires_at FROM secrets
WHERE person_id = :person_id ORDER BY created_at;

-- name: see_secret!
UPDATE secrets SET used_at = :at WHERE id = :id;

-- name: use_up!
-- The compare-and-set that makes a link open the door once.
UPDATE secrets SET used_at = :at WHERE id = :id AND used_at IS NULL;

-- name: delete_secret!
DELETE FROM secrets WHERE id = :id;

-- name: delete_secrets_of!
DELETE FROM secrets WHERE person_id = :person_id;

-- name: delete_ended_secrets!
DELETE FROM secrets WHERE expires_at < :at;

-- name: ask_of!
INSERT INTO run_reviewers (run_id, name_key) VALUES (:run_id, :name_key);

-- name: claim_review^
-- Who is on it, for the others to see; in no log. Only the first, until it is given back.
UPDATE runs SET claim = :claim WHERE id = :id AND status = 'waiting' AND claim IS NULL RETURNING id;

-- name: give_back!
UPDATE runs SET claim = NULL WHERE id = :id;

-- name: open_runs_of^
SELECT count(*) AS found FROM runs WHERE asker = :asker AND status IN ('running', 'waiting');

-- name: runs_since_of^
SELECT count(*) AS found, min(created_at) AS oldest FROM runs WHERE asker = :asker AND created_at > :since;
