import ContactModel
import PatchbayCore
package import PatchbayJSON

/// Replaces secrets and what may tell of a person by fakes that stay the same throughout a recording.
///
/// What isn't known to be harmless is replaced: texts stay only if they look like words of an API, and
/// aren't under a name that persons' data stand under. Fakes of texts sort as the texts do, so that the order
/// of a list still means something. Ids are replaced, too, for they lead to persons;
/// those of the system's presences are the same everywhere and stay.
package struct Fakes {
  /// Members whose texts are about persons, or named by them.
  private static let personalNames: Set<String> = [
    "name", "firstname", "lastname", "middlename", "preferredname", "nickname", "username",
    "participantname", "callbackusername", "displayname", "title", "department", "email", "address",
    "addressfrom", "addressto", "addressself", "addressother", "addressraw", "addressnormalized",
    "addressdisplayable", "ani", "aniname", "dnis", "dnisname", "callerid", "calleridname",
    "phonenumber",
    "subject", "notes", "wrapupnote", "message", "text", "label", "description", "password",
    "manager",
    "customer_name", "remote", "remotenamedisplayable", "city", "street", "tags",
  ]
  /// Members that open something to whoever knows them.
  private static let secretNames: Set<String> = [
    "access_token", "refresh_token", "client_secret", "code", "code_verifier", "password", "state",
  ]
  /// Members whose members' names and values anybody may have chosen.
  private static let openNames: Set<String> = [
    "attributes", "data", "additionalinfo", "languagelabels",
  ]

  private static let systemIDs = Set(SystemPresence.allCases.map(\.idText))
  private static let systemNames = Set(
    SystemPresence.allCases.flatMap {
      [$0.rawValue, $0.rawValue.replacing(" ", with: ""), $0.analyticsName]
    })

  private var ids: [String: String] = [:]
  private var people: [String: Int] = [:]
  private var numbers: [String: Int] = [:]
  private var texts = OrderedFakes()

  package init() {}

  /// What stands for all that opens something to whoever knows it.
  static let secret = "***"

  /// What a text that is a fake begins with.
  static let marks = ["fake ", "fake-", "tel:+44163296"]

  /// A body without what it shouldn't tell.
  package mutating func replace(in value: JSONValue, under name: String = "", isOAuth: Bool = false)
    -> JSONValue
  {
    switch value {
    case .object(let members):
      let isOpen = Self.openNames.contains(name.lowercased())
      return .object(
        members.map { member in
          let inner = isOpen ? "text" : member.name
          return .init(
            isOpen ? replace(id: member.name) : member.name,
            replace(in: member.value, under: inner, isOAuth: isOAuth))
        })
    case .array(let values):
      return .array(values.map { replace(in: $0, under: name, isOAuth: isOAuth) })
    case .string(let text):
      if isOAuth, Self.secretNames.contains(name) { return .string(Self.secret) }
      if ["access_token", "refresh_token", "client_secret", "password"].contains(name) {
        return .string(Self.secret)
      }
      return .string(replace(text: text, under: name))
    default: return value
    }
  }

  /// A path and a query without what they shouldn't tell.
  package mutating func replace(inTarget target: String) -> String {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts[0].split(separator: "/", omittingEmptySubsequences: false)
      .map { replace(id: String($0)) }.joined(separator: "/")
    guard parts.count == 2 else { return path }
    let query = parts[1].split(separator: "&").map { field -> String in
      let pair = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else { return String(field) }
      let elements = String(pair[1]).removingPercents
        .split(separator: ",", omittingEmptySubsequences: false)
      let value = elements.map { replace(text: String($0), under: String(pair[0])) }
      return "\(pair[0])=\(value.joined(separator: ",").addingPercents)"
    }
    return "\(path)?\(query.joined(separator: "&"))"
  }

  private mutating func replace(text: String, under name: String) -> String {
    if text.isEmpty || Timestamp(text) != nil || Self.systemNames.contains(text) { return text }
    let withoutIDs = replace(id: text)
    if withoutIDs != text || Self.systemIDs.contains(text.lowercased()) { return withoutIDs }
    if Self.isNumber(text) { return number(text) }
    if text.contains("@") { return "fake-\(Self.index(of: text, in: &people))@sandbox.invalid" }
    if Self.personalNames.contains(name.lowercased()) {
      return texts.fake(of: text)
    }
    return Self.isWord(text) ? text : texts.fake(of: text)
  }

  /// The text with each UUID in it replaced by another.
  private mutating func replace(id text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while !rest.isEmpty {
      let candidate = rest.prefix(36)
      if candidate.utf8.count == 36, UUIDBits(anyCase: String(candidate)) != nil {
        result += replacement(of: candidate.lowercased())
        rest = rest.dropFirst(36)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }

  private mutating func replacement(of id: String) -> String {
    if Self.systemIDs.contains(id) { return id }
    if let known = ids[id] { return known }
    let digits = String(ids.count + 1, radix: 16)
    let fake =
      "00000000-0000-4000-8000-" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    ids[id] = fake
    return fake
  }

  /// Whether a text is something that can be called.
  private static func isNumber(_ text: String) -> Bool {
    let bare =
      ["tel:", "sip:"].first { text.lowercased().hasPrefix($0) }
      .map { text.dropFirst($0.count) } ?? text[...]
    let digits = bare.utf8.count { (0x30...0x39).contains($0) }
    return digits >= 5 && (bare.first == "+" || bare.count != text.count || digits >= 7)
      && bare.allSatisfy { "+0123456789 ()-./".contains($0) }
  }

  private mutating func number(_ text: String) -> String {
    let digits = String(Self.index(of: text, in: &numbers))
    return "tel:+44163296" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Whether a text looks like a word of an API, or a small number: `general.conflict`, `ON_QUEUE`,
  /// `/api/v2/users`, `25`.
  private static func isWord(_ text: String) -> Bool {
    if text.utf8.count < 5, Int(text) != nil { return true }
    return text.utf8.count <= 128
      && text.first.map { $0.isLetter || $0 == "/" || $0 == "*" } ?? false
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || "_.:/-?=&*{}".utf8.contains(byte)
      }
  }

  private static func index(of text: String, in known: inout [String: Int]) -> Int {
    if let index = known[text] { return index }
    known[text] = known.count + 1
    return known.count
  }
}

extension String {
  fileprivate var removingPercents: String {
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  fileprivate var addingPercents: String {
    var text = ""
    for byte in utf8 {
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || "-._~*:/,".utf8.contains(byte)
      if isPlain {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return text
  }
}
