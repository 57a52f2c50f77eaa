import PatchbayCore
import PatchbayJSON

/// Puts a machine together of a document, and finds where its parts contradict each other.
struct StateMachineReader {
  private let node: JSONNode
  private let path: OptionPath
  private var draft = StateMachineDraft()
  private(set) var issues = IssueList()

  init(_ node: JSONNode, at path: OptionPath) {
    self.node = node
    self.path = path
  }

  /// The machine that the document describes, not to be used if there are issues.
  mutating func read(_ document: StateMachineDocument) -> StateMachineDraft {
    for (index, state) in document.states.enumerated() {
      if draft.numbers[ExactText(state)] != nil { reportTwice([.name("states"), .index(index)]) }
      _ = draft.number(of: state)
    }
    for (index, transition) in document.transitions.enumerated() {
      let place: [OptionPath.Component] = [.name("transitions"), .index(index)]
      let from = number(of: transition.from, at: place + [.name("from")])
      let to = number(of: transition.to, at: place + [.name("to")])
      if let from, let to, !draft.allow(from, to: to) { reportTwice(place) }
    }
    for (index, state) in document.final.enumerated() {
      let place: [OptionPath.Component] = [.name("final"), .index(index)]
      guard let number = number(of: state, at: place) else { continue }
      if !draft.finals.insert(number).inserted { reportTwice(place) }
    }
    let beginnings = Set(document.states.map { $0.prefix { $0 != "/" } })
    for name in document.scopes.keys where !beginnings.contains(name[...]) {
      report(
        "no state begins with \((name + "/").quoted); mend the name or leave it out",
        at: [.name("scopes"), .name(name)])
    }
    draft.owners = document.scopes
    return draft
  }

  /// The number of a state that is mentioned; nil if it isn't listed, which is reported.
  private mutating func number(
    of state: String, at place: [OptionPath.Component]
  ) -> Int? {
    if let number = draft.numbers[ExactText(state)] { return number }
    let nearest = NearestName.of(state, among: draft.states)
    let cure =
      nearest.map { "write \($0.quoted), or add it to \"states\"" } ?? "add it to \"states\""
    report("\(state.quoted) is none of the states; \(cure)", at: place)
    return nil
  }

  private mutating func reportTwice(_ place: [OptionPath.Component]) {
    report("is listed twice; leave it out here", at: place)
  }

  private mutating func report(_ message: String, at place: [OptionPath.Component]) {
    var node = node
    for component in place {
      switch component {
      case .name(let name): node = node.member(name)?.value ?? node
      case .index(let index):
        if case .array(let elements) = node.content { node = elements[index] }
      }
    }
    issues.report(
      .checkFailed, at: node.position,
      path: OptionPath(components: path.components + place), message: message)
  }
}
