/// How many of something a run will bring, as far as it can be told before.
public struct Amount: Sendable, Equatable {
  /// At least so many.
  public let least: Int
  /// At most so many; nil if nobody can tell.
  public let most: Int?
  /// Where the number comes from if it can't be told: `one for each line of events.jsonl`.
  public let origin: String?

  private init(least: Int, most: Int?, origin: String?) {
    self.least = least
    self.most = most
    self.origin = origin
  }

  /// Just so many.
  public static func exactly(_ count: Int) -> Amount {
    Amount(least: count, most: count, origin: nil)
  }

  /// From some to some more.
  public static func between(_ least: Int, _ most: Int) -> Amount {
    Amount(least: min(least, most), most: max(least, most), origin: nil)
  }

  /// A number that only the run will show, with where it comes from.
  public static func unknown(_ origin: String) -> Amount {
    Amount(least: 0, most: nil, origin: origin)
  }

  /// None to all of them.
  public var atMost: Amount { Amount(least: 0, most: most, origin: origin) }

  /// Both together; a sum that passes 63 bits is unknown.
  public static func + (one: Amount, other: Amount) -> Amount {
    let least = one.least.addingReportingOverflow(other.least)
    let most = one.most.flatMap { first in
      other.most.flatMap { second -> Int? in
        let sum = first.addingReportingOverflow(second)
        return sum.overflow ? nil : sum.partialValue
      }
    }
    let origins = [one.origin, other.origin].compactMap(\.self)
    return Amount(
      least: least.overflow ? .max : least.partialValue, most: most,
      origin: most != nil ? nil : origins.isEmpty ? "too many" : origins.joined(separator: "; "))
  }

  /// In how many groups of at most `size` they can come.
  public func groups(of size: Int) -> Amount {
    let size = max(1, size)
    let fewest = least / size + (least % size == 0 ? 0 : 1)
    return Amount(least: size == 1 ? least : fewest, most: most, origin: origin)
  }
}

extension Amount: CustomStringConvertible {
  /// `120`, `0 to 120`, or `unknown (one for each line of events.jsonl)`.
  public var description: String {
    guard let most else { return "unknown (\(origin ?? "nobody can tell"))" }
    return least == most ? String(most) : "\(least) to \(most)"
  }
}
