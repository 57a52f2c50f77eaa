extension Starter {
  /// Simulated agents against the embedded sandbox.
  static let smoke = Starter(
    name: "smoke",
    doc: "Simulates a few agents and injects their events into the embedded sandbox.",
    config: #"""
      {
        "$schema": "./patchbay.schema.json",
        "name": "PIPELINE",
        "run": { "seed": 42, "deadline": "60s" },
        "connections": {
          "genesys": {
            "type": "genesys-cloud",
            "region": "sandbox",
            "client_id": "${GENESYS_CLOUD_CLIENT_ID:-sandbox}",
            "client_secret": "${GENESYS_CLOUD_CLIENT_SECRET:-sandbox}"
          }
        },
        "sources": {
          "desk": { "type": "scenario", "agents": 5, "interactions_per_agent": 4, "dwell": "100ms" }
        },
        "validators": {
          "schema": { "type": "interaction-event", "inputs": ["desk"] }
        },
        "injectors": {
          "inject": { "type": "genesys-workspace", "inputs": ["schema"], "connection": "genesys" }
        },
        "correlators": {
          "states": { "type": "state-machine", "inputs": ["inject", "inject.failed"] }
        },
        "sinks": {
          "audit": { "type": "audit-log", "inputs": ["states", "schema.rejected"] },
          "console": { "type": "stdout", "inputs": ["states", "schema.rejected"] }
        },
        "thresholds": { "injection.success_rate": ">= 0.99", "correlation.mismatches": "== 0" },
        "profiles": {
          "ci": { "run": { "clock": "virtual" }, "sinks": { "console": null } }
        }
      }

      """#,
    tests: #"""
      {
        "$schema": "./patchbay-test.schema.json",
        "config": "config.json",
        "tests": [
          {
            "name": "every event is accepted and follows the state machine",
            "expect": { "metrics": { "injection.accepted": 120 }, "mismatches": 0 }
          },
          {
            "name": "a rate limit is waited out as long as it asks",
            "changes": { "sources": { "desk": { "agents": 1, "interactions_per_agent": 1 } } },
            "replies": {
              "POST /api/v2/interactions/events": [
                { "status": 429, "headers": { "Retry-After": "30" } }
              ]
            },
            "expect": {
              "metrics": { "injection.accepted": 6, "injection.attempts": 7, "rate_limit.max": 30000 }
            }
          },
          {
            "name": "forbidden states are found",
            "changes": { "sources": { "desk": { "illegal": 3 } } },
            "expect": { "exit_code": 99, "mismatches": 3 }
          }
        ]
      }

      """#,
    notes: """
      | In `config.json` | What it does |
      |---|---|
      | `desk` | 5 agents, each with 4 interactions of 6 events, 100 ms apart |
      | `schema` | turns away events that break the contract |
      | `inject` | posts each event to the sandbox, with a token, retries and waits |
      | `states` | follows every agent and interaction through the state machine |
      | `audit`, `console` | keep a record of everything, print a line for everything |
      | `thresholds` | make the run exit with 99 if they fail |
      | `profiles.ci` | `patchbay run --profile ci`: no waiting, no lines |
      """)
}
