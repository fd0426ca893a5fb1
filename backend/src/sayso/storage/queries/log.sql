-- name: append_event!
INSERT INTO events (run_id, seq, body) VALUES (:run_id, :seq, :body);

-- name: events_after
SELECT seq, body FROM events WHERE run_id = :run_id AND seq > :after ORDER BY seq LIMIT :limit;

-- name: events_within
-- No more bytes than a reader holds at a time; the first, however long it is.
SELECT seq, body FROM (
  SELECT seq, body, sum(length(body)) OVER (ORDER BY seq) - length(body) AS before FROM (
    SELECT seq, body FROM events WHERE run_id = :run_id AND seq > :after ORDER BY seq LIMIT :limit
  ) AS page
) AS summed WHERE before < :bytes ORDER BY seq;

-- name: event_at^
SELECT body FROM events WHERE run_id = :run_id AND seq = :seq;

-- name: open_review!
INSERT INTO reviews (run_id, seq, data, response_type, fingerprint, key, fills, due_at, remind_at)
VALUES (:run_id, :seq, :data, :response_type, :fingerprint, :key, :fills, :due_at, :remind_at);

-- name: copy_reviews!
-- An answer to a review that the checkpoint does not know has yet to be taken.
INSERT INTO reviews (run_id, seq, data, response_type, fingerprint, key, fills, due_at, remind_at, reminded_at, expired_at,
  answered_at, answer, answer_seq, response_id, delivered_at)
SELECT :new, seq, data, response_type, fingerprint, key, fills, due_at, remind_at, reminded_at, expired_at,
  answered_at, answer, answer_seq, response_id,
  CASE WHEN seq <= coalesce((SELECT at.seq FROM checkpoints AS at WHERE at.run_id = :old), 0) THEN delivered_at END
FROM reviews WHERE run_id = :old;

-- name: same_reviews^
-- A step that ran again after a crash asks the same question again: it is the review that is there already.
SELECT count(*) AS found FROM reviews
WHERE run_id = :run_id AND fingerprint = :fingerprint AND seq > :after AND seq <= :until;

-- name: review^
SELECT seq, data, response_type, key, fills, answered_at, answer, answer_seq
FROM reviews WHERE run_id = :run_id AND seq = :seq;

-- name: reviews_ahead
SELECT fingerprint FROM reviews WHERE run_id = :run_id AND seq > :after;

-- name: reviews_covered
SELECT fingerprint FROM reviews WHERE run_id = :run_id AND seq <= :after;

-- name: open_reviews
SELECT seq FROM reviews WHERE run_id = :run_id AND answered_at IS NULL ORDER BY seq;

-- name: response_by_id^
SELECT seq, answered_at, answer, answer_seq FROM reviews WHERE run_id = :run_id AND response_id = :response_id;

-- name: answer_review!
-- The compare-and-set that makes a decision happen once.
UPDATE reviews
SET answered_at = :at, answer = :answer, answer_seq = :answer_seq, response_id = :response_id
WHERE run_id = :run_id AND seq = :seq AND answered_at IS NULL;

-- name: send_review!
UPDATE reviews SET sent_at = coalesce(sent_at, :at) WHERE run_id = :run_id AND seq = :seq AND answered_at IS NULL;

-- name: sent_review^
SELECT seq, data, response_type, key, fills, answered_at, answer, answer_seq FROM reviews
WHERE run_id = :run_id AND answered_at IS NULL AND sent_at IS NOT NULL ORDER BY seq LIMIT 1;

-- name: undelivered
SELECT reviews.seq, response_type, fingerprint, key, fills, answered_at, answer,
  link.position AS links, link.hash AS head
FROM reviews
LEFT JOIN record_links AS link
  ON link.run_id = reviews.run_id AND link.seq = reviews.answer_seq AND link.kind = 'decided'
WHERE reviews.run_id = :run_id AND answered_at IS NOT NULL AND delivered_at IS NULL ORDER BY answer_seq;

-- name: deliver!
UPDATE reviews SET delivered_at = :at WHERE run_id = :run_id AND seq = :seq;

-- name: reviews_to_remind
SELECT run_id, seq, due_at FROM reviews
WHERE remind_at <= :at AND reminded_at IS NULL AND answered_at IS NULL AND due_at > :at
ORDER BY remind_at LIMIT :limit;

-- name: reviews_to_expire
SELECT run_id, seq, due_at FROM reviews
WHERE due_at <= :at AND expired_at IS NULL AND answered_at IS NULL
ORDER BY due_at LIMIT :limit;

-- name: remind!
UPDATE reviews SET reminded_at = :at, remind_at = NULL
WHERE run_id = :run_id AND seq = :seq AND answered_at IS NULL AND reminded_at IS NULL;

-- name: expire!
-- With due_at gone from the index, a review that is past due is not looked at again.
UPDATE reviews SET expired_at = :at, remind_at = NULL, due_at = NULL
WHERE run_id = :run_id AND seq = :seq AND answered_at IS NULL AND expired_at IS NULL;
