import Foundation
import PatchbayCore
import Testing

struct CivilDateTests {
  @Test(arguments: [
    (0, 1970, 1, 1), (-1, 1969, 12, 31), (58, 1970, 2, 28), (59, 1970, 3, 1),
    (11_016, 2000, 2, 29), (11_017, 2000, 3, 1), (19_782, 2024, 2, 29), (20_484, 2026, 1, 31),
    (-25_509, 1900, 2, 28), (-25_508, 1900, 3, 1), (47_540, 2100, 2, 28), (47_541, 2100, 3, 1),
    (-719_162, 1, 1, 1), (-719_163, 0, 12, 31), (-719_528, 0, 1, 1), (-719_529, -1, 12, 31),
    (-719_468, 0, 3, 1), (-719_469, 0, 2, 29), (2_932_896, 9999, 12, 31),
  ])
  func `a number of days is a date`(days: Int, year: Int, month: Int, day: Int) throws {
    let date = try #require(CivilDate(year: year, month: month, day: day))
    #expect(CivilDate(daysSince1970: days) == date)
    #expect(date.daysSince1970 == days)
  }

  @Test(arguments: [
    (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 32), (2026, 4, 31), (2026, 2, 29),
    (2024, 2, 30), (1900, 2, 29), (2100, 2, 29), (2026, -1, 1), (2026, 1, -1),
  ])
  func `a date that the calendar lacks is refused`(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }

  @Test(arguments: [2000, 2024, 2400, 0, -4, -400])
  func `leap years have a 29 February`(year: Int) {
    #expect(CivilDate(year: year, month: 2, day: 29) != nil)
  }

  @Test func `Foundation's calendar has the same dates`() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    var random = KeyedRandom(seed: 3, purpose: "days")
    var failures: [Int] = []
    for _ in 0..<5_000 {
      // From 1600, after Foundation's change from the Julian calendar, to 2399.
      let days = Int(random.next() % 292_194) - 135_140
      let ours = CivilDate(daysSince1970: days)
      let theirs = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(days) * 86_400))
      let isSame =
        ours.year == theirs.year && ours.month == theirs.month && ours.day == theirs.day
      if !isSame || ours.daysSince1970 != days { failures.append(days) }
    }
    #expect(failures.prefix(5) == [])
  }

  @Test func `day follows day over 800 years`() throws {
    var expected = try #require(CivilDate(year: -1, month: 12, day: 31))
    var failures: [Int] = []
    for days in -719_529..<(-719_529 + 2 * 146_097) {
      if CivilDate(daysSince1970: days) != expected { failures.append(days) }
      let (year, month, day) = (expected.year, expected.month, expected.day)
      expected = try #require(
        CivilDate(year: year, month: month, day: day + 1)
          ?? CivilDate(year: year, month: month + 1, day: 1)
          ?? CivilDate(year: year + 1, month: 1, day: 1))
    }
    #expect(failures.prefix(5) == [])
  }

  @Test func `far days are dates too`() {
    var random = KeyedRandom(seed: 4, purpose: "far days")
    var failures: [Int] = []
    for _ in 0..<5_000 {
      let days = Int(truncatingIfNeeded: random.next()) >> 20
      if CivilDate(daysSince1970: days).daysSince1970 != days { failures.append(days) }
    }
    #expect(failures.prefix(5) == [])
  }
}
