-- Why events weren't accepted: the most frequent reasons first, each with an event to look at.
SELECT
  run_id, kind, code, count(*) AS events, sum(attempts) AS attempts,
  min(reason) AS reason, min(sequence_id) AS example
FROM injections
  JOIN events ON events.id = injections.event
  JOIN runs ON runs.id = events.run
WHERE kind <> 'accepted'
GROUP BY run, kind, code
ORDER BY run, events DESC, kind, code;
