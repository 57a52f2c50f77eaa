import PatchbayCore

/// The moments at which interactions begin, one after the other, in nanoseconds from the start.
///
/// They depend on seed and options alone.
package struct ArrivalTimes: Sendable {
  private enum Shape {
    case curve(RateCurve)
    /// By chance; the mean gap and the end, in seconds.
    case chance(gap: Double, end: Double)
    case list([Int64])
  }

  private let shape: Shape
  private var random: KeyedRandom
  private var number = 0
  private var piece = 0
  private var moment = 0.0
  /// How long interactions begin, in nanoseconds.
  let end: Int64

  private init(_ shape: Shape, seed: UInt64, end: Int64) {
    self.shape = shape
    self.end = end
    random = KeyedRandom(seed: seed, purpose: "scenario.arrivals")
  }

  /// The moments along a curve.
  init(along curve: RateCurve) {
    self.init(.curve(curve), seed: 0, end: Int64((curve.seconds * 1e9).rounded()))
  }

  /// Moments by chance.
  init(_ arrivals: PoissonArrivals, seed: UInt64) {
    let shape = Shape.chance(gap: 1 / arrivals.rate.perSecond, end: arrivals.length.inSeconds)
    self.init(shape, seed: seed, end: arrivals.length.wholeNanoseconds)
  }

  /// The moments of a list, which ascends.
  init(_ moments: [Int64]) {
    self.init(.list(moments), seed: 0, end: moments.last ?? 0)
  }

  /// The next one; nil behind the last.
  package mutating func next() -> Int64? {
    defer { number += 1 }
    switch shape {
    case .curve(let curve):
      return number < curve.count ? curve.time(of: number, from: &piece) : nil
    case .chance(let gap, let end):
      moment -= gap * NaturalLogarithm.of(1 - random.unit())
      return moment < end ? Int64((moment * 1e9).rounded()) : nil
    case .list(let moments):
      return number < moments.count ? moments[number] : nil
    }
  }

  /// How many there are; where chance decides, how many are likely.
  var count: Int {
    switch shape {
    case .curve(let curve): curve.count
    case .list(let moments): moments.count
    case .chance(let gap, let end): Int(end / gap)
    }
  }
}
