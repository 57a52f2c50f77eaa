import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// How things stood, to come back to.
extension Operation {
  static let snapshots: [Operation] = [
    control(
      .get, "/sandbox/snapshots",
      OperationDoc(
        "getSandboxSnapshots", "Lists the snapshots.", tag: "Sandbox",
        success: [
          200: .object([
            .always(
              "snapshots", .list(.object([.always("name", .string), .always("time", .time)])))
          ])
        ])
    ) { _, _ throws(Refusal) in
      Work { model throws(Refusal) in
        let all = model.snapshots.sorted { $0.key < $1.key }.map { name, snapshot -> JSONValue in
          ["name": .string(name), "time": .string(snapshot.time.platformText)]
        }
        return Answer(status: 200, body: ["snapshots": .array(all)])
      }
    },
    control(
      .put, "/sandbox/snapshots/{name}",
      OperationDoc(
        "putSandboxSnapshot",
        "Remembers how things stand: users, conversations, faults and the time. Tokens and channels "
          + "are no part of it.",
        tag: "Sandbox", success: [204: nil], refusals: [409])
    ) { call, _ throws(Refusal) in
      let name = call.parameters["name"] ?? ""
      return Work { model throws(Refusal) in
        if model.snapshots[name] == nil, model.snapshots.count >= SandboxModel.snapshotLimit {
          throw .conflict("there are \(SandboxModel.snapshotLimit) snapshots already; delete one")
        }
        model.takeSnapshot(name, at: call.now)
        return Answer(status: 204)
      }
    },
    control(
      .delete, "/sandbox/snapshots/{name}",
      OperationDoc(
        "deleteSandboxSnapshot", "Forgets a snapshot.", tag: "Sandbox", success: [204: nil],
        refusals: [404])
    ) { call, _ throws(Refusal) in
      let name = call.parameters["name"] ?? ""
      return Work { model throws(Refusal) in
        guard model.snapshots.removeValue(forKey: name) != nil else {
          throw .missing("there is no snapshot [\(name)]")
        }
        return Answer(status: 204)
      }
    },
    control(
      .post, "/sandbox/snapshots/{name}/restore",
      OperationDoc(
        "postSandboxSnapshotRestore",
        "Goes back to how things stood, the time included. Tokens, channels and the journal stay.",
        tag: "Sandbox", success: [204: nil], refusals: [404])
    ) { call, _ throws(Refusal) in
      let name = call.parameters["name"] ?? ""
      return Work { model throws(Refusal) in
        guard model.restore(name, at: call.now) else {
          throw .missing("there is no snapshot [\(name)]")
        }
        return Answer(status: 204)
      }
    },
  ]
}
