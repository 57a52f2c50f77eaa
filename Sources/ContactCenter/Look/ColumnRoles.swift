import EventMapping
import PatchbayCore
import PatchbayJSON

/// Which column is what, and why.
struct ColumnRoles {
  /// Something that a service has.
  enum Role: String, CaseIterable {
    case agent
    case call
    case offered
    case start
    case end
    case wrapped
    case wait
    case ring
    case talk
    case hold
    case wrapUp = "wrap_up"

    /// Beginnings of words that a column of it is called by, the most telling first.
    var words: [String] {
      switch self {
      case .agent:
        [
          "agent", "server", "operator", "csr", "rep", "advisor", "consultant", "employee", "user",
          "handler", "login",
          "staff", "person", "who",
        ]
      case .call:
        ["call", "contact", "conversation", "interaction", "uniqueid", "session", "ticket", "case"]
      case .offered:
        [
          "offer", "dequeue", "ring", "alert", "queue", "enqueue", "arriv", "receiv", "date",
          "time",
        ]
      case .start: ["answer", "connect", "start", "begin", "began", "pick", "establish", "ser"]
      case .end:
        [
          "end", "hang", "disconnect", "exit", "stop", "terminat", "complet", "finish", "releas",
          "clos",
        ]
      case .wrapped: ["wrap", "acw", "after"]
      case .wait: ["speed", "wait", "asa", "queue"]
      case .ring: ["ring", "alert"]
      case .talk: ["talk", "convers", "billsec", "handl", "duration", "length"]
      case .hold: ["hold"]
      case .wrapUp: ["wrap", "acw", "after"]
      }
    }

    /// Whether it is a length of time.
    var isDuration: Bool {
      switch self {
      case .wait, .ring, .talk, .hold, .wrapUp: true
      case .agent, .call, .offered, .start, .end, .wrapped: false
      }
    }
  }

  /// The columns of a role, of which several are read together.
  private(set) var columns: [Role: [SampledColumn]] = [:]
  /// What speaks for them, in sentences.
  private(set) var reasons: [String] = []
  /// What may be wrong.
  private(set) var doubts: [String] = []
  /// How times are written; nil if no column has any.
  private(set) var timeFormat: TimeFormat?
  private let sample: RecordSample
  /// The day, where times of day stand apart.
  private let day: SampledColumn?

  init(_ sample: RecordSample) {
    self.sample = sample
    day = sample.columns.first(where: \.isDate)
    findNames()
    findTimes()
    findDurations()
    // What nothing else tells the answer by is the answer.
    if columns[.start] == nil, columns[.wait] == nil,
      let offered = columns.removeValue(forKey: .offered)
    {
      columns[.start] = offered
      doubts.append(
        "nothing tells when the agent answered; \(offered.map(\.name.quoted).joined(separator: " and ")) is taken for it"
      )
    }
  }

  // MARK: Who and which

  private mutating func findNames() {
    let texts = sample.columns.filter {
      !$0.isMoment && !$0.isDate && !$0.isClock && $0.kind != .nothing
    }
    if let agent = best(
      .agent, among: texts.filter { Self.score($0, .call) == 0 || $0.words.contains("agent") })
    {
      columns[.agent] = [agent]
      reasons.append("agent: \(agent.name.quoted), \(agent.distinct.count) different")
    }
    let others = texts.filter { $0.name != columns[.agent]?.first?.name }
    let ids = others.filter { column in
      column.words.contains { ["id", "no", "number", "uniqueid", "uuid", "guid"].contains($0) }
        || column.words == ["call"] || column.words == ["contact"]
    }
    // What is there once each names something, and nothing else is it.
    let names = others.filter { column in
      !["state", "status", "event", "action", "what", "result", "outcome"].contains(
        where: column.words.contains)
    }
    let once = names.first { $0.values.count > 1 && $0.distinct.count == $0.values.count }
    guard let call = best(.call, among: ids) ?? best(.call, among: others) ?? once else {
      doubts.append("no column is called like a call: set \"fields.call\"")
      return
    }
    columns[.call] = [call]
    let isOnceEach = call.distinct.count == call.values.count { !$0.isEmpty }
    reasons.append(
      "call: \(call.name.quoted), \(isOnceEach ? "each is there once" : "\(call.distinct.count) different")"
    )
    if let day, restarts(call, day) {
      columns[.call] = [day, call]
      reasons.append("call: with \(day.name.quoted), since numbers come again on other days")
    }
  }

  /// Whether what names a call comes again on another day.
  private func restarts(_ call: SampledColumn, _ day: SampledColumn) -> Bool {
    var days: [String: String] = [:]
    return zip(call.values, day.values).contains { call, day in
      guard !call.isEmpty else { return false }
      let known = days.updateValue(day, forKey: call)
      return known != nil && known != day
    }
  }

  // MARK: When

  private mutating func findTimes() {
    let moments = sample.columns.filter { column in
      column.isMoment || (column.isClock && day != nil && !Self.isLength(column))
    }
    for role in [Role.end, .start, .wrapped, .offered] {
      let free = moments.filter { column in
        !columns.values.joined().contains { $0.name == column.name }
          // The end of the work after a call isn't the call's.
          && (role == .wrapped)
            == (Self.score(column, .wrapped) > 0 && Self.score(column, .end) > 0
              || role == .wrapped && Self.score(column, .wrapped) > 0)
      }
      // What says nothing but that it is a time is when the call came.
      guard let column = best(role, among: free) else { continue }
      columns[role] = column.isClock ? [day, column].compactMap(\.self) : [column]
      let place = columns[role]?.map(\.name.quoted).joined(separator: " and ") ?? ""
      reasons.append("\(role.rawValue): \(place)")
    }
    assignByOrder(
      moments.filter { column in !columns.values.joined().contains { $0.name == column.name } })
    findFormat()
  }

  /// Gives times whose names say nothing to what is missing, as they come one after the other in the rows.
  private mutating func assignByOrder(_ free: [SampledColumn]) {
    let hasLength = sample.columns.contains(where: Self.isLength)
    var missing: [Role] = []
    if columns[.offered] == nil { missing.append(.offered) }
    if columns[.start] == nil { missing.append(.start) }
    if columns[.end] == nil { missing.append(.end) }
    let named = [Role.offered, .start, .end].filter { columns[$0] != nil }
    let ordered = Self.inOrderOfRows(free)
    var roles: [Role]
    switch (ordered.count, named.isEmpty) {
    case (0, _): return
    case (1, true): roles = [hasLength && lengthsHaveWait ? .offered : .start]
    case (1, false): roles = missing.filter { $0 == .start || $0 == .end }
    case (2, true): roles = hasLength ? [.offered, .start] : [.start, .end]
    default: roles = missing
    }
    roles = roles.filter { columns[$0] == nil }
    for (role, column) in zip(roles, ordered) {
      columns[role] = column.isClock ? [day, column].compactMap(\.self) : [column]
      reasons.append(
        "\(role.rawValue): \(column.name.quoted), by the order of the times in the rows")
      doubts.append(
        "nothing is called like \"\(role.rawValue)\"; \(column.name.quoted) is taken for it")
    }
  }

  /// Whether a length of time says how long somebody waited.
  private var lengthsHaveWait: Bool {
    sample.columns.contains { Self.isLength($0) && Self.score($0, .wait) > 0 }
  }

  /// Columns as their times come in most rows.
  private static func inOrderOfRows(_ columns: [SampledColumn]) -> [SampledColumn] {
    columns.sorted { one, other in
      let steps = zip(one.values, other.values).reduce(0) { sum, pair in
        if SampledColumn.stands(forNothing: pair.0) || SampledColumn.stands(forNothing: pair.1) {
          return sum
        }
        return sum + (ColumnKinds.isEarlier(pair.0, than: pair.1, one.kind) ? 1 : -1)
      }
      return steps > 0
    }
  }

  private mutating func findFormat() {
    let first = [Role.start, .offered, .end, .wrapped].lazy.compactMap { [columns] in columns[$0] }
      .first
    guard let first, let last = first.last else { return }
    timeFormat = Self.format(of: first)
    for role in [Role.offered, .start, .end, .wrapped] {
      guard let other = columns[role], Self.format(of: other) != timeFormat else { continue }
      columns[role] = nil
      doubts.append(
        "\(other.map(\.name.quoted).joined(separator: " and ")) isn't written as the other times are, and is left out"
      )
    }
    if let other = first.compactMap(\.otherReading).first {
      let value = first[0].values.first { !$0.isEmpty } ?? ""
      doubts.append(
        "\(value.quoted) can be read as \(other.quoted), too: nothing in the beginning of the file tells months from "
          + "days")
    }
    if case .time(.pattern(let pattern)) = last.kind, pattern.contains("X") { return }
    if case .epochSeconds = timeFormat { return }
    if timeFormat == .epochMilliseconds || timeFormat == .epochMicroseconds { return }
    if timeFormat == .iso, last.values.contains(where: { $0.hasSuffix("Z") || $0.contains("+") }) {
      return
    }
    doubts.append("times don't say their zone and are taken as UTC; set \"time_zone\"")
  }

  private static func format(of columns: [SampledColumn]) -> TimeFormat? {
    guard let last = columns.last else { return nil }
    switch (columns.first?.kind, last.kind) {
    case (.date(let date)?, .clock(let clock)):
      return date == "yyyy-MM-dd" && clock.hasPrefix("H:mm") ? .iso : .pattern("\(date) \(clock)")
    case (_, .time(let format)): return format
    default: return nil
    }
  }

  // MARK: How long

  private mutating func findDurations() {
    let lengths = sample.columns.filter(Self.isLength)
    for role in [Role.talk, .hold, .wrapUp, .ring, .wait] {
      // Each counts from something, and what is said twice may contradict itself.
      switch role {
      case .talk where columns[.end] != nil, .hold where columns[.talk] == nil,
        .wrapUp where columns[.wrapped] != nil,
        .ring where columns[.offered] != nil || columns[.start] == nil,
        .wait where columns[.offered] == nil || columns[.start] != nil:
        continue
      default: break
      }
      let free = lengths.filter { column in
        !columns.values.joined().contains { $0.name == column.name }
      }
      guard let column = best(role, among: free) else { continue }
      columns[role] = [column]
      reasons.append("\(role.rawValue): \(column.name.quoted)")
    }
  }

  /// Whether a column tells a length of time.
  private static func isLength(_ column: SampledColumn) -> Bool {
    switch column.kind {
    case .number, .clock("H:mm:ss"), .clock("H:mm"), .clock("H:mm:ss.S"): break
    case .nothing, .time, .date, .clock, .text: return false
    }
    let says = [
      "duration", "talk", "wait", "hold", "handl", "speed", "length", "sec", "wrap", "acw",
      "billsec",
    ]
    let isLength = column.words.contains { word in says.contains { word.hasPrefix($0) } }
    return isLength || (column.words.contains("ring") && column.words.contains("time"))
  }

  // MARK: Names

  /// The column that is most clearly called by a role; the last of those that are so alike, as what follows one
  /// another is.
  private func best(_ role: Role, among columns: [SampledColumn]) -> SampledColumn? {
    let scored = columns.map { (Self.score($0, role), $0) }
    guard let most = scored.map(\.0).max(), most > 0 else { return nil }
    let alike = scored.filter { $0.0 == most }.map(\.1)
    return role == .agent || role == .call ? alike.first : alike.last
  }

  private static func score(_ column: SampledColumn, _ role: Role) -> Int {
    let words = role.words
    var score = 0
    for word in column.words {
      guard let place = words.firstIndex(where: { word.hasPrefix($0) }) else { continue }
      score = max(score, words.count - place)
    }
    if score == 0 { return 0 }
    // A service's own times go before those of what was before it.
    if ["ser", "service", "talk", "agent"].contains(where: column.words.contains) { score += 20 }
    if role == .agent, column.words.contains(where: { ["name", "username"].contains($0) }) {
      score += 5
    }
    return score
  }
}
