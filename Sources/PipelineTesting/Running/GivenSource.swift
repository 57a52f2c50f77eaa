import PatchbayCore
import PatchbayJSON

/// Brings the events that a test gives, in the place of a source of the configuration.
struct GivenSource: Source {
  static let type = "given"
  static let doc = "Brings the events of a test."

  private let name: String
  private let entries: [JSONValue]
  private var clock: any PipelineClock = RealClock()

  init(name: String, entries: [JSONValue]) {
    self.name = name
    self.entries = entries
  }

  var reach: StageReach { .context }

  init(_ options: NoOptions) {
    self.init(name: "", entries: [])
  }

  mutating func open(_ context: StageContext) async throws {
    clock = context.clock
  }

  mutating func run(emitting outlet: SourceOutlet) async throws {
    for (index, entry) in entries.enumerated() {
      if let wait = Self.wait(entry) {
        try await outlet.wait(until: clock.now.advanced(by: wait))
      } else {
        try await emit(entry, number: index + 1, to: outlet)
      }
    }
  }

  /// One event or raw line; what can't become an event is rejected, as a source of lines does.
  private func emit(_ entry: JSONValue, number: Int, to outlet: SourceOutlet) async throws {
    let bytes = Array((entry.string ?? entry.text()).utf8)
    var batch = outlet.makeBatch()
    do {
      try EventCodec.append(bytes, in: bytes.indices, to: &batch, intended: clock.now)
    } catch {
      try await outlet.flush()
      return try await outlet.reject(
        EventFields(sequenceID: "line-\(number)"), code: "line.malformed",
        reason: "given.\(name):\(number):\(error.column): \(error.message)")
    }
    for index in batch.indices {
      try await outlet.emit(batch.fields(of: batch[index]))
    }
  }

  /// The time that an entry lets pass, if that is all it says.
  static func wait(_ entry: JSONValue) -> Duration? {
    guard let members = entry.object, members.count == 1, members[0].name == "wait",
      let text = members[0].value.string
    else { return nil }
    return Duration(optionText: text)
  }
}
