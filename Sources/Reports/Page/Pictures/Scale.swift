#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Numbers to places along an axis, with marks at round numbers.
struct Scale: Sendable {
  enum Kind: Sendable {
    case linear
    /// Equal factors are equally far apart.
    case logarithmic
  }

  /// What the numbers are, for their labels.
  enum Unit: Sendable {
    case count
    /// Nanoseconds.
    case time
  }

  let kind: Kind
  let unit: Unit
  /// The numbers at its ends.
  let low: Double
  let high: Double
  /// Where those lie.
  let start: Double
  let end: Double

  /// Makes a linear scale that begins at 0 and ends at or above a number.
  static func linear(to most: Double, _ unit: Unit, from start: Double, to end: Double) -> Scale {
    let step = Self.step(for: most, unit)
    let high = max(step, (most / step).rounded(.up) * step)
    return Scale(kind: .linear, unit: unit, low: 0, high: high, start: start, end: end)
  }

  /// Makes a linear scale for a stretch of time, which ends with it.
  static func time(_ length: Double, from start: Double, to end: Double) -> Scale {
    Scale(kind: .linear, unit: .time, low: 0, high: max(1, length), start: start, end: end)
  }

  /// Makes a logarithmic scale for durations.
  static func logarithmic(
    _ least: Double, _ most: Double, from start: Double, to end: Double
  ) -> Scale {
    let low = powerOfTen(below: max(1, least))
    var high = powerOfTen(below: max(1, most))
    if high < most { high *= 10 }
    return Scale(
      kind: .logarithmic, unit: .time, low: low, high: max(high, low * 10), start: start, end: end)
  }

  /// Where a number lies.
  func place(_ value: Double) -> Double {
    let share =
      switch kind {
      case .linear: (value - low) / (high - low)
      case .logarithmic: log(max(value, low) / low) / log(high / low)
      }
    return start + min(max(share, 0), 1) * (end - start)
  }

  /// The numbers at which there are marks.
  var marks: [Double] {
    switch kind {
    case .linear:
      let step = Self.step(for: high, unit)
      return stride(from: low, through: high * 1.000_001, by: step).map { $0 }
    case .logarithmic:
      var marks: [Double] = []
      var mark = low
      while mark <= high * 1.000_001 {
        marks.append(mark)
        mark *= 10
      }
      return marks
    }
  }

  /// A mark's label.
  func label(_ value: Double) -> String {
    switch unit {
    case .count: Formats.short(value)
    case .time: Formats.shortDuration(value)
    }
  }

  /// The distance between marks that makes about five of them.
  private static func step(for most: Double, _ unit: Unit) -> Double {
    let wanted = max(most, unit == .count ? 1 : 1_000) / 5
    if unit == .time, wanted > 1e9 {
      let steps: [Double] = [
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400,
      ]
      if let step = steps.first(where: { $0 * 1e9 >= wanted }) { return step * 1e9 }
      return (wanted / 3.6e12).rounded(.up) * 3.6e12
    }
    let power = powerOfTen(below: wanted)
    let step = [1, 2, 5, 10].first { $0 * power >= wanted * 0.999_999 } ?? 10
    return unit == .count ? max(1, step * power) : step * power
  }

  private static func powerOfTen(below value: Double) -> Double {
    var power = 1.0
    while power * 10 <= value { power *= 10 }
    while power > value { power /= 10 }
    return power
  }
}
