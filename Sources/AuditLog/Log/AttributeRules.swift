import Crypto
import PatchbayCore
import PatchbayJSON

/// What an audit log does with an attribute.
package enum AttributeRule: String, OptionChoice {
  /// It stands there as it is.
  case keep
  /// Its name stands there, and three asterisks.
  case mask
  /// A hash stands there that is the same for the same value in this log alone.
  case hash
  /// Nothing of it stands there.
  case drop

  package var doc: String {
    switch self {
    case .keep: "It stands there as it is."
    case .mask: "Its name stands there, with *** for its value."
    case .hash: "A salted hash stands there, the same for the same value within one log."
    case .drop: "Nothing of it stands there."
    }
  }
}

/// The rules for all attributes, by their names.
struct AttributeRules: Sendable {
  /// For attributes that have no rule of their own.
  let general: AttributeRule
  let byName: [String: AttributeRule]
  /// What hashes are salted with.
  var salt: [UInt8] = []

  /// Whether everything stands there as it is.
  var keepsAll: Bool { general == .keep && byName.values.allSatisfy { $0 == .keep } }

  /// Whether nothing of any attribute stands there.
  var dropsAll: Bool { general == .drop && byName.values.allSatisfy { $0 == .drop } }

  /// Attributes as they stand in the log.
  func applied(to members: [JSONValue.Member]) -> [JSONValue.Member] {
    members.compactMap { member in
      switch byName[member.name] ?? general {
      case .keep: JSONValue.Member(member.name, member.value.exact)
      case .mask: JSONValue.Member(member.name, .string("***"))
      case .hash: JSONValue.Member(member.name, .string(hash(of: member.value)))
      case .drop: nil
      }
    }
  }

  private func hash(of value: JSONValue) -> String {
    let code = HMAC<SHA256>.authenticationCode(
      for: value.exact.canonical(), using: SymmetricKey(data: salt))
    return "hmac-sha256:" + HexText.of(code)
  }
}

extension JSONValue {
  /// The value with whole numbers that canonical JSON can't say in strings, so that no digit is lost.
  fileprivate var exact: JSONValue {
    switch self {
    case .integer(let number) where number.magnitude > 1 << 53 - 1: .string("\(number)")
    case .array(let elements): .array(elements.map(\.exact))
    case .object(let members): .object(members.map { Member($0.name, $0.value.exact) })
    case .null, .bool, .integer, .number, .string: self
    }
  }
}
