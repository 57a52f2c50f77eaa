import Foundation
import Testing

/// Has tests wait for programs on threads of their own, as many as there are processors.
///
/// On Swift's threads, of which there are no more than that, everything else would wait with them:
/// timeouts in other tests would pass that nobody looked at.
struct ProgramTrait: SuiteTrait, TestTrait, TestScoping {
  private static let executor = Executor()

  var isRecursive: Bool { true }

  func scopeProvider(for test: Test, testCase: Test.Case?) -> Self? {
    testCase == nil ? nil : self
  }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(Self.executor) { try await function() }
  }

  private final class Executor: TaskExecutor {
    private let queue = OperationQueue()

    init() {
      queue.maxConcurrentOperationCount = ProcessInfo.processInfo.activeProcessorCount
    }

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      queue.addOperation { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
  }
}

extension Trait where Self == ProgramTrait {
  /// For tests that run the program and wait for it.
  static var waitsForPrograms: Self { Self() }
}

extension Trait where Self == ConditionTrait {
  /// Skips a test where no program was built for it.
  static var needsProgram: Self {
    .enabled(if: Program.path != nil, "PATCHBAY_BINARY is not set; run make test")
  }
}
