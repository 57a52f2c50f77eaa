public import PatchbayCore

extension StageGate {
  /// What stages report whose requests pass a gate.
  public static let metrics = [
    MetricDeclaration(
      "requests_held", doc: "Requests that waited for the target's rate limit."),
    MetricDeclaration(
      "held_ms", doc: "How long at least one of them waited, in milliseconds of the run's clock."),
  ]
}

extension Findings {
  /// Adds what waited for a target's limit, under the names that `StageGate.metrics` declares.
  ///
  /// - Parameters:
  ///   - gate: what the stage's requests passed.
  ///   - connection: the name of what was waited for.
  public mutating func add(_ gate: StageGate, to connection: String) {
    let waits = gate.waits
    self["requests_held"] = Double(waits.held)
    self["held_ms"] = waits.time.roundedToMilliseconds / .milliseconds(1)
    guard waits.held > 0 else { return }
    let limit = gate.limit.map { "\($0)" } ?? "as 429 and Retry-After asked"
    tables.append(
      Table(
        title: "waited for the rate limit of \(connection)",
        columns: ["limit", "requests", "time"],
        rows: [
          [
            limit, "\(waits.held) of \(waits.asked) requests",
            waits.time.roundedToMilliseconds.optionText,
          ]
        ]))
  }
}

extension GovernedLimit: CustomStringConvertible {
  /// `300 in 1m, as stated`.
  public var description: String {
    let time = length.map { "in \($0.roundedToMilliseconds.optionText)" } ?? "a window"
    let origin =
      switch self.origin {
      case .stated: "as stated"
      case .answers: "as its answers say"
      case .refusals: "as 429 and Retry-After showed"
      }
    return "\(count) \(time), \(origin)"
  }
}

extension Duration {
  fileprivate var roundedToMilliseconds: Duration {
    .milliseconds(Int((self / .milliseconds(1)).rounded()))
  }
}
