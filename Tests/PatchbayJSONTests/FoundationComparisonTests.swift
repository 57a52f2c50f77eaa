import Foundation
import PatchbayJSON
import Testing

/// Our reader against Foundation's.
///
/// They differ where Foundation departs from RFC 8259, and these texts are left out:
/// - U+FEFF, which it drops from strings, and at the start of a text;
/// - U+0000, by which it guesses that a text is UTF-16;
/// - repeated names, of which it keeps one without a word.
///
/// It reads numbers by way of `Decimal`, whose nearest `Double` can be some digits off.
struct FoundationComparisonTests {
  @Test(arguments: 0..<4)
  func `Foundation accepts and reads the same`(part: Int) throws {
    var random = RandomJSON(seed: 200 + UInt64(part))
    var accepted = 0
    var failures: [String] = []
    for count in 0..<2_000 {
      let bytes =
        count % 2 == 0 ? random.mutated(random.value(depth: 3).bytes) : random.tokens()
      if Self.isReadOtherwise(bytes) { continue }
      let ours = Result { try JSONDocument(parsing: bytes) }
      let theirs = try? JSONSerialization.jsonObject(
        with: Data(bytes), options: .fragmentsAllowed)
      switch (ours, theirs) {
      case (.success(let document), let value?):
        accepted += 1
        if !document.duplicateNames.isEmpty { continue }
        if !Self.isSame(document.root.value, value) {
          failures.append("\(String(decoding: bytes, as: UTF8.self)) is \(value)")
        }
      case (.failure, nil): break
      case (.success, nil):
        failures.append("only we accept \(String(decoding: bytes, as: UTF8.self))")
      case (.failure(let error), _?):
        failures.append("only we refuse \(String(decoding: bytes, as: UTF8.self)): \(error)")
      }
    }
    #expect(failures.prefix(5) == [])
    #expect((200...1_500).contains(accepted))
  }

  private static func isReadOtherwise(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return bytes.contains(0) || text.unicodeScalars.contains("\u{FEFF}")
      || text.lowercased().contains("\\ufeff")
  }

  private static func isSame(_ ours: JSONValue, _ theirs: Any) -> Bool {
    switch (ours, theirs) {
    case (.null, is NSNull): true
    case (.string(let text), let other as String): Array(text.utf8) == Array(other.utf8)
    case (.array(let elements), let others as [Any]):
      elements.count == others.count && zip(elements, others).allSatisfy { isSame($0, $1) }
    case (.object(let members), let others as [String: Any]):
      members.count == others.count
        && members.allSatisfy { member in
          others[member.name].map { isSame(member.value, $0) } ?? false
        }
    case (.bool(let value), let number as NSNumber): isBool(number) && number.boolValue == value
    case (.integer(let value), let number as NSNumber):
      !isBool(number) && number.int64Value == Int64(value)
    case (.number(let value), let number as NSNumber):
      !isBool(number) && abs(number.doubleValue - value) <= abs(value) * 1e-14
    default: false
    }
  }

  private static func isBool(_ number: NSNumber) -> Bool {
    String(cString: number.objCType) == String(cString: NSNumber(value: true).objCType)
  }
}
