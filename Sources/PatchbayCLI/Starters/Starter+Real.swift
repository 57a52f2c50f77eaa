extension Starter {
  /// A real endpoint.
  static let real = Starter(
    name: "real",
    doc: "Sends simulated events to a real HTTP endpoint, with a token and a record of everything.",
    config: #"""
      {
        "$schema": "./patchbay.schema.json",
        "name": "PIPELINE",
        "run": { "seed": 42, "deadline": "5m" },
        "sources": {
          "desk": { "type": "scenario", "agents": 2, "interactions_per_agent": 1, "dwell": "2s" }
        },
        "validators": {
          "schema": { "type": "interaction-event", "inputs": ["desk"] }
        },
        "injectors": {
          "send": {
            "type": "http",
            "inputs": ["schema"],
            "url": "${TARGET_URL}",
            "headers": { "Authorization": "Bearer ${TARGET_TOKEN}" },
            "concurrency": 2,
            "retry": { "attempts": 4, "base": "2s" }
          }
        },
        "sinks": {
          "audit": {
            "type": "audit-log",
            "inputs": ["send", "send.failed", "schema.rejected"]
          },
          "console": { "type": "stdout", "inputs": ["send", "send.failed", "schema.rejected"] }
        },
        "thresholds": { "injection.success_rate": "== 1" }
      }

      """#,
    tests: #"""
      {
        "$schema": "./patchbay-test.schema.json",
        "config": "config.json",
        "variables": {
          "TARGET_URL": "https://target.example/events",
          "TARGET_TOKEN": "not-a-real-token"
        },
        "tests": [
          {
            "name": "events are sent with the token and kept in the audit file",
            "replies": { "POST https://target.example/events": [{ "status": 202, "lasting": true }] },
            "expect": {
              "requests": {
                "POST https://target.example/events": {
                  "count": 12,
                  "contains": [{ "headers": { "authorization": "Bearer not-a-real-token" } }]
                }
              },
              "sinks": { "audit": { "count": 12 } }
            }
          },
          {
            "name": "a wrong token fails the run and is told",
            "changes": { "sources": { "desk": { "agents": 1 } } },
            "replies": { "POST https://target.example/events": [{ "status": 401, "lasting": true }] },
            "expect": {
              "exit_code": 99,
              "metrics": { "injection.failed": 6 },
              "console": { "contains": ["Injection failed for sequence *: HTTP 401"] }
            }
          }
        ]
      }

      """#,
    notes: """
      `TARGET_URL` is the endpoint, `TARGET_TOKEN` its bearer token; both come from the environment,
      so that no secret stands in a file. `patchbay plan` shows where requests would go and how many.
      Ask the endpoint's owner before you send more than a handful.
      """,
    variables: ["TARGET_URL", "TARGET_TOKEN"])
}
