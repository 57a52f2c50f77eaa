import PatchbayCore

/// What stages and connections do beside the run: servers that serve, programs that are looked after.
package final class BackgroundWork: Sendable {
  private let starting: AsyncStream<@Sendable () async -> Void>
  private let beginning: AsyncStream<@Sendable () async -> Void>.Continuation

  package init() {
    (starting, beginning) = AsyncStream.makeStream()
  }

  /// Starts work on a task of its own.
  package func start(_ work: @escaping @Sendable () async -> Void) { beginning.yield(work) }

  /// Runs what is started, until `end()` or cancelled; then all of it is cancelled and awaited.
  package func run() async {
    await withDiscardingTaskGroup { group in
      for await work in starting { group.addTask { await work() } }
      group.cancelAll()
    }
  }

  /// Starts nothing more, and ends what runs.
  package func end() { beginning.finish() }
}
