import PatchbayCore
import PatchbayJSON

/// Brings the events that a test gives, in the place of a source of the configuration.
struct GivenSource: Source {
  static let type = "given"
  static let doc = "Brings the events of a test."

  private let name: String
  private let entries: [JSONValue]
  /// The shape in which the source reads its lines; nil for ours.
  private let mapping: String?
  private var clock: any PipelineClock = RealClock()
  private var shape: (any EventShapeReader)?

  init(name: String, entries: [JSONValue], mapping: String?) {
    self.name = name
    self.entries = entries
    self.mapping = mapping
  }

  var reach: StageReach { .context }

  init(_ options: NoOptions) {
    self.init(name: "", entries: [], mapping: nil)
  }

  mutating func open(_ context: StageContext) async throws {
    clock = context.clock
    shape = try await context.shapeReader(mapping)
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
  private mutating func emit(
    _ entry: JSONValue, number: Int, to outlet: SourceOutlet
  ) async throws {
    let bytes = Array((entry.string ?? entry.text()).utf8)
    var batch = outlet.makeBatch()
    do throws(EventCodec.Failure) {
      // An object is an event of ours, whatever the source reads.
      if shape != nil, entry.string != nil {
        try shape?.append(bytes[...], number: number, to: &batch, intended: clock.now)
      } else {
        try EventCodec.append(bytes, in: bytes.indices, to: &batch, intended: clock.now)
      }
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
