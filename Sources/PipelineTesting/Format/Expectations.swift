package import PatchbayCore
import PatchbayJSON

/// What must come of a run.
///
/// Values are compared in part: an object needs the members that are written here and may have
/// more, null stands for a member that isn't there, and `*` in a string for any text.
package struct Expectations: OptionGroup {
  let exitCode: Int
  let metrics: [String: OpenValue]
  let mismatches: Int?
  let outcomes: [String: OpenValue]
  let sinks: [String: ListExpectation]
  let requests: [String: ListExpectation]
  let files: [String: ListExpectation]
  let console: ListExpectation?
  let states: States
  let failures: [String]?
  let notices: [String]?

  /// Where agents and interactions must stand at the end.
  struct States: OptionGroup {
    let agents: [String: String]
    let openInteractions: [String: String]

    init(from options: inout OptionReader) {
      agents = options.value("agents", default: [:], doc: "The last state of agents, by id.")
      openInteractions = options.value(
        "open_interactions", default: [:],
        doc: "The last state of interactions that aren't finished, by id.")
    }
  }

  package init(from options: inout OptionReader) {
    exitCode = options.value(
      "exit_code", default: 0, .range(0...255), doc: "The code that the run ends with.")
    metrics =
      options.optional(
        "metrics", doc: "Metrics, each a number or a condition such as \">= 0.99\".") ?? [:]
    mismatches = options.optional(
      "mismatches", .atLeast(0), doc: "How many mismatches all correlators found.")
    outcomes =
      options.optional(
        "outcomes",
        doc: "By sequence_id, what the injectors made of an event: verdict, status, attempts, code."
      )
      ?? [:]
    sinks =
      options.optional(
        "sinks", doc: "By sink, the events it wrote, as the jsonl sink would write them.") ?? [:]
    requests =
      options.optional(
        "requests",
        doc: """
          By method and URL or path, the requests that were sent: method, url, at (the time since \
          the start), headers, body.
          """) ?? [:]
    files =
      options.optional(
        "files", doc: "By name, * included, the elements or lines of a file in the run's folder.")
      ?? [:]
    console = options.optional("console", doc: "The lines printed to standard output.")
    states = options.group("states", doc: "Where agents and interactions stand at the end.")
    failures = options.optional("failures", doc: "The failures in the report, all of them.")
    notices = options.optional("notices", doc: "The notices in the report, all of them.")
  }
}

/// What must be in a list.
package struct ListExpectation: OptionGroup {
  let exactly: [OpenValue]?
  let contains: [OpenValue]
  let lacks: [OpenValue]
  let count: Int?

  private init(_ other: ListExpectation, _ change: (OpenValue) -> OpenValue) {
    exactly = other.exactly?.map(change)
    contains = other.contains.map(change)
    lacks = other.lacks.map(change)
    count = other.count
  }

  /// The same of requests: header names in lower case, as they are compared, and times in the form
  /// that they are noted in.
  var ofRequests: ListExpectation {
    ListExpectation(self) { OpenValue(node: JSONNode($0.node.value.asRequest)) }
  }

  package init(from options: inout OptionReader) {
    exactly = options.optional("exactly", doc: "All entries, in order.")
    contains = options.list("contains", doc: "Entries that are there, in this order.")
    lacks = options.list("lacks", doc: "Entries that aren't there.")
    count = options.optional("count", .atLeast(0), doc: "How many entries there are.")
  }
}

extension JSONValue {
  fileprivate var asRequest: JSONValue {
    guard let members = object else { return self }
    return .object(
      members.map { member in
        switch (member.name, member.value) {
        case ("headers", .object(let headers)):
          return .init(
            member.name, .object(headers.map { .init($0.name.lowercased(), $0.value) }))
        case ("at", .string(let text)):
          return .init(
            member.name, .string(Duration(optionText: text)?.optionText ?? text))
        default: return member
        }
      })
  }
}
