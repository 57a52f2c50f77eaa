import PatchbayCore

/// A number that analytics have of a part of a conversation.
struct SessionMetric {
  /// What is counted, or timed in milliseconds
  /// ([metrics](https://developer.genesys.cloud/analyticsdatamanagement/analytics/metrics)).
  enum Name: String, CaseIterable {
    /// It was offered to a queue.
    case nOffered
    /// Somebody was connected.
    case nConnected
    /// It waited longer than the service level allows.
    case nOverSla
    /// An agent handed it over; at once; after a consultation.
    case nTransferred
    case nBlindTransferred
    case nConsultTransferred
    /// How long it waited: until it was answered, until it was abandoned, whatever came.
    case tAnswered
    case tAbandon
    case tWait
    case tAcd
    /// How long it rang; how long in vain.
    case tAlert
    case tNotResponding
    /// How long was talked, by stretches; in all of it.
    case tTalk
    case tTalkComplete
    /// How long it was held, by stretches; in all of it.
    case tHeld
    case tHeldComplete
    /// How long after-call work took.
    case tAcw
    /// How long an agent had to do with it: talk, hold and after-call work.
    case tHandle
    /// The share of answers within the service level.
    case oServiceLevel

    /// Whether it is a time, with a sum and extremes.
    var isTime: Bool { rawValue.hasPrefix("t") }
  }

  var name: Name
  /// Milliseconds, or 1.
  var value: Int
  var emitted: Timestamp
}

extension Conversation {
  /// The service level that queues have: 80 % within 20 seconds, the platform's default.
  static let serviceLevel = (share: 0.8, wait: Duration.seconds(20))

  /// What analytics have of a part.
  func metrics(of communication: Communication) -> [SessionMetric] {
    switch communication.purpose {
    case .acd: waitMetrics(of: communication)
    case .agent: communication.agentMetrics
    case .customer, .external, .ivr, .workflow: communication.connectionMetrics
    }
  }

  private func waitMetrics(of acd: Communication) -> [SessionMetric] {
    var metrics = [SessionMetric(name: .nOffered, value: 1, emitted: acd.established)]
    let answered = answer(to: acd)?.connected
    guard let end = answered ?? acd.disconnected else { return metrics }
    let wait = end.since(acd.established)
    func add(_ name: SessionMetric.Name, _ value: Int) {
      metrics.append(SessionMetric(name: name, value: value, emitted: end))
    }
    add(.tAcd, wait.milliseconds)
    add(.tWait, wait.milliseconds)
    add(answered == nil ? .tAbandon : .tAnswered, wait.milliseconds)
    if wait > Self.serviceLevel.wait { add(.nOverSla, 1) }
    return metrics
  }

  /// The agent who answered whom a queue's part sent it to; nil as long as none has.
  func answer(to acd: Communication) -> Communication? {
    communications.filter { agent in
      agent.purpose == .agent && (agent.queue == nil || agent.queue == acd.queue)
        && agent.established >= acd.established
        && acd.disconnected.map { agent.established <= $0 } ?? true
        && agent.connected != nil
    }.min { ($0.connected ?? $0.changed) < ($1.connected ?? $1.changed) }
  }
}

extension Communication {
  fileprivate var connectionMetrics: [SessionMetric] {
    connected.map { [SessionMetric(name: .nConnected, value: 1, emitted: $0)] } ?? []
  }

  fileprivate var agentMetrics: [SessionMetric] {
    var metrics = connectionMetrics
    var sums: [Segment.Kind: Duration] = [:]
    func add(_ name: SessionMetric.Name, _ time: Duration, _ emitted: Timestamp) {
      metrics.append(SessionMetric(name: name, value: time.milliseconds, emitted: emitted))
    }
    for segment in segments {
      guard let end = segment.end else { continue }
      let time = end.since(segment.start)
      sums[segment.kind, default: .zero] += time
      switch segment.kind {
      case .alert:
        add(.tAlert, time, end)
        if connected == nil { add(.tNotResponding, time, end) }
      case .interact: add(.tTalk, time, end)
      case .hold: add(.tHeld, time, end)
      case .wrapup: add(.tAcw, time, end)
      case .transmitting: break
      }
    }
    guard let end = disconnected, connected != nil else { return metrics }
    add(.tTalkComplete, sums[.interact] ?? .zero, end)
    if let held = sums[.hold] { add(.tHeldComplete, held, end) }
    if isFinished {
      let handled = [.interact, .hold, .transmitting, .wrapup].map { sums[$0] ?? .zero }
        .reduce(.zero, +)
      add(.tHandle, handled, changed)
    }
    func count(_ name: SessionMetric.Name) {
      metrics.append(SessionMetric(name: name, value: 1, emitted: end))
    }
    switch disconnectType {
    case DisconnectType.transfer.conversationName:
      count(.nTransferred)
      count(.nBlindTransferred)
    case DisconnectType.transferConsult.conversationName:
      count(.nTransferred)
      count(.nConsultTransferred)
    default: break
    }
    return metrics
  }
}
