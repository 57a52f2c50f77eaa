import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import Reports
import Synchronization

extension RunDashboard {
  /// Answers what is asked of the run's socket.
  ///
  /// - Parameters:
  ///   - tap: what shows what passes through stages.
  ///   - send: takes each line.
  package func answer(
    _ question: WatchQuestion, _ tap: RunTap, _ send: ([UInt8]) async throws -> Void
  ) async throws {
    switch question {
    case .top: try await sendStates(send)
    case .tap(let request):
      if let refusal = refusal(request) {
        let line: JSONValue = ["error": .string(refusal)]
        return try await send(Array("\(line.text())\n".utf8))
      }
      for await line in tap.lines(request) { try await send(line) }
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

  /// Sends how the run stands, each second, until it has ended.
  private func sendStates(_ send: ([UInt8]) async throws -> Void) async throws {
    follow(1)
    defer { follow(-1) }
    while true {
      let hasEnded = hasEnded
      freshen()
      let line = LiveState(report: report, waits: waits, hasEnded: hasEnded).json
      try await send(KnownSecrets.masked(Array("\(line.text())\n".utf8)))
      if hasEnded { return }
      try await waitForNext()
    }
  }
}
