import AuditLog
import ContactCenter
import EventMapping
import ExportStages
import GenesysCloud
import GenesysNotifications
import HTTPDelivery
import HTTPTransport
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayStages
import SubprocessStages

/// A reader of what comes from outside, to be fed anything.
///
/// Each must take any bytes without a trap; where something was read, writing it and reading it again must
/// come to the same. What doesn't hold ends the process, as a fuzzer wants it.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// JSON texts, and their canonical form.
  case json
  /// Events as JSON objects.
  case event
  /// Configurations, up to their plan.
  case config
  /// Records of an audit log.
  case record
  /// Signed notes, checkpoints and keys.
  case note
  /// Batches as the program keeps them for itself.
  case archive
  /// Entries of a run's journal.
  case journal
  /// Entries of a spool's segments, and of its receipts.
  case spool
  /// Dead letters.
  case letter
  /// Answers of HTTP servers: heads, dates, and the platform's bodies.
  case answer
  /// Lines of programs that are stages.
  case program
  /// Call logs.
  case table
  /// Records of calls, in every format that there is.
  case records
  /// Files that nobody knows.
  case look
  /// Events in somebody else's shape.
  case mapping
  /// Messages of notification channels, and what is read after a gap.
  case notification

  /// Feeds it some bytes.
  package func run(_ bytes: [UInt8]) {
    switch self {
    case .json: Self.json(bytes)
    case .event: Self.event(bytes)
    case .config: Self.config(bytes)
    case .record: Self.record(bytes)
    case .note: Self.note(bytes)
    case .archive: Self.archive(bytes)
    case .journal: Self.journal(bytes)
    case .spool: Self.spool(bytes)
    case .letter: Self.letter(bytes)
    case .answer: Self.answer(bytes)
    case .program: Self.program(bytes)
    case .table: Self.table(bytes)
    case .notification: Self.notification(bytes)
    case .records: Self.records(bytes)
    case .look: Self.look(bytes)
    case .mapping: Self.mapping(bytes)
    }
  }

  private static func demand(_ condition: Bool, _ what: StaticString) {
    if !condition { fatalError("\(what)") }
  }

  private static func json(_ bytes: [UInt8]) {
    guard let value = try? JSONValue(parsing: bytes) else { return }
    // Not the value itself: 1e2 is written as 100, which is read as a whole number.
    let text = value.text()
    demand(
      (try? JSONValue(parsing: Array(text.utf8)))?.text() == text,
      "what was written is read otherwise")
    let canonical = value.canonical()
    let again = try? JSONValue(parsing: canonical)
    demand(again?.canonical() == canonical, "the canonical form isn't its own")
    var scan = CanonicalScan()
    if bytes.withUnsafeBytes({ scan.isCanonical($0) }), !scan.hasOthers {
      demand(canonical == bytes, "what was taken for canonical isn't")
    }
  }

  private static func event(_ bytes: [UInt8]) {
    var batch = EventBatch(symbols: SymbolTable())
    let time = Timestamp(nanoseconds: 0)
    guard (try? EventCodec.append(bytes, in: bytes.indices, to: &batch, intended: time)) != nil
    else { return demand(batch.isEmpty, "a record that was refused left an event") }
    var text: [UInt8] = []
    EventCodec.write(batch[0], of: batch, to: &text)
    var again = EventBatch(symbols: batch.symbols)
    demand(
      (try? EventCodec.append(text, in: text.indices, to: &again, intended: time)) != nil,
      "what was written can't be read")
    var twice: [UInt8] = []
    EventCodec.write(again[0], of: again, to: &twice)
    demand(twice == text, "what was read is written otherwise")
    check(batch)
  }

  private static let planner: Planner = {
    var registry = StageRegistry()
    let modules: [any PluginModule.Type] = [
      GeneralStagesModule.self, ContactCenterModule.self, GenesysCloudModule.self,
      GenesysNotificationsModule.self,
      AuditLogModule.self, SubprocessStagesModule.self, ExportStagesModule.self,
    ]
    for module in modules { try? registry.load(module) }
    return Planner(registry: registry, variables: ["X": "1"])
  }()

  private static func config(_ bytes: [UInt8]) {
    let result = planner.plan(bytes, named: "config.json")
    let hasErrors = result.issues.contains { $0.severity == .error }
    demand(hasErrors == (result.plan == nil), "a plan and errors, or neither")
  }

  private static func record(_ bytes: [UInt8]) {
    var reader = LogLineReader()
    for (number, line) in bytes.split(separator: 0x0A).enumerated() {
      let line = Array(line)
      let problem = line.withUnsafeBytes { reader.read($0, number) }
      if problem == nil {
        let value = try? JSONValue(parsing: line)
        demand(value?.canonical() == line, "a record that isn't canonical was taken")
        demand(value?["seq"]?.integer == number, "a record with another number was taken")
      }
    }
  }

  private static let recordOptions: [RecordsOptions] = {
    let times: JSONValue = ["start": ["date", "start"], "end": ["date", "end"]]
    let nested: JSONValue = [
      "agent": "userId", "call": "conversationId", "offered": "s[t=alert][first].a",
      "start": "s[t=interact][first].a", "end": "s[last].b", "wrapped": "w",
    ]
    let choices: [JSONValue] = [
      ["path": "x", "fields": times],
      [
        "path": "x", "fields": times,
        "format": ["delimited": ["delimiter": ";", "quotes": "none"]],
        "encoding": "latin-1", "time_zone": "Europe/Berlin", "no_time": ["0:00:00"],
      ],
      [
        "path": "x", "fields": times, "longest_record": "64B", "encoding": "utf-16",
        "time_format": "M/d/yy h:mm:ss a",
      ],
      [
        "path": "x",
        "format": [
          "delimited": ["delimiter": "|", "header": false, "comment": "#", "skip_lines": 1]
        ],
        "fields": ["agent": "4", "call": "2", "start": "1", "ring": "8", "end": "1"],
        "pairs": ["field": "5", "start": "CONNECT", "end": "COMPLETEAGENT"],
        "time_format": "epoch-s",
      ],
      ["path": "x", "format": "json-lines", "fields": nested, "latest_by": "v"],
      [
        "path": "x", "format": "json-concatenated", "fields": nested, "time_format": "epoch-us",
        "longest_record": "64B",
      ],
      ["path": "x", "format": "json-array", "fields": nested],
      [
        "path": "x", "format": ["json-array": ["in": "conversations"]],
        "each": ["participants[purpose=agent]", "sessions"], "fields": nested,
      ],
    ]
    return choices.compactMap { try? RecordsOptions($0) }
  }()

  private static func records(_ bytes: [UInt8]) {
    demand(recordOptions.count == 8, "the options are wrong")
    for options in recordOptions {
      // However the bytes come, they are the same records.
      let whole = recordFindings(options, bytes, cutEvery: max(1, bytes.count))
      let parts = recordFindings(options, bytes, cutEvery: 7)
      demand((whole == nil) == (parts == nil), "a file is read by one way of cutting it alone")
      demand(whole == parts, "what records hold depends on how a file is cut")
    }
  }

  /// What records hold, as texts; nil if they can't be read.
  private static func recordFindings(
    _ options: RecordsOptions, _ bytes: [UInt8], cutEvery size: Int
  ) -> [String]? {
    var file = ServiceFiles(options, first: "x")
    var texts: [String] = []
    let starts = Array(stride(from: 0, to: bytes.count, by: size))
    for start in starts.map(Optional.init) + [nil] {
      let part = start.map { Array(bytes[$0..<min($0 + size, bytes.count)]) } ?? []
      guard let findings = try? file.take(part) else { return nil }
      for finding in findings {
        switch finding {
        case .service(let service, let agent):
          demand(service.connected <= service.ended, "a service ends before it begins")
          texts.append("\(service.line) \(agent) \(service.connected) \(service.ended)")
        case .problem(let problem, let place, _):
          demand(place.line > 0, "a problem has no line")
          texts.append("\(place.line): \(problem)")
        }
      }
    }
    return texts
  }

  /// What is proposed for a file can be read by.
  private static func look(_ bytes: [UInt8]) {
    guard let look = try? RecordLook(bytes, isWhole: true, of: "x") else { return }
    guard let options = look.configuration?["sources"]?["log"]?.object else { return }
    let own = options.filter { $0.name != "type" }
    demand((try? RecordsOptions(.object(own))) != nil, "what is proposed is refused")
  }

  private static let mappings: [MappingConnection] = {
    let choices: [JSONValue] = [
      [
        "members": [
          "sequence_id": "id", "timestamp": "at", "interaction_id": "c.r", "agent_id": "c.a",
          "state": "s", "queue": "c.q",
        ],
        "numbers": ["agent_id", "state"], "time_format": "epoch-ms", "states": ["x": ["A", "B"]],
        "constants": ["v": 2, "c.k": ["d"]], "defaults": ["event_type": "t"],
      ],
      ["members": ["timestamp": "t", "state": "s"], "time_format": "M/d/yy h:mm:ss.SSS a X"],
      ["members": ["state": "a[b=c][last].d"], "others": "drop"],
    ]
    return choices.compactMap { (try? MappingOptions($0)).map { MappingConnection($0) } }
  }()

  /// What was written in a shape is read again as the same.
  private static func mapping(_ bytes: [UInt8]) {
    demand(mappings.count == 3, "the options are wrong")
    for mapping in mappings {
      guard let (batch, fields) = mapped(bytes, by: mapping) else { continue }
      if mapping.objectionToWriting != nil { continue }
      var writer = mapping.makeWriter()
      var line: [UInt8] = []
      guard (try? writer.write(0, of: batch, to: &line)) != nil else { continue }
      demand(!line.contains(0x0A), "an event is more than a line")
      let again = mapped(line, by: mapping)
      demand(again != nil, "what was written can't be read")
      // Milliseconds are all that the shape has; what wasn't a time may be one when it is written.
      demand(
        again?.1.state == fields.state && again?.1.agentID == fields.agentID
          && canonical(again?.1.attributes) == canonical(fields.attributes), "it is another event")
    }
  }

  /// Attributes whatever the order of their members is.
  private static func canonical(_ attributes: String?) -> [UInt8]? {
    attributes.flatMap { try? JSONValue(parsing: $0) }?.canonical()
  }

  private static func mapped(
    _ bytes: [UInt8], by mapping: MappingConnection
  ) -> (EventBatch, EventFields)? {
    var reader = mapping.makeReader(ids: "x")
    var batch = EventBatch(symbols: SymbolTable())
    let isRead: Void? = try? reader.append(
      bytes[...], number: 1, to: &batch, intended: Timestamp(nanoseconds: 0))
    return isRead == nil ? nil : (batch, batch.fields(of: batch[0]))
  }

  private static func notification(_ bytes: [UInt8]) {
    guard case .notification(let topic, let body)? = try? ChannelMessage(bytes) else { return }
    let user = WatchedTopic.parse(topic)?.user ?? UUIDBits(high: 1, low: 1)
    var memory = ObservationMemory(begin: Timestamp(nanoseconds: 0))
    func states() -> Int {
      var count = 0
      for (part, now) in (try? ConversationReader.parts(in: body, of: [user])) ?? [] {
        if memory.see(now, of: part) != nil { count += 1 }
      }
      for topic in WatchedTopic.allCases {
        guard let standing = try? UserReader.standing(in: body, of: topic) else { continue }
        if memory.see(standing, topic, of: user) != nil { count += 1 }
      }
      for (topic, standing) in UserReader.history(of: body) + UserReader.standings(of: body) {
        if memory.see(standing, topic, of: user) != nil { count += 1 }
      }
      for history in DetailsReader.read(body, watching: [user])?.histories ?? [] {
        count += memory.see(history).count
      }
      return count
    }
    _ = states()
    let open = memory.openConversations
    // A user's state of which nobody tells when it began is known only as long as no other comes.
    let known =
      (UserReader.history(of: body) + UserReader.standings(of: body)).map(\.1)
      + WatchedTopic.allCases.compactMap { try? UserReader.standing(in: body, of: $0) }
    let hasTimes = known.allSatisfy { $0.time != nil }
    demand(states() == 0 || !hasTimes, "a state is told twice")
    demand(open == memory.openConversations, "what is known changed what is open")
  }

  private static func note(_ bytes: [UInt8]) {
    if let note = SignedNote(parsing: bytes) {
      demand(SignedNote(parsing: note.bytes) == note, "a note is read otherwise than written")
      if let checkpoint = Checkpoint(note.text) {
        demand(note.text.hasPrefix(checkpoint.text), "a checkpoint is written otherwise than read")
      }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    if let key = VerifierKey(text) {
      demand(key.text == text, "a key is written otherwise than read")
    }
    _ = SignerKey(text)
  }

  private static func archive(_ bytes: [UInt8]) {
    var batch = EventBatch(symbols: SymbolTable())
    var reader = ArchiveReader(bytes[...])
    if (try? batch.append(archived: &reader)) != nil { check(batch) }
  }

  /// What is archived comes back as it was.
  private static func check(_ batch: EventBatch) {
    var writer = ArchiveWriter()
    batch.archive(to: &writer)
    var copy = EventBatch(symbols: SymbolTable())
    var reader = ArchiveReader(writer.bytes[...])
    demand((try? copy.append(archived: &reader)) != nil, "an archive can't be read")
    var again = ArchiveWriter()
    copy.archive(to: &again)
    demand(again.bytes == writer.bytes, "an archive comes back otherwise")
    var lines: [UInt8] = []
    for index in batch.indices { OutcomeJSON.write(index, of: batch, to: &lines) }
    demand(lines.count { $0 == 0x0A } == batch.count, "an event isn't on one line")
  }

  private static func journal(_ bytes: [UInt8]) {
    guard let entry = try? JournalEntry(bytes[...]) else { return }
    if case .emitted(let emission) = entry, let batch = try? emission.batch(SymbolTable()) {
      check(batch)
    }
    if case .judged(_, let numbers, var reader) = entry {
      for _ in numbers where (try? EventBatch.skipOutcome(archived: &reader)) == nil { return }
    }
  }

  private static func spool(_ bytes: [UInt8]) {
    var receipts = SpoolReceipts()
    if (try? receipts.take(bytes[...])) != nil {
      demand(!receipts.bytes.isEmpty, "receipts have no file")
    }
    guard case .kept(let events)? = try? SpoolEntry(bytes[...]),
      let batch = try? events.batch(SymbolTable())
    else { return }
    demand(batch.count == events.count, "a spool's entry has another number of events than it says")
    check(batch)
  }

  private static func letter(_ bytes: [UInt8]) {
    guard let letter = try? DeadLetter(bytes) else { return }
    demand((try? JSONValue(parsing: letter.event)) != nil, "a letter's event is no JSON")
    for field in DeadLetter.fields { _ = letter.value(field) }
  }

  private static func answer(_ bytes: [UInt8]) {
    for field in ResponseHead(lines: bytes).fields {
      demand(!field.value.utf8.contains(0x0A), "a field has a line end")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    _ = HTTPDate.parse(text, now: Timestamp(nanoseconds: 0))
    _ = BatchAnswer(bytes)
    guard let value = try? JSONValue(parsing: bytes) else { return }
    _ = PlatformError(parsing: value)
    _ = TokenResponse(parsing: value)
  }

  private static func program(_ bytes: [UInt8]) {
    for line in bytes.split(separator: 0x0A) {
      _ = try? Answer(line: Array(line))
      _ = try? SourceLine(Array(line))
    }
  }

  private static let tableOptions: [RecordsOptions] = {
    let choices: [JSONValue] = [
      ["path": "x"], ["path": "x", "delimiter": "comma"],
      ["path": "x", "delimiter": "semicolon", "date_format": "iso", "longest_line": "64B"],
    ]
    return choices.compactMap { try? CallLogOptions($0).records() }
  }()

  private static func table(_ bytes: [UInt8]) {
    demand(tableOptions.count == 3, "the options are wrong")
    for options in tableOptions { _ = recordFindings(options, bytes, cutEvery: 4_096) }
  }
}
