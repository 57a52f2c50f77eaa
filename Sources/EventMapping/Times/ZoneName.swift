import Foundation
import PatchbayCore

/// A zone of the IANA database, such as `Europe/Berlin`; `UTC` is one.
package struct ZoneName: OptionText, Equatable {
  package static var grammar: (name: String, example: String, pattern: String?) {
    ("time zone", "Europe/Berlin", nil)
  }

  /// UTC.
  package static let universal = ZoneName(known: "UTC")

  package let optionText: String

  private init(known: String) { optionText = known }

  package init?(optionText text: String) {
    guard TimeZone(identifier: text) != nil, !text.isEmpty else { return nil }
    optionText = text
  }

  /// Whether every local time is the same as in UTC.
  var isUniversal: Bool { ["UTC", "GMT", "Etc/UTC"].contains(optionText) }
}
