import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// The interval of an analytics query.
struct QueryInterval {
  private let start: Timestamp
  private let end: Timestamp

  /// Reads the member `interval`.
  init(_ fields: BodyFields) throws(Refusal) {
    let interval = try fields.required("interval", fields.string("interval"))
    let parts = interval.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = Timestamp(String(parts[0])),
      let end = Timestamp(String(parts[1])), start < end
    else {
      throw .invalidField(
        "interval", code: .invalidDate,
        "Intervals must be two ISO-8601 dates, the earlier first. For example: "
          + "2026-01-01T00:00:00.000Z/2026-01-02T00:00:00.000Z")
    }
    // The platform's limit for these queries.
    if end.since(start) > .seconds(31 * 24 * 3600) {
      throw .invalidField("interval", "the interval is longer than 31 days")
    }
    self.start = start
    self.end = end
  }

  /// Whether something overlaps it that may still last.
  func touches(_ first: Timestamp, until last: Timestamp?) -> Bool {
    first < end && last.map { $0 > start } ?? true
  }
}

/// The order of an analytics query's answer.
enum QueryOrder {
  /// Whether the member `order` asks for the last first.
  static func isDescending(_ fields: BodyFields) throws(Refusal) -> Bool {
    try fields.choice("order", among: ["asc", "desc"]) { word in
      ["asc", "desc"].first { $0 == word.lowercased() }
    } == "desc"
  }
}

extension Page {
  /// Reads the member `paging`.
  init(paging fields: BodyFields) throws(Refusal) {
    let paging = try fields.object("paging")
    self.init(
      size: try paging?.integer("pageSize", 1...100) ?? 25,
      number: try paging?.integer("pageNumber", 1...1_000_000) ?? 1)
  }
}
