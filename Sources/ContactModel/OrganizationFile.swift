package import PatchbayCore
import PatchbayJSON

/// A JSON file that says who works in an organisation, and how its work is set up:
/// `{"users": [{"id": "...", "name": "..."}], "queues": [...]}`.
///
/// One file can say it to all who have to know: the sandbox, the scenario, and who watches.
package struct OrganizationFile: OptionGroup {
  /// One of the users.
  package struct User: OptionGroup {
    package let id: UUIDBits
    package let name: String?
    package let email: String?
    /// The names of the skills that they have.
    package let skills: [String]
    /// The presence that they start with, by its name; offline without one.
    package let presence: String?
    /// When they last logged in; nil for never.
    package let lastLogin: Timestamp?

    package init(from options: inout OptionReader) {
      id = options.id("id", doc: "The id, unique.")
      name = options.optional("name", doc: "The name; made from the id without one.")
      email = options.optional("email", doc: "The address; made from the id without one.")
      skills = options.value(
        "skills", default: [], doc: "The names of the skills that they have, among `skills`.")
      presence = options.optional(
        "presence", .nonEmpty,
        doc: "The presence that they start with, such as `On Queue`, or one of `presences`.")
      lastLogin = options.time("last_login", doc: "When they last logged in; never without it.")
    }
  }

  /// One of the queues.
  package struct Queue: OptionGroup {
    package let id: UUIDBits
    package let name: String
    /// The users who are its members.
    package let members: [UUIDBits]
    /// The names of the codes that calls of it are wrapped up with.
    package let wrapUpCodes: [String]
    package let afterCallWork: AfterCallWorkPrompt
    /// How long after-call work may take, where it ends by itself.
    package let afterCallWorkTime: Duration
    /// How long it rings at an agent.
    package let alertingTime: Duration

    package init(from options: inout OptionReader) {
      id = options.id("id", doc: "The id, unique.")
      name = options.required("name", example: "Support", .nonEmpty, doc: "The name, unique.")
      members = options.ids("members", doc: "The ids of its members, among `users`.")
      wrapUpCodes = options.value(
        "wrapup_codes", default: [],
        doc: "The names of the codes that its calls are wrapped up with, among `wrapup_codes`.")
      afterCallWork = options.value(
        "after_call_work", default: .optional, doc: "Whether agents write up a call afterwards.")
      afterCallWorkTime = options.value(
        "after_call_work_time", default: .seconds(120), .range(.seconds(1) ... .seconds(86_400)),
        doc: "How long that may take, with `timeout` and `forced_timeout`.")
      alertingTime = options.value(
        "alerting_time", default: .seconds(8), .range(.seconds(1) ... .seconds(3_600)),
        doc: "How long a call rings at an agent before it goes to another.")
    }
  }

  /// Something that has an id and a name.
  package struct Named: OptionGroup {
    package let id: UUIDBits
    package let name: String

    package init(from options: inout OptionReader) {
      id = options.id("id", doc: "The id, unique.")
      name = options.required("name", example: "Billing", .nonEmpty, doc: "The name, unique.")
    }
  }

  /// A presence of the organisation's own.
  package struct Presence: OptionGroup {
    package let id: UUIDBits
    package let name: String
    /// What it counts as.
    package let system: SystemPresence

    package init(from options: inout OptionReader) {
      id = options.id("id", doc: "The id, unique.")
      name = options.required("name", example: "Coffee", .nonEmpty, doc: "The name, unique.")
      let names = SystemPresence.allCases.map(\.rawValue)
      let word = options.required(
        "system_presence", example: "Break",
        .that("one of \(names.joined(separator: ", "))") { names.contains($0) },
        doc: "The system's presence that it counts as, such as `Break`.")
      system = SystemPresence(rawValue: word) ?? .available
    }
  }

  package let users: [User]
  package let queues: [Queue]
  package let skills: [Named]
  package let wrapUpCodes: [Named]
  package let presences: [Presence]

  package init(from options: inout OptionReader) {
    users = options.list("users", doc: "Who works there.")
    queues = options.list("queues", doc: "Where calls wait for them.")
    skills = options.list("skills", doc: "What agents can know.")
    wrapUpCodes = options.list("wrapup_codes", doc: "What can be said of a call afterwards.")
    presences = options.list(
      "presences", doc: "Presences beside those that every organisation has.")
    checkNames(&options)
    checkReferences(&options)
  }

  private func checkNames(_ options: inout OptionReader) {
    func unique<Value: Hashable>(
      _ values: [Value], _ list: String, _ member: String, _ options: inout OptionReader
    ) {
      var seen: Set<Value> = []
      for (index, value) in values.enumerated() where !seen.insert(value).inserted {
        options.check(false, at: list, "[\(index)].\(member): \(value) is there twice")
      }
    }
    unique(users.map(\.id), "users", "id", &options)
    unique(queues.map(\.id), "queues", "id", &options)
    unique(queues.map(\.name), "queues", "name", &options)
    unique(skills.map(\.id), "skills", "id", &options)
    unique(skills.map(\.name), "skills", "name", &options)
    unique(wrapUpCodes.map(\.id), "wrapup_codes", "id", &options)
    unique(wrapUpCodes.map(\.name), "wrapup_codes", "name", &options)
    unique(presences.map(\.id), "presences", "id", &options)
    unique(presences.map { $0.name.lowercased() }, "presences", "name", &options)
    for (index, presence) in presences.enumerated() {
      let system = SystemPresence.allCases.first {
        $0.idText == presence.id.description
          || $0.rawValue.lowercased() == presence.name.lowercased()
      }
      options.check(
        system == nil, at: "presences",
        "[\(index)] is the system's \(system?.rawValue ?? ""), which is there anyway; leave it out")
    }
  }

  private func checkReferences(_ options: inout OptionReader) {
    let skillNames = Set(skills.map(\.name))
    let codeNames = Set(wrapUpCodes.map(\.name))
    let presenceNames = Set(
      (presences.map(\.name) + SystemPresence.allCases.map(\.rawValue)).map { $0.lowercased() })
    let userIDs = Set(users.map(\.id))
    for (index, user) in users.enumerated() {
      if let missing = user.skills.first(where: { !skillNames.contains($0) }) {
        options.check(
          false, at: "users", "[\(index)].skills: there is no skill \(missing.quoted); add it")
      }
      if let presence = user.presence, !presenceNames.contains(presence.lowercased()) {
        options.check(
          false, at: "users", "[\(index)].presence: there is no presence \(presence.quoted)")
      }
    }
    for (index, queue) in queues.enumerated() {
      if let missing = queue.members.first(where: { !userIDs.contains($0) }) {
        options.check(false, at: "queues", "[\(index)].members: there is no user \(missing)")
      }
      if let missing = queue.wrapUpCodes.first(where: { !codeNames.contains($0) }) {
        options.check(
          false, at: "queues",
          "[\(index)].wrapup_codes: there is no wrap-up code \(missing.quoted); add it")
      }
    }
  }

  /// Reads a file.
  ///
  /// - Throws: `UnreadableInput` if it can't be read, `PipelineError` if it can't be used.
  package static func read(_ path: String) throws -> OrganizationFile {
    do {
      let limits = JSONLimits()
      let bytes = try InputFile.contents(of: path, upTo: limits.bytes + 1)
      return try OrganizationFile(try JSONValue(parsing: bytes, limits: limits))
    } catch let error as UnreadableInput {
      throw error
    } catch {
      throw PipelineError("the organisation of \(path) can't be used: \(error)", cause: error)
    }
  }
}

extension OptionReader {
  private static var uuid: OptionRule<String> {
    .that("a UUID", pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$") {
      UUIDBits(anyCase: $0) != nil
    }
  }

  /// Declares a UUID that must be there.
  fileprivate mutating func id(_ name: String, doc: String) -> UUIDBits {
    let text = required(name, example: "6513270e-269e-4d37-b2a7-4de452e6b438", Self.uuid, doc: doc)
    return UUIDBits(anyCase: text) ?? UUIDBits(high: 0, low: 0)
  }

  /// Declares an array of UUIDs.
  fileprivate mutating func ids(_ name: String, doc: String) -> [UUIDBits] {
    value(name, default: [], .each(Self.uuid), doc: doc).compactMap { UUIDBits(anyCase: $0) }
  }

  /// Declares a time that may be missing.
  fileprivate mutating func time(_ name: String, doc: String) -> Timestamp? {
    let text: String? = optional(
      name,
      .that("a time such as 2026-01-31T09:30:00Z") { Timestamp($0) != nil }, doc: doc)
    return text.flatMap { Timestamp($0) }
  }
}
