import ContactModel
import PatchbayCore
import PatchbayJSON

/// What a recording tells of the organisation that it was made with, as far as a sandbox can be set up so.
struct RecordedOrganization {
  private struct User {
    var name: String?
    var email: String?
    var skills: [String] = []
    var presence: String?
    var lastLogin: String?
  }

  private struct Queue {
    var name: String
    var members: [String] = []
    var wrapUpCodes: [String] = []
    var prompt = "OPTIONAL"
    var timeout: Int?
    var alerting: Int?
  }

  private var users: [(id: String, user: User)] = []
  private var queues: [(id: String, queue: Queue)] = []
  private var skills: [(id: String, name: String)] = []
  private var codes: [(id: String, name: String)] = []
  private var presences: [(id: String, name: String, system: String)] = []
  /// Who was made in the recording itself, and so isn't there at the start.
  private var made: Set<String> = []
  /// Whose presence was set in the recording, after which nothing tells of the start.
  private var presenceSet: Set<String> = []
  /// Whose tokens are whose.
  private(set) var tokenUsers: [Int: String] = [:]

  init(_ recording: Recording) {
    for exchange in recording.exchanges { take(exchange) }
  }

  /// The ids that the sandbox has from the start.
  var ids: [String] {
    users.map(\.id) + queues.map(\.id) + skills.map(\.id) + codes.map(\.id) + presences.map(\.id)
      + SystemPresence.allCases.map(\.idText)
  }

  /// The sandbox's seed data.
  var json: JSONValue {
    [
      "users": .array(
        users.map { id, user in
          var members: [JSONValue.Member] = [.init("id", .string(id))]
          if let name = user.name { members.append(.init("name", .string(name))) }
          if let email = user.email { members.append(.init("email", .string(email))) }
          let known = user.skills.filter { skill in skills.contains { $0.name == skill } }
          members.append(.init("skills", .array(known.map { .string($0) })))
          if let presence = user.presence, names.contains(presence) {
            members.append(.init("presence", .string(presence)))
          }
          if let login = user.lastLogin { members.append(.init("last_login", .string(login))) }
          return .object(members)
        }),
      "queues": .array(
        queues.map { id, queue in
          var members: [JSONValue.Member] = [
            .init("id", .string(id)), .init("name", .string(queue.name)),
            .init(
              "members",
              .array(
                queue.members.filter { id in users.contains { $0.id == id } }
                  .map { .string($0) })),
            .init(
              "wrapup_codes",
              .array(
                queue.wrapUpCodes.filter { name in codes.contains { $0.name == name } }
                  .map { .string($0) })),
            .init("after_call_work", .string(Self.prompts[queue.prompt] ?? "optional")),
          ]
          if let timeout = queue.timeout, timeout >= 1_000 {
            members.append(.init("after_call_work_time", .string("\(timeout)ms")))
          }
          if let alerting = queue.alerting, alerting > 0 {
            members.append(.init("alerting_time", .string("\(alerting)s")))
          }
          return .object(members)
        }),
      "skills": .array(skills.map { ["id": .string($0.id), "name": .string($0.name)] }),
      "wrapup_codes": .array(codes.map { ["id": .string($0.id), "name": .string($0.name)] }),
      "presences": .array(
        presences.map {
          [
            "id": .string($0.id), "name": .string($0.name), "system_presence": .string($0.system),
          ]
        }),
    ]
  }

  private static let prompts = Dictionary(
    uniqueKeysWithValues: AfterCallWorkPrompt.allCases.map { ($0.queueName, $0.rawValue) })

  private var names: Set<String> {
    Set(SystemPresence.allCases.map(\.rawValue) + presences.map(\.name))
  }

  // MARK: Reading

  private mutating func take(_ exchange: Recording.Exchange) {
    guard (200..<300).contains(exchange.status), let body = exchange.responseBody else { return }
    let path = String(exchange.target.prefix { $0 != "?" })
    let segments = path.split(separator: "/").map(String.init)
    guard segments.starts(with: ["api", "v2"]) else { return }
    let rest = Array(segments.dropFirst(2))
    if exchange.method == "POST", rest == ["users"] || rest == ["routing", "queues"],
      let id = body["id"]?.string
    {
      made.insert(id)
      return
    }
    notePresence(exchange, rest, body)
    let entities = body["entities"]?.array ?? body.array ?? [body]
    switch rest.first {
    case "users" where rest == ["users"] || rest == ["users", "me"] || rest.count == 2:
      for entity in entities { take(user: entity) }
      if rest == ["users", "me"], let token = exchange.token {
        tokenUsers[token] = body["id"]?.string
      }
    case "routing": take(routing: Array(rest.dropFirst()), entities)
    case "presence" where rest.count >= 2:
      for entity in entities { take(presence: entity) }
    default: break
    }
  }

  private mutating func take(user entity: JSONValue) {
    guard let id = entity["id"]?.string, entity["email"] != nil || entity["username"] != nil,
      !made.contains(id)
    else { return }
    let index = user(id)
    users[index].user.name = users[index].user.name ?? entity["name"]?.string
    users[index].user.email = users[index].user.email ?? entity["email"]?.string
    users[index].user.lastLogin = users[index].user.lastLogin ?? entity["dateLastLogin"]?.string
    for skill in entity["skills"]?.array ?? [] {
      guard let skillID = skill["id"]?.string, let name = skill["name"]?.string else { continue }
      Self.add(skillID, name, to: &skills)
      if !users[index].user.skills.contains(name) { users[index].user.skills.append(name) }
    }
    if let presence = entity["presence"] { note(presence: presence, of: id) }
  }

  private mutating func take(routing rest: [String], _ entities: [JSONValue]) {
    switch rest.first {
    case "queues" where rest.count <= 2:
      for entity in entities { take(queue: entity) }
    case "queues" where rest.count == 3 && rest[2] == "members":
      for entity in entities {
        guard let id = entity["id"]?.string else { continue }
        if let user = entity["user"] { take(user: user) }
        guard let index = queues.firstIndex(where: { $0.id == rest[1] }) else { continue }
        if !queues[index].queue.members.contains(id) { queues[index].queue.members.append(id) }
      }
    case "queues" where rest.count == 3 && rest[2] == "wrapupcodes":
      for entity in entities {
        guard let id = entity["id"]?.string, let name = entity["name"]?.string else { continue }
        Self.add(id, name, to: &codes)
        guard let index = queues.firstIndex(where: { $0.id == rest[1] }) else { continue }
        if !queues[index].queue.wrapUpCodes.contains(name) {
          queues[index].queue.wrapUpCodes.append(name)
        }
      }
    case "skills":
      for entity in entities { Self.add(entity, to: &skills) }
    case "wrapupcodes":
      for entity in entities { Self.add(entity, to: &codes) }
    default: break
    }
  }

  private mutating func take(queue entity: JSONValue) {
    guard let id = entity["id"]?.string, let name = entity["name"]?.string, !made.contains(id),
      !queues.contains(where: { $0.id == id })
    else { return }
    var queue = Queue(name: name)
    queue.prompt = entity["acwSettings"]?["wrapupPrompt"]?.string ?? queue.prompt
    queue.timeout = entity["acwSettings"]?["timeoutMs"]?.integer
    queue.alerting = entity["mediaSettings"]?["call"]?["alertingTimeoutSeconds"]?.integer
    queues.append((id, queue))
  }

  private mutating func take(presence entity: JSONValue) {
    guard entity["type"] == "User", let id = entity["id"]?.string,
      let name = entity["name"]?.string,
      let word = entity["systemPresence"]?.string, !presences.contains(where: { $0.id == id }),
      let system = SystemPresence.allCases.first(where: {
        $0.rawValue == word || $0.rawValue.replacing(" ", with: "") == word
      })
    else { return }
    presences.append((id, name, system.rawValue))
  }

  /// A presence that is read before it is set is that of the start.
  private mutating func notePresence(
    _ exchange: Recording.Exchange, _ rest: [String], _ body: JSONValue
  ) {
    guard rest.count == 4, rest[0] == "users", rest[2] == "presences" else { return }
    if exchange.method == "GET" {
      note(presence: body, of: rest[1])
    } else {
      presenceSet.insert(rest[1])
    }
  }

  private mutating func note(presence: JSONValue, of id: String) {
    guard !presenceSet.contains(id), !made.contains(id),
      let word = presence["presenceDefinition"]?["systemPresence"]?.string
    else { return }
    presenceSet.insert(id)
    users[user(id)].user.presence = word
  }

  private mutating func user(_ id: String) -> Int {
    if let index = users.firstIndex(where: { $0.id == id }) { return index }
    users.append((id, User()))
    return users.count - 1
  }

  private static func add(_ entity: JSONValue, to list: inout [(id: String, name: String)]) {
    guard let id = entity["id"]?.string, let name = entity["name"]?.string else { return }
    add(id, name, to: &list)
  }

  private static func add(_ id: String, _ name: String, to list: inout [(id: String, name: String)])
  {
    if !list.contains(where: { $0.id == id || $0.name == name }) { list.append((id, name)) }
  }
}
