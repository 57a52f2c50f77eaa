import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// Every type of the product declares its options soundly and explains itself.
struct DeclarationTests {
  private func problems(of stage: (some Stage).Type) -> [String] {
    stage.Options.declarationProblems()
  }

  private func problems(of connection: (some Connection).Type) -> [String] {
    connection.Options.declarationProblems()
  }

  @Test func `the options of every type hold together`() {
    for stage in Rehearsal.registry.stages { #expect(problems(of: stage) == [], "\(stage.type)") }
    for connection in Rehearsal.registry.connections {
      #expect(problems(of: connection) == [], "\(connection.type)")
    }
    #expect(RunOptions.declarationProblems() == [])
  }

  @Test func `every type is a kebab noun with a sentence`() {
    let types =
      Rehearsal.registry.stages.map { ($0.type, $0.doc) }
      + Rehearsal.registry.connections.map { ($0.type, $0.doc) }
    for (type, doc) in types {
      #expect(type.allSatisfy { $0.isLowercase || $0 == "-" }, "\(type)")
      #expect(doc.hasSuffix("."), "\(type)")
    }
  }

  @Test func `metrics have names for thresholds`() {
    for stage in Rehearsal.registry.stages {
      for metric in stage.metrics {
        #expect(metric.name.allSatisfy { $0.isLowercase || $0 == "_" }, "\(metric.name)")
        #expect(metric.doc.hasSuffix("."), "\(metric.name)")
      }
    }
  }
}

/// What is legal but suspicious is said, and doesn't refuse the configuration.
struct WarningTests {
  @Test func `a connection that nothing uses is a warning`() throws {
    let result = try Rehearsal().plan(
      #"""
      {
        "connections": {
          "spare": { "type": "genesys-cloud", "client_id": "a", "client_secret": "${X:-b}" },
          "faulty": { "type": "genesys-sandbox", "faults": { "dropped": 1 } }
        },
        "sources": { "desk": { "type": "scenario" } },
        "sinks": { "console": { "type": "stdout", "inputs": ["desk"] } }
      }
      """#)
    #expect(result.plan != nil)
    #expect(
      result.issues.map(\.description) == [
        "3:5: warning[PB0403]: connections.spare: no stage uses this connection",
        "4:5: warning[PB0403]: connections.faulty: has no effect; call it \"sandbox\" to change "
          + "the embedded one",
      ])
  }
}

/// Text and numbers come from the environment as a shell would put them in.
struct VariableTests {
  private func desk(_ agents: String, _ variables: [String: String]) throws -> PlanResult {
    var rehearsal = try Rehearsal()
    rehearsal.variables = variables
    return rehearsal.plan(
      #"""
      {
        "name": "a $${plain} ${WHO:-nobody}",
        "sources": { "desk": { "type": "scenario", "agents": "\#(agents)" } },
        "sinks": { "console": { "type": "stdout", "inputs": ["desk"] } }
      }
      """#)
  }

  @Test func `a variable may be a number`() throws {
    let plan = try #require(try desk("${AGENTS}", ["AGENTS": "7", "WHO": "me"]).plan)
    #expect(plan.stage("desk")?.options["agents"] == 7)
    #expect(plan.name == "a ${plain} me")
  }

  @Test func `a default stands in for an unset and for an empty variable`() throws {
    for variables in [[:], ["AGENTS": ""]] {
      let plan = try #require(try desk("${AGENTS:-9}", variables).plan)
      #expect(plan.stage("desk")?.options["agents"] == 9)
      #expect(plan.name == "a ${plain} nobody")
    }
  }

  @Test func `what comes from the environment is never quoted`() throws {
    let result = try desk("${AGENTS}", ["AGENTS": "hunter2"])
    #expect(
      result.issues.map(\.description) == [
        "3:56: error[PB0101]: sources.desk.agents: expected an integer, found a string from a "
          + "variable"
      ])
  }
}
