import PatchbayCore

extension Timestamp {
  /// The time as the platform writes it: `yyyy-MM-ddTHH:mm:ss.SSSZ`, cut to milliseconds.
  var platformText: String {
    let text = description
    let seconds = text.prefix { $0 != "." && $0 != "Z" }
    let fraction = text.dropFirst(seconds.count + 1).prefix { $0 != "Z" }.prefix(3)
    return "\(seconds).\(fraction)\(String(repeating: "0", count: 3 - fraction.count))Z"
  }
}
