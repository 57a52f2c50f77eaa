import ContactModel
package import PatchbayCore

/// A way in which an interaction can go, in the platform's own terms.
package enum ScenarioCourse: String, CaseIterable, Sendable {
  /// Answered, finished, written up.
  case plain
  /// The customer waits for a while.
  case hold
  /// The agent doesn't answer, is not responding, and is offered it again.
  case unanswered
  /// The customer gives up while it rings.
  case abandoned
  /// It goes to somebody else.
  case transfer
  /// There is nothing to write up.
  case short
  /// The agent leaves the queue in the middle of it.
  case breakaway
  /// Another interaction comes while the first goes on.
  case overlap

  /// What happens to whom, in order; it ends with the agent ready for the next one.
  var steps: [ScenarioStep] {
    let answered = [ScenarioStep(PlatformState.alerting), ScenarioStep(PlatformState.connected)]
    let finished = [
      ScenarioStep(PlatformState.disconnected), ScenarioStep(PlatformState.wrappedUp),
    ]
    return switch self {
    case .plain: answered + finished
    case .hold:
      answered + [ScenarioStep(PlatformState.held), ScenarioStep(PlatformState.connected)]
        + finished
    case .unanswered:
      [
        ScenarioStep(PlatformState.alerting), ScenarioStep(PlatformState.notResponding),
        ScenarioStep(RoutingStatus.idle.state, .agent),
      ] + answered + finished
    case .abandoned: [ScenarioStep(PlatformState.alerting), ScenarioStep(PlatformState.terminated)]
    case .transfer: answered + [ScenarioStep(PlatformState.transferred)]
    case .short: answered + [ScenarioStep(PlatformState.terminated)]
    case .breakaway:
      answered + [ScenarioStep(SystemPresence.onBreak.state, .agent)] + finished
        + [ScenarioStep(SystemPresence.onQueue.state, .agent)]
    case .overlap:
      answered
        + [
          ScenarioStep(PlatformState.alerting, .secondInteraction),
          ScenarioStep(PlatformState.connected, .secondInteraction),
        ] + finished
        + [
          ScenarioStep(PlatformState.disconnected, .secondInteraction),
          ScenarioStep(PlatformState.wrappedUp, .secondInteraction),
        ]
    }
  }
}

/// How often interactions take which course, relative to each other.
package struct CourseMix: OptionGroup {
  private let weights: [(course: ScenarioCourse, weight: Int)]

  package init(from options: inout OptionReader) {
    func weight(_ course: ScenarioCourse, _ fallback: Int, _ doc: String) -> (ScenarioCourse, Int) {
      (
        course,
        options.value(course.rawValue, default: fallback, .range(0...1_000_000), doc: doc)
      )
    }
    weights = [
      weight(.plain, 10, "Answered, finished, written up."),
      weight(.hold, 2, "With a hold in between."),
      weight(.unanswered, 1, "Not answered in time: not responding, then offered again."),
      weight(.abandoned, 1, "The customer gives up while it rings."),
      weight(.transfer, 1, "Transferred to somebody else."),
      weight(.short, 2, "Without after-call work."),
      weight(.breakaway, 1, "The agent leaves the queue in the middle of it."),
      weight(.overlap, 2, "A second interaction comes while the first goes on."),
    ]
    options.check(
      weights.contains { $0.weight > 0 }, at: "plain", "one weight at least must be above zero")
  }

  /// The courses that occur.
  var courses: [ScenarioCourse] { weights.filter { $0.weight > 0 }.map(\.course) }

  /// A course, drawn by weight.
  func draw(using random: inout KeyedRandom) -> ScenarioCourse {
    let total = weights.reduce(0) { $0 + $1.weight }
    var draw = Int.random(in: 0..<max(1, total), using: &random)
    for (course, weight) in weights {
      if draw < weight { return course }
      draw -= weight
    }
    return .plain
  }
}
