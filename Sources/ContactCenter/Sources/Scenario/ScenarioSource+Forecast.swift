package import PatchbayCore

extension ScenarioSource {
  /// In how many parts of a load's time its rate is told.
  private static let parts = 20

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    if let path = options.usersFile {
      forecast.inputFiles = [path]
    } else {
      forecast.agents = options.agentID.isEmpty ? .invented : .named([options.agentID])
    }
    switch options.arrivals {
    case .perAgent:
      forecast.events = events(of: options.interactionCount)
      forecast.duration = durationPerAgent
    case .constant, .ramp:
      let events = events(of: options.interactionCount)
      forecast.events = mayDrop ? events.atMost : events
    case .poisson(let poisson):
      let mean = poisson.rate.perSecond * poisson.length.inSeconds
      forecast.events = .unknown("by chance; about \(Int(mean.rounded())) interactions")
    case .recorded(let recorded):
      forecast.events = .unknown("an interaction for each time in \(recorded.path)")
      forecast.inputFiles.append(recorded.path)
    case .closed(let closed):
      forecast.events = .unknown("as many as are answered in \(closed.length.optionText)")
      forecast.duration = closed.length
    }
    if let curve = options.arrivals.curve {
      let duration = Duration.nanoseconds(Int64((curve.seconds * 1e9).rounded()))
      forecast.duration = duration
      forecast.load = Forecast.Load(
        "interactions", for: duration, rates: Self.rates(of: curve), note: note(on: curve))
    }
    return forecast
  }

  /// How many events so many interactions have; nil stands for more than 63 bits count.
  private func events(of interactions: Int?) -> Amount {
    // A forbidden state may shorten or lengthen the walk that goes on from it.
    let change = options.illegal * (options.walk.count + options.machine.states.count)
    let lengths = options.lengths
    let least = interactions?.multipliedReportingOverflow(by: lengths.lowerBound)
    let most = interactions?.multipliedReportingOverflow(by: lengths.upperBound)
    guard let interactions, let least, let most, !least.overflow, !most.overflow else {
      return .unknown("more than 63 bits count")
    }
    // Coming and going.
    let attendance = options.attends ? 2 * options.agents : 0
    return .between(
      max(interactions, least.partialValue - change) + attendance,
      most.partialValue + change + attendance)
  }

  private var durationPerAgent: Duration? {
    let lengths = options.lengths
    let steps = options.interactionsPerAgent.multipliedReportingOverflow(by: lengths.upperBound)
    guard options.distribution == .fixed, lengths.count == 1, !steps.overflow,
      steps.partialValue < 1 << 40
    else { return nil }
    return options.dwell * (steps.partialValue - 1 + (options.attends ? 2 : 0))
  }

  // MARK: Arrivals

  /// How long an interaction keeps an agent at the most, in seconds; on average where dwell times are drawn.
  private var busySeconds: Double {
    options.dwell.inSeconds * Double(options.lengths.upperBound - 1)
  }

  /// Whether an interaction may find nobody idle.
  private var mayDrop: Bool {
    guard let curve = options.arrivals.curve else { return true }
    return options.distribution != .fixed || options.illegal > 0
      || (curve.peak * busySeconds).rounded(.up) + 1 > Double(options.agents)
  }

  private func note(on curve: RateCurve) -> String? {
    let busy = Int((curve.peak * busySeconds).rounded(.up))
    let agents = options.agents
    return busy > agents
      ? "\(busy) agents would be busy at the peak, and there are \(agents): interactions will be dropped"
      : "about \(busy) of \(agents) agents are busy at the peak"
  }

  private static func rates(of curve: RateCurve) -> [Double] {
    let part = curve.seconds / Double(parts)
    return (0..<parts).map { index in
      let start = Double(index) * part
      let rate = (curve.begun(before: start + part) - curve.begun(before: start)) / part
      // No more digits than anybody reads.
      return (rate * 1e6).rounded() / 1e6
    }
  }
}
