import PatchbayCore
import Testing

struct SettlementCountsTests {
  @Test func `settlements are ordered from best to worst`() {
    #expect(Settlement.allCases == [.delivered, .rejected, .failed, .abandoned])
    #expect(Settlement.allCases.reversed().sorted() == Settlement.allCases)
  }

  @Test func `each settlement has its count`() {
    var counts = SettlementCounts()
    #expect(counts.isBalanced)
    counts.emitted = 11
    counts.add(.delivered)
    counts.add(.rejected, 2)
    counts.add(.failed, 3)
    #expect(!counts.isBalanced)
    counts.add(.abandoned, 5)
    #expect(counts.line == "11 = 1 + 2 + 3 + 5")
    #expect(counts.settled == 11)
    #expect(counts.isBalanced)
    counts.add(.delivered)
    #expect(!counts.isBalanced)
  }
}
