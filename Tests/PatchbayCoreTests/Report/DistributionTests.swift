import PatchbayCore
import Testing

/// Shapes of durations tell percentiles, and can be put together.
struct DistributionTests {
  private func shape(_ values: [(Int64, Int)]) -> Distribution {
    let count = values.reduce(0) { $0 + $1.1 }
    let sum = values.reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    return Distribution(
      buckets: values.map { .init(value: $0.0, count: $0.1) },
      minimum: values.first?.0 ?? 0, mean: sum / Double(max(1, count)),
      maximum: values.last?.0 ?? 0)
  }

  @Test func `a percentile is the least duration that so many were at most`() {
    let hundred = shape((1...100).map { (Int64($0) * 10, 1) })
    for (percent, value) in [(0.0, 10), (1, 10), (50, 500), (90, 900), (99, 990), (99.9, 1_000)] {
      #expect(hundred.percentile(percent) == Int64(value), "\(percent)")
    }
    #expect(hundred.percentile(100) == 1_000)
    #expect(hundred[.p999] == 1_000)
    #expect(hundred[.mean] == 505)
  }

  @Test func `no percentile passes the greatest or the least duration`() {
    let one = Distribution(
      buckets: [.init(value: 1_023, count: 1)], minimum: 1_001, mean: 1_001, maximum: 1_001)
    for statistic in Distribution.Statistic.allCases { #expect(one[statistic] == 1_001) }
  }

  @Test func `the shape of nothing is nothing, alone and with another`() {
    #expect(Distribution().percentile(50) == 0)
    var sum = Distribution()
    sum.merge(Distribution())
    #expect(sum == Distribution())
    let other = shape([(10, 2), (20, 1)])
    sum.merge(other)
    #expect(sum == other)
    sum.merge(Distribution())
    #expect(sum == other)
  }

  @Test func `shapes put together are the shape of all durations`() {
    var sum = shape([(10, 2), (30, 1), (50, 1)])
    sum.merge(shape([(5, 1), (30, 3)]))
    #expect(sum == shape([(5, 1), (10, 2), (30, 4), (50, 1)]))
    #expect(sum.count == 8)
  }
}
