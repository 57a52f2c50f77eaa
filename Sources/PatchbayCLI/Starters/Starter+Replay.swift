extension Starter {
  /// Recorded events.
  static let replay = Starter(
    name: "replay",
    doc: "Replays recorded events from a file, checks them, and injects them into the sandbox.",
    config: #"""
      {
        "$schema": "./patchbay.schema.json",
        "name": "PIPELINE",
        "connections": {
          "genesys": {
            "type": "genesys-cloud",
            "region": "sandbox",
            "client_id": "${GENESYS_CLOUD_CLIENT_ID:-sandbox}",
            "client_secret": "${GENESYS_CLOUD_CLIENT_SECRET:-sandbox}"
          }
        },
        "sources": {
          "log": { "type": "jsonl", "path": "${EVENTS:-events.jsonl}" }
        },
        "validators": {
          "schema": { "type": "interaction-event", "inputs": ["log"] }
        },
        "injectors": {
          "inject": {
            "type": "genesys-workspace",
            "inputs": ["schema"],
            "connection": "genesys",
            "events_per_request": 50
          }
        },
        "correlators": {
          "states": { "type": "state-machine", "inputs": ["inject", "inject.failed"] }
        },
        "sinks": {
          "audit": {
            "type": "audit-log",
            "inputs": ["states", "schema.rejected", "log.rejected"]
          },
          "rejected": {
            "type": "jsonl",
            "inputs": ["schema.rejected", "log.rejected"],
            "file": "rejected.jsonl"
          }
        },
        "thresholds": { "log.bad_lines": "== 0", "correlation.mismatches": "== 0" }
      }

      """#,
    tests: #"""
      {
        "$schema": "./patchbay-test.schema.json",
        "config": "config.json",
        "tests": [
          {
            "name": "lines that are no events are kept apart with the reason",
            "given": {
              "log": [
                "this is no event",
                {
                  "sequence_id": "one",
                  "timestamp": "2026-01-31T09:30:00Z",
                  "interaction_id": "c1a7e0d2-94b3-4e58-b6f1-0d2e4f6a8b10",
                  "agent_id": "0b4e1d5a-6c52-4f0e-9a3b-7d1c2e8f9a01",
                  "state": "routing/agent/available",
                  "event_type": "routing/agent/state"
                },
                {
                  "sequence_id": "two",
                  "timestamp": "2026-01-31T09:30:05Z",
                  "interaction_id": "c1a7e0d2-94b3-4e58-b6f1-0d2e4f6a8b10",
                  "agent_id": "Bob",
                  "state": "routing/agent/busy",
                  "event_type": "routing/agent/state"
                }
              ]
            },
            "changes": { "thresholds": { "log.bad_lines": null } },
            "expect": {
              "metrics": { "events.delivered": 1, "events.rejected": 2 },
              "outcomes": { "one": { "verdict": "accepted" } },
              "files": {
                "rejected.jsonl": {
                  "count": 2,
                  "contains": [
                    { "sequence_id": "two", "outcome": { "code": "agent_id.not_uuid" } }
                  ]
                }
              }
            }
          }
        ]
      }

      """#,
    notes: """
      Put your own events into `events.jsonl`, one JSON object a line, or name another file by the
      environment variable `EVENTS`. Lines that can't be used end up in `rejected.jsonl` in the run's
      folder, with the reason.
      """,
    inputs: [
      NewFiles.File(
        name: "events.jsonl",
        text: #"""
          {"sequence_id":"e-1","timestamp":"2026-01-31T09:30:00Z","interaction_id":"c1a7e0d2-94b3-4e58-b6f1-0d2e4f6a8b10","agent_id":"0b4e1d5a-6c52-4f0e-9a3b-7d1c2e8f9a01","state":"routing/agent/available","event_type":"routing/agent/state"}
          {"sequence_id":"e-2","timestamp":"2026-01-31T09:30:05Z","interaction_id":"c1a7e0d2-94b3-4e58-b6f1-0d2e4f6a8b10","agent_id":"0b4e1d5a-6c52-4f0e-9a3b-7d1c2e8f9a01","state":"routing/agent/busy","event_type":"routing/agent/state"}
          {"sequence_id":"e-3","timestamp":"2026-01-31T09:30:09Z","interaction_id":"c1a7e0d2-94b3-4e58-b6f1-0d2e4f6a8b10","agent_id":"0b4e1d5a-6c52-4f0e-9a3b-7d1c2e8f9a01","state":"interaction/media/connected","event_type":"routing/agent/state"}
          {"sequence_id":"e-4","timestamp":"2026-01-31T09:33:41Z","interaction_id":"c1a7e0d2-94b3-4e58-b6f1-0d2e4f6a8b10","agent_id":"0b4e1d5a-6c52-4f0e-9a3b-7d1c2e8f9a01","state":"interaction/media/disconnected","event_type":"routing/agent/state"}
          {"sequence_id":"e-5","timestamp":"2026-01-31T09:33:42Z","interaction_id":"c1a7e0d2-94b3-4e58-b6f1-0d2e4f6a8b10","agent_id":"0b4e1d5a-6c52-4f0e-9a3b-7d1c2e8f9a01","state":"routing/agent/wrapping","event_type":"routing/agent/state"}
          {"sequence_id":"e-6","timestamp":"2026-01-31T09:34:20Z","interaction_id":"c1a7e0d2-94b3-4e58-b6f1-0d2e4f6a8b10","agent_id":"0b4e1d5a-6c52-4f0e-9a3b-7d1c2e8f9a01","state":"routing/agent/available","event_type":"routing/agent/state"}

          """#)
    ])
}
