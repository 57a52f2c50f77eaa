import PatchbayCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether durations of one run tend to be longer than those of another: the Mann-Whitney test, on shapes.
///
/// It asks how often a duration of the second is the longer one of a pair, and how likely it is that this is as far
/// from half by chance. Equal durations, which shapes have many of, are in the variance. It takes durations for
/// independent of each other; those of one run seldom are quite.
struct RankTest: Sendable {
  /// How likely a duration of the second is longer than one of the first, equal ones by half; 0.5 is no difference.
  let superiority: Double
  /// How likely it would be as far from half by chance, if there were no difference.
  let chance: Double

  /// - Returns: nil if there are fewer than two durations of either.
  init?(_ first: Distribution, _ second: Distribution) {
    let (m, n) = (Double(first.count), Double(second.count))
    guard first.count > 1, second.count > 1 else { return nil }
    var (left, right) = (first.buckets[...], second.buckets[...])
    // Pairs that the second wins, and what ties take from the variance.
    var wins = 0.0
    var ties = 0.0
    var passed = 0.0
    while let value = [left.first?.value, right.first?.value].compactMap({ $0 }).min() {
      let one = left.first?.value == value ? Double(left.removeFirst().count) : 0
      let other = right.first?.value == value ? Double(right.removeFirst().count) : 0
      wins += other * (passed + one / 2)
      let both = one + other
      ties += both * (both * both - 1)
      passed += one
    }
    superiority = wins / (m * n)
    let all = m + n
    let variance = m * n / 12 * (all + 1 - ties / (all * (all - 1)))
    guard variance > 0 else {
      chance = 1
      return
    }
    let distance = max(0, abs(wins - m * n / 2) - 0.5) / variance.squareRoot()
    chance = erfc(distance / 2.0.squareRoot())
  }
}
