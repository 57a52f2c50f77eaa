import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import Reports
import Synchronization

extension RunDashboard {
  /// Answers what is asked of the run's socket.
  ///
  /// - Parameter tap: what shows what passes through stages.
  package func answer(_ question: WatchQuestion, _ tap: RunTap) -> AsyncStream<[UInt8]> {
    switch question {
    case .top: return states()
    case .tap(let request):
      if let refusal = refusal(request) {
        let line: JSONValue = ["error": .string(refusal)]
        return AsyncStream { continuation in
          continuation.yield(Array("\(line.text())\n".utf8))
          continuation.finish()
        }
      }
      return tap.lines(request)
    }
  }

  private func refusal(_ request: RunTap.Request) -> String? {
    let stages = report.stages
    guard let stage = stages.first(where: { $0.name == request.stage }) else {
      let names = stages.map(\.name).joined(separator: ", ")
      return "there is no stage \(OutsideText.shown(request.stage)); there is \(names)"
    }
    guard let port = request.port, !stage.role.ports.contains(port) else { return nil }
    return "a \(stage.role.rawValue) has no port \(port)"
  }

  /// How the run stands, each second, until it has ended.
  private func states() -> AsyncStream<[UInt8]> {
    AsyncStream(bufferingPolicy: .bufferingNewest(2)) { continuation in
      follow(1)
      let task = Task { [self] in
        defer { follow(-1) }
        repeat {
          freshen()
          let hasEnded = hasEnded
          let line = LiveState(report: report, waits: waits, hasEnded: hasEnded).json
          continuation.yield(KnownSecrets.masked(Array("\(line.text())\n".utf8)))
          if hasEnded { break }
          await waitForNext()
        } while !Task.isCancelled
        continuation.finish()
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }
}
