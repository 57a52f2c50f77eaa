-- How long the target took to answer, by state: percentiles of accepted events in milliseconds.
-- A percentile is the least time that so many of the events took at most (nearest rank).
WITH ranked AS (
  SELECT
    run, state, service_ns / 1e6 AS ms,
    row_number() OVER (PARTITION BY run, state ORDER BY service_ns) AS place,
    count(*) OVER (PARTITION BY run, state) AS total
  FROM injections JOIN events ON events.id = injections.event
  WHERE kind = 'accepted' AND service_ns IS NOT NULL
)
SELECT
  run_id, state, total AS events,
  min(ms) FILTER (WHERE place >= 0.50 * total) AS p50_ms,
  min(ms) FILTER (WHERE place >= 0.95 * total) AS p95_ms,
  min(ms) FILTER (WHERE place >= 0.99 * total) AS p99_ms,
  max(ms) AS max_ms
FROM ranked JOIN runs ON runs.id = ranked.run
GROUP BY run, state
ORDER BY run, p99_ms DESC, state;
