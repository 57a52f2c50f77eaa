import PatchbayCore

/// What agents did over the last stretch of time, a lane each.
struct LanePicture {
  private static let row = 20.0
  private static let left = 130.0
  private static let width = 940.0
  /// How much time is shown.
  private static let window: Int64 = 60_000_000_000

  private let lanes: [LiveRun.Lane]
  private let now: Timestamp
  /// Every state that is drawn, in the order in which it came; the place gives its colour.
  private let states: [String]

  init(_ lanes: [LiveRun.Lane], now: Timestamp) {
    self.lanes = lanes
    self.now = now
    var states: [String] = []
    for state in lanes.lazy.flatMap(\.states).map(\.state) where !states.contains(state) {
      states.append(state)
    }
    self.states = states.sorted()
  }

  var picture: Markup? {
    if lanes.isEmpty { return nil }
    let begin = lanes.compactMap(\.states.first?.since).min() ?? now
    let length = max(1_000_000_000, min(Self.window, now.nanosecondsSince(begin)))
    let start = now.advanced(byNanoseconds: -length)
    let height = Double(lanes.count) * Self.row + 4
    let rows = lanes.enumerated().map { number, lane in
      self.lane(lane, y: Double(number) * Self.row + 2, from: start, length)
    }
    let key = states.enumerated().map { number, state -> Markup in
      "<span><i class=\"s\(number % 8)\"></i>\(state)</span>"
    }
    let title = "States of \(lanes.count) agents over the last \(Formats.duration(Double(length)))"
    return """
      <figure><svg role="img" aria-label="\(title)" viewBox="0 0 \(Self.left + Self.width) \(height)">\(rows)</svg>\
      <figcaption>\(key)<span>the last \(Formats.duration(Double(length)))</span></figcaption></figure>
      """
  }

  /// The end of a state's name, where there is room: there are more states than colours.
  private func name(of state: String, _ x: Double, _ right: Double, _ y: Double) -> Markup {
    let word = state.split(separator: "/").last.map(String.init) ?? state
    guard Double(word.count) * 7 + 8 < right - x else { return "" }
    return "<text class=\"lane\" x=\"\(x + 4)\" y=\"\(y + 12)\">\(word)</text>"
  }

  private func lane(
    _ lane: LiveRun.Lane, y: Double, from start: Timestamp, _ length: Int64
  ) -> Markup {
    func place(_ time: Timestamp) -> Double {
      let share = Double(time.nanosecondsSince(start)) / Double(length)
      return Self.left + min(max(share, 0), 1) * Self.width
    }
    let bars = lane.states.indices.compactMap { index -> Markup? in
      let end = index + 1 < lane.states.count ? lane.states[index + 1].since : now
      let (x, right) = (place(lane.states[index].since), place(end))
      guard right > x, let state = states.firstIndex(of: lane.states[index].state) else {
        return nil
      }
      return """
        <rect class="s\(state % 8)" x="\(x)" y="\(y)" width="\(right - x)" height="\(Self.row - 4)">\
        <title>\(lane.states[index].state)</title></rect>\(self.name(of: lane.states[index].state, x, right, y))
        """
    }
    let name = lane.agent.count > 16 ? lane.agent.prefix(15) + "…" : lane.agent
    return "<text class=\"mark\" x=\"0\" y=\"\(y + 13)\">\(name)</text>\(bars)"
  }
}
