-- name: claim_outgoing
-- Materialized, so that it is read once: each message goes to one sender, and no sender waits for another.
WITH due AS MATERIALIZED (
  SELECT id FROM outbox WHERE channel = :channel AND next_at <= :at ORDER BY created_at, id LIMIT :limit
  FOR UPDATE SKIP LOCKED
)
UPDATE outbox SET next_at = :until, attempts = attempts + 1, claim = :claim
WHERE channel = :channel AND id IN (SELECT id FROM due)
RETURNING id, channel, body, created_at, attempts, claim;

-- name: listening_channels
-- Locked against removal, so that a decision does not fail because a channel that is told of it goes away meanwhile.
SELECT id, events FROM channels WHERE disabled_at IS NULL FOR KEY SHARE;
