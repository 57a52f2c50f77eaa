/// Which stages share a limit, and which of them are at it.
struct StageRoll {
  /// For each stage the last window in which it asked.
  private var lastAsked: [Int] = []
  private var window = 0
  /// For each stage how many of its requests wait.
  var waiting: [Int] = []

  mutating func add() -> Int {
    lastAsked.append(window)
    waiting.append(0)
    return lastAsked.count - 1
  }

  mutating func ask(_ stage: Int) { lastAsked[stage] = window }

  mutating func beginWindow() { window += 1 }

  /// The others that have asked in this window or in the one before.
  func others(than stage: Int) -> [Int] {
    if lastAsked.count == 1 { return [] }
    return lastAsked.indices.filter { $0 != stage && lastAsked[$0] >= window - 1 }
  }
}
