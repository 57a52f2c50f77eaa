import ContactModel
import EventMapping
import PatchbayCore

/// Makes services of records.
struct ServiceReader: Sendable {
  /// What a record is.
  enum Reading {
    /// A call that no agent served.
    case unserved
    case service(Service, agent: String)
    /// A record that begins a service, or says nothing of any.
    case nothing
    /// It can't be used, and why.
    case malformed(String)
  }

  /// A name or several, as numbers among all that are asked for.
  private struct Field {
    let name: String
    let numbers: [Int]
    var isAsked: Bool { !numbers.isEmpty }
  }

  /// The beginning of a service.
  private struct Opening {
    let file: Int
    let line: Int
    let offered: Timestamp
    let connected: Timestamp
    var holds: [Service.Hold] = []
    /// Since when the customer waits; nil if they don't.
    var heldSince: Timestamp?

    /// Ends a hold, if there is one.
    mutating func resume(at time: Timestamp) {
      if let heldSince { holds.append(.init(start: heldSince, end: time)) }
      heldSince = nil
    }
  }

  /// Where a record is.
  struct Place {
    /// The number of its file.
    let file: Int
    let line: Int
    /// Its place among all records.
    let number: Int
  }

  /// What keeps a record from being a service.
  private enum Trouble: Error {
    case unserved
    case malformed(String)
  }

  /// How many times were taken as UTC, since neither they nor anybody else says their zone.
  var zonesGuessed: Int { options.timeZone == nil ? times.withoutZone : 0 }

  /// All names that occur, in the order of their numbers.
  let names: [String]
  /// Whether only the beginning of services is asked for: to know their order.
  private let isBrief: Bool
  private let options: RecordsOptions
  private let agent: Field
  private let call: Field
  private let offered: Field
  private let start: Field
  private let end: Field
  private let wrapped: Field
  private let queueWait: Field
  private let wait: Field
  private let ring: Field
  private let talk: Field
  private let hold: Field
  private let wrapUp: Field
  private let holdStart: Field
  private let holdEnd: Field
  private let presenceTime: Field
  private let noTime: [[UInt8]]
  private let noClock: Set<Int64>
  private let served: Int?
  private let version: Int?
  private let pair: Int?
  private let unansweredRing: Field
  private let presence: Int?
  private let presenceReason: Int?
  private(set) var times: TimeReader
  private(set) var ids = RecordIDs()
  /// Ends before their starts that were taken for those of the next day.
  private(set) var overMidnight = 0
  /// Where the record is that is read.
  private var place = Place(file: 0, line: 0, number: 0)
  /// Services that began and haven't ended, by call and agent.
  private var open: [String: Opening] = [:]
  /// When it rang, of calls that nobody has answered yet, by call and agent.
  private var rang: [String: Timestamp] = [:]
  /// Where agents are, by their ids, where records tell it again.
  private var presences: [UUIDBits: SystemPresence] = [:]
  /// Records of pairs of which nobody said what they are.
  private(set) var unknown = 0

  /// Services that began, and before their end began once more.
  private var startedAnew = 0

  /// How many services began and never ended.
  var openCount: Int { open.count + startedAnew }

  init(_ options: RecordsOptions, isBrief: Bool) {
    self.options = options
    // A service that is told in two records counts by the second.
    self.isBrief = isBrief && !options.pairs.isAsked && !options.presences.isAsked
    let fields = options.fields
    var names = fields.names
    func number(_ name: String) -> Int {
      if let index = names.firstIndex(of: name) { return index }
      names.append(name)
      return names.count - 1
    }
    func field(_ label: String, _ columns: [String]) -> Field {
      Field(
        name: columns.isEmpty ? label : columns.joined(separator: " and "),
        numbers: columns.map(number))
    }
    agent = field("agent", fields.agent)
    call = field("call", fields.call)
    offered = field("offered", fields.offered)
    start = field("start", fields.start)
    end = field("end", fields.end)
    wrapped = field("wrapped", fields.wrapped)
    queueWait = field("queue_wait", fields.queueWait)
    wait = field("wait", fields.wait)
    ring = field("ring", fields.ring)
    talk = field("talk", fields.talk)
    hold = field("hold", fields.hold)
    wrapUp = field("wrap_up", fields.wrapUp)
    holdStart = field("hold_start", fields.holdStart)
    holdEnd = field("hold_end", fields.holdEnd)
    let presenceTimes = options.presences.time
    presenceTime = field("start", presenceTimes.isEmpty ? fields.start : presenceTimes)
    noTime = options.noTime.map { Array($0.utf8) }
    noClock = options.noClock
    served = options.served.field.isEmpty ? nil : number(options.served.field)
    version = options.latestBy.isEmpty ? nil : number(options.latestBy)
    pair = options.pairs.isAsked ? number(options.pairs.field) : nil
    let ringing = options.pairs.unanswered.ring
    unansweredRing = field("ring_ms", ringing.isEmpty ? [] : [ringing])
    presence = options.presences.isAsked ? number(options.presences.field) : nil
    presenceReason =
      options.presences.reason.isEmpty ? nil : number(options.presences.reason)
    self.names = names
    times = TimeReader(options.timeFormat, zone: options.timeZone ?? .universal)
  }

  /// What tells a record from an earlier one of the same call, empty if it doesn't say; nil if that isn't asked.
  func version(of record: some RecordFields) -> String? { version.map { record.text($0) ?? "" } }

  /// What names a record's call.
  func call(of record: some RecordFields) -> String {
    call.numbers.map { record.text($0) ?? "" }.joined(separator: "/")
  }

  mutating func read(_ record: some RecordFields, at place: Place) -> Reading {
    self.place = place
    do throws(Trouble) {
      if let presence, options.each.isEmpty,
        let told = options.presences.presences[record.text(presence) ?? ""]
      {
        return try readPresence(record, told.presence)
      }
      if let pair { return try readPart(record, saying: record.text(pair) ?? "") }
      let name = try agentName(record)
      try checkCall(record)
      let opening = try opening(record)
      return .service(try service(record, opening, name), agent: name)
    } catch {
      switch error {
      case .unserved: return .unserved
      case .malformed(let problem): return .malformed(problem)
      }
    }
  }

  /// The first time that a record tells, whatever it is; nil if it tells none.
  mutating func time(of record: some RecordFields) -> Timestamp? {
    for field in [offered, start] where field.isAsked {
      if let time = try? moment(field, record) { return time }
    }
    return nil
  }

  /// Reads where an agent is, of an object in which records are.
  mutating func readWhole(_ record: some RecordFields, at place: Place) -> Reading {
    self.place = place
    guard let presence, let word = record.text(presence), !word.isEmpty else { return .nothing }
    guard let told = options.presences.presences[word] else {
      unknown += 1
      return .nothing
    }
    do throws(Trouble) {
      return try readPresence(record, told.presence)
    } catch {
      switch error {
      case .unserved: return .nothing
      case .malformed(let problem): return .malformed(problem)
      }
    }
  }

  /// Reads one of the two records of a service.
  private mutating func readPart(
    _ record: some RecordFields, saying word: String
  ) throws(Trouble) -> Reading {
    let pairs = options.pairs
    let isStart = pairs.start.contains(word)
    let isOffer = pairs.offered.contains(word)
    let isUnanswered = pairs.unanswered.words.contains(word)
    let isHeld = pairs.held.contains(word)
    guard isStart || isOffer || isHeld || isUnanswered || pairs.end.contains(word) else {
      if !pairs.others.contains(word) { unknown += 1 }
      return .nothing
    }
    let name = try agentName(record)
    try checkCall(record)
    let key = "\(call(of: record))\u{0}\(name)"
    if open[key] != nil, isHeld || (isStart && open[key]?.heldSince != nil) {
      let time = try moment(start, record)
      if isStart, let time { open[key]?.resume(at: time) }
      if isHeld, open[key]?.heldSince == nil { open[key]?.heldSince = time }
      return .nothing
    }
    // Who is put on hold was answered before.
    if isStart || isHeld {
      if pairs.isRepeated, open[key] != nil { return .nothing }
      if open.updateValue(try opening(record, rang: rang.removeValue(forKey: key)), forKey: key)
        != nil
      {
        startedAnew += 1
      }
      return .nothing
    }
    if isOffer {
      if rang[key] == nil { rang[key] = try moment(start, record) }
      return .nothing
    }
    if isUnanswered { return try readUnanswered(record, name, rang.removeValue(forKey: key)) }
    guard let opening = open.removeValue(forKey: key) else {
      if pairs.isRepeated { return .nothing }
      throw .malformed(
        "\(word) of call \(Self.shown(call(of: record))) and agent \(Self.shown(name)), which isn't known "
          + "to have begun")
    }
    return .service(try service(record, opening, name), agent: name)
  }

  /// Reads an offer that the agent didn't take.
  private mutating func readUnanswered(
    _ record: some RecordFields, _ name: String, _ rang: Timestamp?
  ) throws(Trouble) -> Reading {
    guard let ended = try moment(start, record) else { throw .unserved }
    let ringing = try duration(unansweredRing, record)
    guard let offered = ringing.map({ ended.advanced(byNanoseconds: -$0 / 1_000) }) ?? rang,
      offered <= ended
    else { return .nothing }
    let agent = ids.numbered(name)
    let service = Service(
      number: place.number, file: place.file, line: place.line, agent: agent.id,
      agentNumber: agent.number,
      interaction: RecordIDs.interaction(call(of: record)), offered: offered, connected: ended,
      ended: ended, wrapped: nil, kind: .unanswered)
    return .service(service, agent: name)
  }

  /// Reads where an agent is.
  private mutating func readPresence(
    _ record: some RecordFields, _ presence: SystemPresence
  ) throws(Trouble) -> Reading {
    let name = try agentName(record)
    guard let time = try moment(presenceTime, record) else { throw .unserved }
    let reason = presenceReason.flatMap { record.text($0) }?.lowercased() ?? ""
    // Why somebody comes back or leaves is no presence.
    let hasReason = presence != .onQueue && presence != .offline
    let told = hasReason ? options.presences.reasons[reason]?.presence ?? presence : presence
    if options.pairs.isRepeated {
      if presences.updateValue(told, forKey: ids.agent(name)) == told { return .nothing }
    }
    let agent = ids.numbered(name)
    let service = Service(
      number: place.number, file: place.file, line: place.line, agent: agent.id,
      agentNumber: agent.number,
      interaction: UUIDBits(high: 0, low: 0), offered: time, connected: time, ended: time,
      wrapped: nil, kind: .presence(told))
    return .service(service, agent: name)
  }

  /// The agent who served the call.
  private func agentName(_ record: some RecordFields) throws(Trouble) -> String {
    if let served, !options.served.values.contains(record.text(served) ?? "") {
      throw .unserved
    }
    var name =
      agent.numbers.count == 1
      ? record.text(agent.numbers[0]) ?? ""
      : agent.numbers.compactMap { record.text($0) }.filter { !$0.isEmpty }
        .joined(separator: " ")
    if !options.agentUpTo.isEmpty, let cut = name.ranges(of: options.agentUpTo).last {
      name = String(name[..<cut.lowerBound])
    }
    if options.noAgent.contains(name) { throw .unserved }
    if name.isEmpty { throw .malformed("\(agent.name): is empty") }
    return name
  }

  private func checkCall(_ record: some RecordFields) throws(Trouble) {
    if call.numbers.allSatisfy({ record.bytes($0)?.isEmpty ?? true }) {
      throw .malformed("\(call.name): is empty")
    }
  }

  /// - Parameter told: when it rang, as an earlier record says.
  private mutating func opening(
    _ record: some RecordFields, rang told: Timestamp? = nil
  ) throws(Trouble) -> Opening {
    var rang = try moment(offered, record) ?? told
    if let waited = try duration(queueWait, record) { rang = rang?.advanced(byNanoseconds: waited) }
    var connected = try moment(start, record, after: rang, offered)
    if start.isAsked, connected == nil { throw .unserved }
    if connected == nil, let rang {
      let waited = try duration(wait, record)
      if wait.isAsked, waited == nil { throw .unserved }
      connected = rang.advanced(byNanoseconds: waited ?? 0)
    }
    guard let connected else { throw .unserved }
    if rang == nil, let ringing = try duration(ring, record) {
      rang = connected.advanced(byNanoseconds: -ringing)
    }
    if let rang, rang > connected {
      throw .malformed("it was answered at \(connected), before it rang at \(rang)")
    }
    return Opening(
      file: place.file, line: place.line, offered: rang ?? connected, connected: connected)
  }

  private mutating func service(
    _ record: some RecordFields, _ opening: Opening, _ name: String
  ) throws(Trouble) -> Service {
    if isBrief {
      let none = UUIDBits(high: 0, low: 0)
      return Service(
        number: place.number, file: opening.file, line: opening.line, agent: none,
        interaction: none,
        offered: opening.offered,
        connected: opening.connected, ended: opening.connected, wrapped: nil)
    }
    let ended = try end(of: record, opening.connected)
    var opening = opening
    opening.resume(at: ended)
    if holdStart.isAsked { opening.holds += try holds(in: record, until: ended) }
    let holds = Self.inOrder(opening.holds, from: opening.connected, to: ended)
    let agent = ids.numbered(name)
    return Service(
      number: place.number, file: opening.file, line: opening.line, agent: agent.id,
      agentNumber: agent.number, interaction: RecordIDs.interaction(call(of: record)),
      offered: opening.offered,
      connected: opening.connected, ended: ended, wrapped: try wrapped(record, ended), holds: holds)
  }

  private mutating func end(
    of record: some RecordFields, _ connected: Timestamp
  ) throws(Trouble) -> Timestamp {
    if end.isAsked {
      guard let ended = try moment(end, record, after: connected, beginning) else {
        throw .malformed("\(end.name): is empty, though the call was answered")
      }
      if ended < connected {
        throw .malformed(
          "\(end.name): it ended at \(ended), before it was answered at \(connected)")
      }
      try checkLength(ended.since(connected))
      return ended
    }
    guard let talking = try duration(talk, record) else {
      throw .malformed("\(talk.name): is empty, though the call was answered")
    }
    let length = talking + (try duration(hold, record) ?? 0)
    try checkLength(.nanoseconds(length))
    return connected.advanced(byNanoseconds: length)
  }

  /// The holds that a record tells of; one whose end it doesn't say lasts until the talk ends.
  private mutating func holds(
    in record: some RecordFields, until ended: Timestamp
  ) throws(Trouble) -> [Service.Hold] {
    var times: [[Timestamp]] = []
    for field in [holdStart, holdEnd] {
      var found: [Timestamp] = []
      for text in field.numbers.last.map({ record.all($0) }) ?? [] where !isNothing(text) {
        guard let time = self.times.moment(text) else {
          throw .malformed(
            "\(field.name): expected a time (\(options.timeFormat.optionText)), found \(Self.shown(text))"
          )
        }
        found.append(time)
      }
      times.append(found.sorted())
    }
    return times[0].enumerated().map { place, start in
      Service.Hold(start: start, end: place < times[1].count ? times[1][place] : ended)
    }
  }

  /// Holds one after the other, as far as they are within a talk.
  private static func inOrder(
    _ holds: [Service.Hold], from connected: Timestamp, to ended: Timestamp
  ) -> [Service.Hold] {
    if holds.isEmpty { return holds }
    var last = connected
    return holds.sorted { $0.start < $1.start }.compactMap { hold in
      let (start, end) = (max(hold.start, last), min(hold.end, ended))
      guard start < end else { return nil }
      last = end
      return Service.Hold(start: start, end: end)
    }
  }

  private func checkLength(_ length: Duration) throws(Trouble) {
    if length > options.longestService {
      throw .malformed(
        "it took \(length.optionText), more than \"longest_service\" "
          + "(\(options.longestService.optionText))")
    }
  }

  private mutating func wrapped(
    _ record: some RecordFields, _ ended: Timestamp
  ) throws(Trouble) -> Timestamp? {
    if let done = try moment(wrapped, record, after: ended, beginning) {
      if done < ended {
        throw .malformed(
          "\(wrapped.name): it was wrapped up at \(done), before it ended at \(ended)")
      }
      try checkLength(done.since(ended))
      return done
    }
    if let length = try duration(wrapUp, record) { return ended.advanced(byNanoseconds: length) }
    return options.wrapUp > .zero ? ended.advanced(by: options.wrapUp) : nil
  }

  // MARK: Values

  /// The field that tells when a service began.
  private var beginning: Field { start.isAsked ? start : offered }

  /// A field's moment; nil if it isn't asked for, or nothing stands there.
  ///
  /// - Parameters:
  ///   - previous: what was before it: a time of day that shares its date with that, and seems to be before it,
  ///     is the next day's, unless that makes it too long.
  ///   - other: the field of that.
  private mutating func moment(
    _ field: Field, _ record: some RecordFields, after previous: Timestamp? = nil,
    _ other: Field? = nil
  ) throws(Trouble) -> Timestamp? {
    guard let text = text(field, record) else { return nil }
    if let moment = times.moment(text) {
      guard let previous, let other, moment < previous, !options.pairs.isAsked,
        field.numbers.count > 1, field.numbers.dropLast() == other.numbers.dropLast(),
        let next = times.moment(text, daysLater: 1), next >= previous,
        next.since(previous) <= options.longestService
      else { return moment }
      overMidnight += 1
      return next
    }
    throw .malformed(
      "\(field.name): expected a time (\(options.timeFormat.optionText)), found \(Self.shown(text))"
    )
  }

  private func duration(_ field: Field, _ record: some RecordFields) throws(Trouble) -> Int64? {
    guard let text = text(field, record) else { return nil }
    if let duration = RecordDuration.nanoseconds(String(decoding: text, as: UTF8.self)) {
      return duration
    }
    throw .malformed(
      "\(field.name): expected a duration such as 1:02:03 or 62.5, found \(Self.shown(text))")
  }

  /// Nil if the value, or the last of several, stands for nothing.
  private func text(_ field: Field, _ record: some RecordFields) -> ArraySlice<UInt8>? {
    guard let number = field.numbers.last, let last = record.bytes(number), !isNothing(last) else {
      return nil
    }
    if field.numbers.count == 1 { return last }
    // The last is the time of day, where there are a date and a time.
    var text: [UInt8] = []
    text.reserveCapacity(32)
    for number in field.numbers.dropLast() {
      guard let part = record.bytes(number) else { continue }
      text += part
      text.append(0x20)
    }
    text += last
    return text[...]
  }

  private func isNothing(_ text: ArraySlice<UInt8>) -> Bool {
    if noTime.contains(where: { $0.count == text.count && text.elementsEqual($0) }) { return true }
    guard !noClock.isEmpty, text.contains(UInt8(ascii: ":")) else { return false }
    return RecordDuration.nanoseconds(String(decoding: text, as: UTF8.self))
      .map(noClock.contains) ?? false
  }

  private static func shown(_ text: String) -> String {
    OutsideText.shown(String(text.prefix(60))).debugDescription
  }

  private static func shown(_ text: ArraySlice<UInt8>) -> String {
    shown(String(decoding: text, as: UTF8.self))
  }
}
