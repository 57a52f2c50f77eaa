import PatchbayCore
import Testing

/// Recorded times keep their distances, divided by the speed, and without gaps that are too long.
struct PaceTests {
  private func offsets(_ seconds: [Double], _ pace: RecordedPace) -> [Double] {
    let start = Timestamp(nanoseconds: 5_000_000_000)
    var keeper = PaceKeeper(pace, start: start)
    return seconds.map { second in
      let due = keeper.due(Timestamp(nanoseconds: Int64(second * 1e9)))
      return Double(due.nanosecondsSince(start)) / 1e9
    }
  }

  @Test func `as it was, the first at once`() {
    #expect(offsets([100, 101.5, 101.5, 161], RecordedPace()) == [0, 1.5, 1.5, 61])
  }

  @Test func `faster, and with long gaps cut`() {
    var pace = RecordedPace()
    pace.speed = 10
    pace.longestGap = .seconds(30)
    #expect(offsets([0, 20, 50, 86_450, 86_460], pace) == [0, 2, 5, 8, 9])
  }

  @Test func `what is earlier than something before it is due with that`() {
    #expect(offsets([10, 13, 11, 14], RecordedPace()) == [0, 3, 3, 4])
  }

  @Test func `all that comes after an interruption is later by so much`() {
    var keeper = PaceKeeper(RecordedPace(), start: Timestamp(nanoseconds: 0))
    _ = keeper.due(Timestamp(nanoseconds: 0))
    keeper.postpone(byNanoseconds: 7)
    #expect(keeper.due(Timestamp(nanoseconds: 3)).nanoseconds == 10)
    keeper.postpone(byNanoseconds: -7)
    #expect(keeper.due(Timestamp(nanoseconds: 3)).nanoseconds == 10)
  }

  @Test func `times at both ends of the range don't trap`() {
    var keeper = PaceKeeper(RecordedPace(), start: Timestamp(nanoseconds: .max - 1))
    _ = keeper.due(Timestamp(nanoseconds: .min))
    #expect(keeper.due(Timestamp(nanoseconds: .max)).nanoseconds == .max)
  }
}
