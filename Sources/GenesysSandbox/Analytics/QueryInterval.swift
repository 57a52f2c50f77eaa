import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// The interval of an analytics query.
struct QueryInterval {
  let start: Timestamp
  let end: Timestamp

  /// Reads the member `interval`.
  ///
  /// - Parameter longest: what it spans at most: 31 days, the platform's limit for queries of details.
  init(
    _ fields: BodyFields, atMost longest: Duration = .seconds(31 * 24 * 3600)
  ) throws(Refusal) {
    let interval = try fields.required("interval", fields.string("interval"))
    let parts = interval.split(separator: "/", omittingEmptySubsequences: false)
    // A date without a zone is one of UTC, as on the platform.
    func time(_ text: Substring) -> Timestamp? {
      Timestamp(String(text)) ?? Timestamp("\(text)Z")
    }
    guard parts.count == 2, let start = time(parts[0]), let end = time(parts[1]), start < end
    else {
      throw .invalidField(
        "interval", code: .invalidDate,
        "Intervals must be two ISO-8601 dates, the earlier first. For example: "
          + "2026-01-01T00:00:00.000Z/2026-01-02T00:00:00.000Z")
    }
    if end.since(start) > longest {
      let days = longest.components.seconds / (24 * 3600)
      throw .invalidField("interval", "the interval is longer than \(days) days")
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
