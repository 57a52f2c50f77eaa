public import PatchbayCore
import Synchronization

extension PipelineRun {
  /// Notes how the run stands, now and then, in real time.
  func keepTimeline() async {
    while let interval = recordedTimeline.withLock({ $0?.interval }) {
      guard (try? await RealClock().sleep(for: interval)) != nil else { return }
      noteMoment()
    }
  }

  /// Notes how the run stands.
  func noteMoment() {
    // Under the lock, so that no moment comes behind a later one.
    recordedTimeline.withLock { $0?.add(progress, realTime: realStart.elapsedNanoseconds) }
  }

  /// How it stands, as the report that it would end with; what stages have found is at most about a second old
  /// while events come.
  public var report: RunReport { makeReport() }

  /// Has stages say what they have found, also those to which nothing comes at the moment; `report` has it soon.
  ///
  /// On a virtual clock it does nothing: there somebody always works, and whoever looks must not change who is next.
  public func freshen() {
    if clock is VirtualClock { return }
    for channel in channels.withLock({ Array($0.values) }) { channel.wake() }
  }

  /// Whether connections and stages are open, events move, and no stop was asked for.
  public var isReady: Bool { !channels.withLock { $0.isEmpty } && !control.has(.drain) }

  /// How full the channel before each stage is, by the stage's name.
  public var gauges: [String: ChannelGauge] { channels.withLock { $0 }.mapValues(\.gauge) }

  /// How it went until now; nil if the run keeps no timeline.
  public var timeline: RunTimeline? {
    guard let points = recordedTimeline.withLock({ $0?.points }) else { return nil }
    var timeline = RunTimeline()
    timeline.points = points
    var curves = ScheduleCurves()
    for planned in plan.stages where planned.role == .source {
      guard let counters = counters[planned.name], !counters.snapshot.watchesOthers else {
        continue
      }
      curves.add(counters.schedule)
    }
    timeline.schedule = curves.schedule
    return timeline
  }
}
