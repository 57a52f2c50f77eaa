import PatchbayCore
import Synchronization

/// What the calls of one injector share: the book of agents, and what came of everything.
final class InjectionRecords: Sendable {
  private struct State {
    var book: AgentBook
    var accepted = 0
    var refused = 0
    var unknown = 0
    var requests = 0
    var refusedStatuses: Set<Int> = []
  }

  private let state: Mutex<State>

  init(_ book: AgentBook) {
    state = Mutex(State(book: book))
  }

  func steps(
    for event: String, _ subject: PlatformStep.Subject, offer: UUIDBits, queue: UUIDBits
  ) -> [PlatformStep]? {
    state.withLock { $0.book.steps(for: event, subject, offer: offer, queue: queue) }
  }

  /// Notes what became of a step that had been sent.
  func note(_ step: PlatformStep, _ subject: PlatformStep.Subject, _ kind: Outcome.Kind) {
    state.withLock { state in
      switch kind {
      case .accepted: state.accepted += 1
      case .unknown: state.unknown += 1
      case .failed, .rejected, .undecided:
        state.refused += 1
        return
      }
      state.book.note(step, subject)
    }
  }

  func note(requestWithStatus status: Int) {
    state.withLock { state in
      state.requests += 1
      if status >= 400 { state.refusedStatuses.insert(status) }
    }
  }

  func findings() -> Findings {
    state.withLock { state in
      var findings = Findings()
      findings["platform_events"] = Double(state.accepted)
      findings["platform_events_refused"] = Double(state.refused)
      findings["platform_events_unknown"] = Double(state.unknown)
      findings["requests"] = Double(state.requests)
      findings.notes = state.refusedStatuses.sorted().compactMap {
        ErrorHelp.text(
          forStatus: $0, permissions: PlatformStep.Endpoint.allCases.map(\.permission.rawValue))
      }
      return findings
    }
  }
}
