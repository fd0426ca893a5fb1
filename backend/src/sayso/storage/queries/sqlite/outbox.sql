-- name: claim_outgoing
UPDATE outbox SET next_at = :until, attempts = attempts + 1, claim = :claim
WHERE channel = :channel AND id IN (
  SELECT id FROM outbox WHERE channel = :channel AND next_at <= :at ORDER BY created_at, id LIMIT :limit
)
RETURNING id, channel, body, created_at, attempts, claim;

-- name: listening_channels
SELECT id, events FROM channels WHERE disabled_at IS NULL;
