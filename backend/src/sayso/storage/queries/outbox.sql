-- name: put_outgoing!
INSERT INTO outbox (id, channel, run_id, body, created_at, next_at) VALUES (:id, :channel, :run_id, :body, :at, :at);

-- name: channels
SELECT id, kind, address, events, secret, origin, created_at, disabled_at, failing_since, why, delivered_at,
  (SELECT count(*) FROM outbox WHERE channel = channels.id AND next_at IS NOT NULL) AS pending,
  (SELECT count(*) FROM outbox WHERE channel = channels.id AND next_at IS NULL) AS given_up
FROM channels ORDER BY created_at, id;

-- name: channels_due
-- Those that something is to be sent to by now.
SELECT id FROM channels
WHERE disabled_at IS NULL AND id IN (SELECT channel FROM outbox WHERE next_at <= :at) ORDER BY id;

-- name: add_channel!
INSERT INTO channels (id, kind, address, events, secret, origin, created_at)
VALUES (:id, :kind, :address, :events, :secret, :origin, :at)
ON CONFLICT (id) DO UPDATE SET events = excluded.events WHERE channels.origin = excluded.origin;

-- name: channel_ids_of
SELECT id FROM channels WHERE origin = :origin;

-- name: remove_channel!
DELETE FROM channels WHERE id = :id AND origin = :origin;

-- name: enable_channel!
UPDATE channels SET disabled_at = NULL, failing_since = NULL, why = '' WHERE id = :id;

-- name: requeue!
-- What was given up too, from its first attempt on; not what somebody sends right now.
UPDATE outbox SET next_at = :at, attempts = 0 WHERE channel = :id AND claim IS NULL;

-- name: delete_outgoing!
DELETE FROM outbox WHERE channel = :channel AND id = :id;

-- name: note_delivered!
UPDATE channels SET delivered_at = :at, failing_since = NULL, why = '' WHERE id = :id;

-- name: put_back!
UPDATE outbox SET next_at = :again_at, claim = NULL WHERE channel = :channel AND id = :id AND claim = :claim;

-- name: note_failed!
UPDATE channels SET failing_since = coalesce(failing_since, :at), why = :why WHERE id = :id;

-- name: disable_failing^
-- Only if nothing has arrived since `since`: one message that a receiver never takes is no reason.
UPDATE channels SET disabled_at = :at
WHERE id = :id AND disabled_at IS NULL AND (delivered_at IS NULL OR delivered_at < :since)
RETURNING id;

-- name: hand_back_outgoing!
-- Of a sender that stops: its attempt does not count.
UPDATE outbox SET next_at = :at, claim = NULL, attempts = attempts - 1
WHERE channel = :channel AND id = :id AND claim = :claim;

-- name: free_claims!
-- Of senders that are gone.
UPDATE outbox SET next_at = :at, claim = NULL WHERE claim IS NOT NULL;
