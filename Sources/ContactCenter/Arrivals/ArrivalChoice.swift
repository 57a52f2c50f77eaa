package import PatchbayCore

/// When the interactions of a scenario begin.
///
/// In the open forms they begin when they do, whatever became of those before; in the closed one an agent waits
/// for the answer to each event. One or the other, never a mix: only the first shows what a target does under a
/// load that doesn't wait for it.
package enum ArrivalChoice: OptionUnion {
  /// When an agent is done with the one before.
  case perAgent
  /// At one rate.
  case constant(ConstantArrivals)
  /// At a rate that changes.
  case ramp(RampArrivals)
  /// By chance, at one rate.
  case poisson(PoissonArrivals)
  /// At the times that a file has.
  case recorded(RecordedArrivals)
  /// When an agent has the answer to what it did before.
  case closed(ClosedArrivals)

  /// The forms in a configuration.
  package static let cases: [OptionCase<ArrivalChoice>] = [
    .init(
      "per-agent", .perAgent,
      doc: "Each agent handles `interactions_per_agent`, one right after the other, on schedule."),
    .init("constant", ArrivalChoice.constant, doc: "Open: at one rate, evenly spaced."),
    .init(
      "ramp", ArrivalChoice.ramp, doc: "Open: at a rate that changes in straight lines."),
    .init(
      "poisson", ArrivalChoice.poisson,
      doc: "Open: by chance at one rate, as customers do who know nothing of each other."),
    .init(
      "recorded", ArrivalChoice.recorded, doc: "Open: at the times that a file has."),
    .init(
      "closed", ArrivalChoice.closed,
      doc: "Closed: each agent goes on when its last event has been answered."),
  ]
}

extension ArrivalChoice {
  /// How the rate goes, where that is known beforehand.
  var curve: RateCurve? {
    switch self {
    case .constant(let constant): constant.curve
    case .ramp(let ramp): ramp.curve
    case .poisson(let poisson): .constant(poisson.rate.perSecond, for: poisson.length.inSeconds)
    case .perAgent, .recorded, .closed: nil
    }
  }

  /// When interactions begin by themselves; nil in the forms in which agents begin them.
  ///
  /// - Parameter seed: what chance is drawn from.
  /// - Throws: `UnreadableInput` if a file of times can't be read.
  package func times(seed: UInt64) async throws -> ArrivalTimes? {
    switch self {
    case .perAgent, .closed: nil
    case .constant(let constant): ArrivalTimes(along: constant.curve)
    case .ramp(let ramp): ArrivalTimes(along: ramp.curve)
    case .poisson(let poisson): ArrivalTimes(poisson, seed: seed)
    case .recorded(let recorded): try await RecordedTimes.read(recorded)
    }
  }
}

/// Interactions at one rate.
package struct ConstantArrivals: OptionGroup {
  let rate: ArrivalRate
  let length: Duration

  package init(from options: inout OptionReader) {
    (rate, length) = RateOptions.read(from: &options)
  }

  var curve: RateCurve { .constant(rate.perSecond, for: length.inSeconds) }
}

/// Interactions by chance, at one rate: the gaps between them are exponentially distributed.
package struct PoissonArrivals: OptionGroup {
  let rate: ArrivalRate
  let length: Duration

  package init(from options: inout OptionReader) {
    (rate, length) = RateOptions.read(from: &options)
  }
}

/// What arrivals at one rate are described by.
private enum RateOptions {
  static func read(from options: inout OptionReader) -> (ArrivalRate, Duration) {
    let rate: ArrivalRate = options.required(
      "rate", example: .perSecond(50), doc: "How many interactions begin in how long.")
    let length: Duration = options.required(
      "for", example: .seconds(600), .range(.milliseconds(1) ... .seconds(366 * 86_400)),
      doc: "How long interactions begin.")
    options.check(rate.isAboveZero, at: "rate", "must be above zero")
    return (rate, length)
  }
}

/// Interactions at a rate that changes.
package struct RampArrivals: OptionGroup {
  let curve: RateCurve

  package init(from options: inout OptionReader) {
    let from: ArrivalRate? = options.optional(
      "from", doc: "The rate at the start; `0/s` without it.")
    let stages = options.list(
      "stages", of: RampStage.self, minimum: 1,
      doc: "How the rate goes on, one stretch after the other.")
    var curve = RateCurve()
    var rate = from?.perSecond ?? 0
    for stage in stages {
      curve.goOn(from: rate, to: stage.to.perSecond, for: stage.length.inSeconds)
      rate = stage.to.perSecond
    }
    self.curve = curve
    options.check(
      curve.count > 0, at: "stages", "no interaction begins: every rate is zero, or no time")
  }
}

/// A stretch of a ramp.
package struct RampStage: OptionGroup {
  let to: ArrivalRate
  let length: Duration

  package init(from options: inout OptionReader) {
    to = options.required(
      "to", example: .perSecond(100),
      doc: "The rate at its end, to which it goes in a straight line; the same as before holds it.")
    length = options.required(
      "for", example: .seconds(60), .range(.zero ... .seconds(366 * 86_400)),
      doc: "How long it is; with `0s` the rate jumps.")
  }
}

/// Interactions at the times that a file has.
package struct RecordedArrivals: OptionGroup {
  let path: String
  let pace: RecordedPace

  package init(from options: inout OptionReader) {
    path = options.required(
      "path", example: "arrivals.txt", .nonEmpty, .path,
      doc: "The file: a time a line (RFC 3339), or JSON objects with a `timestamp` a line.")
    pace = RecordedPace(from: &options)
  }
}

/// Interactions of agents who wait for answers.
package struct ClosedArrivals: OptionGroup {
  let thinkTime: Duration
  let length: Duration

  package init(from options: inout OptionReader) {
    thinkTime = options.value(
      "think_time", default: .zero, .range(.zero ... .seconds(86_400)),
      doc: "How long an agent waits between two interactions.")
    length = options.required(
      "for", example: .seconds(600), .range(.milliseconds(1) ... .seconds(366 * 86_400)),
      doc: "How long agents begin new interactions.")
  }
}

extension Duration {
  /// The duration as a number of seconds.
  var inSeconds: Double { Double(wholeNanoseconds) / 1e9 }
}
