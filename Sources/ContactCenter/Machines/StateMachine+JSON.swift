package import PatchbayCore
package import PatchbayJSON

extension StateMachine {
  /// Reads a machine in the form that `json` writes.
  ///
  /// ```json
  /// {
  ///   "states": ["idle", "ringing"],
  ///   "transitions": [{ "from": "idle", "to": "ringing" }, { "from": "ringing", "to": "idle" }],
  ///   "final": ["idle"]
  /// }
  /// ```
  ///
  /// `scopes` may say whose states are whose: `{ "presence": "agent", "call": "participant" }`.
  ///
  /// - Parameters:
  ///   - node: the machine.
  ///   - path: where it stands, for messages.
  /// - Throws: `InvalidOptions` with everything that is wrong, each at its place.
  package init(_ node: JSONNode, at path: OptionPath = OptionPath()) throws(InvalidOptions) {
    let decoded = StateMachineDocument.decode(node, at: path)
    guard let document = decoded.value else { throw InvalidOptions(decoded.issues) }
    var reader = StateMachineReader(node, at: path)
    let draft = reader.read(document)
    if reader.issues.hasErrors { throw InvalidOptions(reader.issues.inDocumentOrder) }
    self.init(draft)
  }

  /// The machine as data: a reader of it makes an equal one.
  package var json: JSONValue {
    var transitions: [JSONValue] = []
    for from in states.indices {
      for to in successors(of: from) {
        transitions.append(["from": .string(states[from]), "to": .string(states[to])])
      }
    }
    var members: [JSONValue.Member] = [
      .init("states", .array(states.map { .string($0) })),
      .init("transitions", .array(transitions)),
      .init("final", .array(states.indices.filter { finals[$0] }.map { .string(states[$0]) })),
    ]
    if !owners.isEmpty { members.append(.init("scopes", owners.json)) }
    return .object(members)
  }
}
