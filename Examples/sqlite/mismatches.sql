-- Transitions that a state machine forbids, the most frequent first, with every event that made
-- one and the event of the same interaction before it.
SELECT
  timeline.run_id, from_state, to_state,
  count(*) OVER (PARTITION BY events.run, from_state, to_state) AS events,
  timeline.timestamp, events.sequence_id, events.agent_id, events.interaction_id,
  (
    SELECT before.sequence_id FROM events AS before
    WHERE before.run = events.run AND before.interaction_id = events.interaction_id
      AND before.id < events.id
    ORDER BY before.id DESC LIMIT 1
  ) AS previous
FROM mismatches
  JOIN events ON events.id = mismatches.event
  JOIN timeline ON timeline.event = events.id
ORDER BY events.run, 4 DESC, from_state, to_state, events.id;
