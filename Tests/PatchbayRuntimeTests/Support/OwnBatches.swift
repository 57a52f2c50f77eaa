import PatchbayCore
import PatchbayTesting

extension ScriptedSource {
  /// Makes a source that emits well-formed events in batches of its own.
  static func inBatches(_ count: Int, of size: Int = 256, agents: Int = 5) -> ScriptedSource {
    ScriptedSource { outlet in
      for start in stride(from: 0, to: count, by: size) {
        try await outlet.emitTogether(start..<min(start + size, count), agents: agents)
      }
    }
  }
}

extension SourceOutlet {
  /// Emits well-formed events as one batch.
  @discardableResult
  func emitTogether(_ numbers: Range<Int>, agents: Int = 5) async throws -> Receipt {
    var batch = makeBatch()
    for number in numbers {
      batch.append(.sample(number, agent: number % agents), intended: Timestamp(nanoseconds: 0))
    }
    return try await emit(batch)
  }
}
