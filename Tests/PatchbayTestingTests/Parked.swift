import Synchronization

/// Where stages that hang are left: they take no time, and nobody waits for them.
enum Parked {
  private static let stages = Mutex<[CheckedContinuation<Void, Never>]>([])

  static func forEver() async {
    await withCheckedContinuation { stage in stages.withLock { $0.append(stage) } }
  }
}
