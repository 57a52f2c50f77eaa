import PatchbayCore

/// Pictures of a run over its time.
enum Curves {
  /// What sources were to do in each stretch of time, and what they did, as events a second.
  static func load(_ schedule: RunTimeline.Schedule) -> Markup {
    let seconds = Double(schedule.width) / 1e9
    let intended = schedule.intended.map { Double($0) / seconds }
    let left = schedule.left.map { Double($0) / seconds }
    let most = (intended + left).max() ?? 0
    let length = Double(schedule.width) * Double(max(1, left.count))
    let plot = Plot(
      title: "Events a second over time: as they were to leave, and as they left",
      across: .time(length, from: Plot.left, to: Plot.right),
      up: .linear(to: most, .count, from: Plot.bottom, to: Plot.top),
      legend: [("to leave, events a second", "c-plan"), ("left", "c-1")])
    let width = Double(schedule.width)
    return plot.picture([
      plot.steps(intended, width: width, style: "c-plan", isFilled: true),
      plot.steps(left, width: width, style: "c-1", isFilled: false),
    ])
  }

  /// How long events took over time; nil if nothing was measured.
  static func latency(
    _ points: [RunTimeline.Point], _ figures: (RunTimeline.Point) -> RunTimeline.Figures?,
    title: String
  ) -> Markup? {
    let measured = points.compactMap(figures)
    guard let least = measured.map(\.p50).min(), let most = measured.map(\.maximum).max() else {
      return nil
    }
    let isWide = Double(most) > 20 * Double(max(1, least))
    let length = Double(points.last?.time ?? 0)
    let plot = Plot(
      title: title, across: .time(length, from: Plot.left, to: Plot.right),
      up: isWide
        ? .logarithmic(Double(least), Double(most), from: Plot.bottom, to: Plot.top)
        : .linear(to: Double(most), .time, from: Plot.bottom, to: Plot.top),
      legend: [("median", "c-1"), ("p95", "c-2"), ("p99", "c-3"), ("greatest", "c-4")])
    let lines: [((RunTimeline.Figures) -> Int64, String)] = [
      (\.maximum, "c-4"), (\.p99, "c-3"), (\.p95, "c-2"), (\.p50, "c-1"),
    ]
    return plot.picture(
      lines.map { figure, style in
        plot.curve(
          points.map { (Double($0.time), figures($0).map { Double(figure($0)) }) }, style: style)
      })
  }

  /// How many events there were of each duration, by factors of the duration.
  static func histogram(_ shape: Distribution, title: String) -> Markup? {
    guard shape.count > 0 else { return nil }
    let bins = Bins(shape)
    let across = Scale.logarithmic(
      Double(max(1, shape.minimum)), Double(shape.maximum), from: Plot.left, to: Plot.right)
    let up = Scale.linear(
      to: Double(bins.counts.map(\.count).max() ?? 0), .count, from: Plot.bottom, to: Plot.top)
    let plot = Plot(title: title, across: across, up: up)
    let bars = bins.counts.map { bin -> Markup in
      let (x, end) = (across.place(bin.low), across.place(bin.high))
      let y = up.place(Double(bin.count))
      return """
        <rect class="bar c-1" x="\(x)" y="\(y)" width="\(max(1, end - x - 1))" height="\(Plot.bottom - y)">\
        <title>\(Formats.duration(bin.low)) to \(Formats.duration(bin.high)): \(Formats.grouped(bin.count))</title></rect>
        """
    }
    let markers = [Distribution.Statistic.p50, .p95, .p99].enumerated().map {
      row, statistic -> Markup in
      let x = across.place(shape[statistic])
      // Names don't cover each other, however near they are.
      let y = Plot.top + 10 + Double(row) * 14
      return """
        <line class="marker" x1="\(x)" y1="\(Plot.top)" x2="\(x)" y2="\(Plot.bottom)"/>\
        <text class="mark" x="\(x + 4)" y="\(y)">\(statistic.heading) \(Formats.duration(shape[statistic]))</text>
        """
    }
    return plot.picture(bars + markers)
  }
}

/// A shape of durations in some twenty stretches a factor of ten.
private struct Bins {
  var counts: [(low: Double, high: Double, count: Int)] = []

  init(_ shape: Distribution) {
    // The twentieth root of 10.
    let factor = 1.122_018_454_301_963
    var high = 1.0
    for bucket in shape.buckets {
      let value = max(1, Double(bucket.value))
      if counts.last.map({ value <= $0.high }) ?? false {
        counts[counts.count - 1].count += bucket.count
        continue
      }
      while high < value { high *= factor }
      counts.append((high / factor, high, bucket.count))
    }
  }
}
