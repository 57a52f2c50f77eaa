/// A rate that changes over time in straight lines, and the moments at which so many have begun.
///
/// Number k, from 0, begins when the area below the curve passes k: the spacing follows the rate, however it
/// changes, and nothing is rounded to ticks.
struct RateCurve: Sendable {
  /// A stretch in which the rate goes from one value to another in a straight line.
  private struct Piece {
    /// When it begins, and how long it is, in seconds.
    let start: Double
    let length: Double
    /// The rate at its start and at its end, a second.
    let from: Double
    let to: Double
    /// How many have begun before it.
    let before: Double

    var area: Double { (from + to) / 2 * length }

    /// When so many more have begun, in seconds from its start.
    func time(of more: Double) -> Double {
      if more <= 0 { return 0 }
      let slope = (to - from) / length
      let root = max(0, from * from + 2 * slope * more).squareRoot()
      return min(length, 2 * more / (from + root))
    }
  }

  /// What is less than one by so little is one: sums of fractions are never quite whole.
  private static let tolerance = 1e-6

  private var pieces: [Piece] = []
  private(set) var seconds = 0.0
  private var area = 0.0

  /// Makes a curve of no length.
  init() {}

  /// A curve that stays at one rate.
  static func constant(_ perSecond: Double, for seconds: Double) -> RateCurve {
    var curve = RateCurve()
    curve.goOn(from: perSecond, to: perSecond, for: seconds)
    return curve
  }

  /// Goes on in a straight line.
  mutating func goOn(from: Double, to: Double, for length: Double) {
    guard length > 0 else { return }
    let piece = Piece(start: seconds, length: length, from: from, to: to, before: area)
    pieces.append(piece)
    seconds += length
    area += piece.area
  }

  /// How many begin in all.
  var count: Int { Int(max(0, (area - Self.tolerance).rounded(.up))) }

  /// The highest rate.
  var peak: Double { pieces.reduce(0) { max($0, $1.from, $1.to) } }

  /// The rate at a moment, in seconds from the start; nothing outside of the curve.
  func rate(at moment: Double) -> Double {
    guard let piece = pieces.last(where: { $0.start <= moment }),
      moment <= piece.start + piece.length
    else { return 0 }
    return piece.from + (piece.to - piece.from) * (moment - piece.start) / piece.length
  }

  /// How many have begun before a moment, in seconds from the start.
  func begun(before moment: Double) -> Double {
    guard let piece = pieces.last(where: { $0.start <= moment }) else { return 0 }
    let inside = min(moment - piece.start, piece.length)
    let rate = piece.from + (piece.to - piece.from) * inside / piece.length
    return piece.before + (piece.from + rate) / 2 * inside
  }

  /// When a number begins, in nanoseconds from the start.
  ///
  /// - Parameters:
  ///   - number: from 0, below `count`.
  ///   - hint: the piece in which the number before it began, from 0; it is moved on.
  func time(of number: Int, from hint: inout Int) -> Int64 {
    let number = Double(number)
    while hint + 1 < pieces.count, number >= pieces[hint + 1].before - Self.tolerance { hint += 1 }
    let piece = pieces[hint]
    let seconds = piece.start + piece.time(of: number - piece.before)
    return Int64((seconds * 1e9).rounded())
  }
}
