extension Starter {
  /// Many agents against a sandbox with limits and faults.
  static let load = Starter(
    name: "load",
    doc: "Puts many simulated agents onto a sandbox that is slow, limits the rate, and fails.",
    config: #"""
      {
        "$schema": "./patchbay.schema.json",
        "name": "PIPELINE",
        "run": { "seed": 1, "deadline": "10m" },
        "connections": {
          "genesys": {
            "type": "genesys-cloud",
            "region": "sandbox",
            "client_id": "${GENESYS_CLOUD_CLIENT_ID:-sandbox}",
            "client_secret": "${GENESYS_CLOUD_CLIENT_SECRET:-sandbox}"
          },
          "sandbox": {
            "type": "genesys-sandbox",
            "rate_limit": "300/min",
            "faults": {
              "latency": { "log_normal": { "median": "20ms", "p99": "100ms" } },
              "server_error": 0.01,
              "unavailable": 0.01
            }
          }
        },
        "sources": {
          "desk": {
            "type": "scenario",
            "agents": 100,
            "interactions_per_agent": 5,
            "dwell": "5s",
            "dwell_distribution": "exponential"
          }
        },
        "injectors": {
          "inject": {
            "type": "genesys-workspace",
            "inputs": ["desk"],
            "connection": "genesys",
            "events_per_request": 10,
            "concurrency": 8
          }
        },
        "correlators": {
          "states": { "type": "state-machine", "inputs": ["inject", "inject.failed"] }
        },
        "sinks": {
          "audit": { "type": "audit-log", "inputs": ["states"] }
        },
        "thresholds": {
          "injection.success_rate": ">= 0.99",
          "latency.p95": "< 250",
          "correlation.mismatches": "== 0"
        },
        "profiles": {
          "quick": { "run": { "clock": "virtual" } }
        }
      }

      """#,
    tests: #"""
      {
        "$schema": "./patchbay-test.schema.json",
        "config": "config.json",
        "tests": [
          {
            "name": "all events get through limits and faults",
            "changes": {
              "connections": { "sandbox": { "faults": { "latency": null } } },
              "thresholds": { "latency.p95": null }
            },
            "expect": {
              "metrics": { "events.emitted": 3000, "injection.success_rate": ">= 0.99" },
              "mismatches": 0
            }
          },
          {
            "name": "an outage is noticed",
            "changes": { "sources": { "desk": { "agents": 1, "interactions_per_agent": 1 } } },
            "replies": {
              "POST /api/v2/interactions/events": [{ "status": 503, "lasting": true }]
            },
            "expect": { "exit_code": 99, "metrics": { "injection.accepted": 0 } }
          }
        ]
      }

      """#,
    notes: """
      The sandbox's `latency`, `rate_limit` and `faults` stand under `connections.sandbox`. Before a
      load test of a real organisation, ask its owner and the vendor. `patchbay plan` shows how long
      the requests take at the allowed rate, `patchbay run --profile quick` skips the waiting.
      """)
}
