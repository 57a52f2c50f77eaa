/// What correlators have found about an event.
public struct EventFindings: OptionSet, Sendable, BitwiseCopyable {
  /// The bits.
  public let rawValue: UInt8

  /// Makes a set of its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A state machine forbids to come to its state from the one before.
  public static let mismatch = EventFindings(rawValue: 1)
  /// Its `sequence_id` had come before.
  public static let duplicate = EventFindings(rawValue: 2)
  /// Its timestamp is earlier than that of one before.
  public static let outOfOrder = EventFindings(rawValue: 4)
  /// What happened before it isn't known, so that its transition couldn't be checked.
  public static let unverified = EventFindings(rawValue: 8)

  /// The names, those of the metrics that count them, in a fixed order: `["mismatches"]`.
  public var names: [String] {
    let all: [(EventFindings, String)] = [
      (.mismatch, "mismatches"), (.duplicate, "duplicates"), (.outOfOrder, "out_of_order"),
      (.unverified, "unverified"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}

extension EventBatch {
  /// The state from which a state machine in front forbids to come to the event's; nil if none does.
  public func forbiddenOrigin(of event: Event) -> String? {
    event.findings.contains(.mismatch) ? text(event.forbiddenOrigin) : nil
  }

  /// Notes what a correlator has found about an event.
  package mutating func note(_ findings: EventFindings, from origin: String?, of index: Int) {
    events[index].findings.formUnion(findings)
    if let origin { events[index].forbiddenOrigin = symbol(origin) }
  }
}
