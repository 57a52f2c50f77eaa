package import PatchbayCore

/// What a page shows of a run while it goes on.
package struct LiveRun: Sendable {
  /// How far it is.
  package enum Phase: String, Sendable {
    case opening
    case running
    case draining
    case ended
  }

  /// Something that was turned away or forbidden.
  package struct Trouble: Sendable {
    package var time: Timestamp
    package var stage: String
    /// What became of it: `rejected`, `failed`, `unknown`, `mismatch`.
    package var kind: String
    package var step: String
    package var reason: String
    package var agent: String

    package init(
      time: Timestamp, stage: String, kind: String, step: String, reason: String, agent: String
    ) {
      self.time = time
      self.stage = stage
      self.kind = kind
      self.step = step
      self.reason = reason
      self.agent = agent
    }
  }

  /// An agent's states over time.
  package struct Lane: Sendable {
    package var agent: String
    /// Each state with when it began, in order, on the run's clock.
    package var states: [(since: Timestamp, state: String)]

    package init(agent: String, states: [(since: Timestamp, state: String)]) {
      self.agent = agent
      self.states = states
    }
  }

  package var report: RunReport
  package var phase: Phase
  /// The time on the run's clock.
  package var now: Timestamp
  /// Events a second that were settled lately, in real time; nil before there are two moments.
  package var rate: Double?
  /// What waits before each stage, in a few words, by its name.
  package var waiting: [String: String]
  /// The latest, the newest first.
  package var troubles: [Trouble]
  package var lanes: [Lane]
  /// Whether only some of the events were looked at for the lanes, since there were too many.
  package var isSampled: Bool

  package init(
    report: RunReport, phase: Phase, now: Timestamp, rate: Double?, waiting: [String: String],
    troubles: [Trouble], lanes: [Lane], isSampled: Bool
  ) {
    self.report = report
    self.phase = phase
    self.now = now
    self.rate = rate
    self.waiting = waiting
    self.troubles = troubles
    self.lanes = lanes
    self.isSampled = isSampled
  }
}
