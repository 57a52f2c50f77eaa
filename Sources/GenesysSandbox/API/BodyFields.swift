import ContactModel
import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// Reads an object of a request; a member that is `null` counts as missing.
struct BodyFields {
  private let value: JSONValue
  /// Only asked for when something is wrong.
  private let path: () -> String

  /// Starts at an object.
  ///
  /// - Throws: 400 if it is none.
  init(
    _ value: JSONValue, at path: @autoclosure @escaping () -> String = ""
  ) throws(Refusal) {
    guard case .object = value else {
      let place = path()
      throw .invalidField(
        place.isEmpty ? "body" : place, "expected an object, found \(value.kind)")
    }
    self.value = value
    self.path = path
  }

  /// Whether a member is there.
  func has(_ name: String) -> Bool { member(name) != nil }

  /// A member that is an object.
  func object(_ name: String) throws(Refusal) -> BodyFields? {
    guard let member = member(name) else { return nil }
    return try BodyFields(member, at: place(of: name))
  }

  /// A member that is an array.
  func list(_ name: String) throws(Refusal) -> [JSONValue]? {
    guard let member = member(name) else { return nil }
    guard let list = member.array else { throw wrong(name, "expected an array", member) }
    return list
  }

  func string(_ name: String) throws(Refusal) -> String? {
    guard let member = member(name) else { return nil }
    guard let text = member.string else { throw wrong(name, "expected a string", member) }
    return text
  }

  func bool(_ name: String) throws(Refusal) -> Bool? {
    guard let member = member(name) else { return nil }
    guard let bool = member.bool else { throw wrong(name, "expected a boolean", member) }
    return bool
  }

  func integer(_ name: String, _ range: ClosedRange<Int>) throws(Refusal) -> Int? {
    guard let member = member(name) else { return nil }
    guard let integer = member.integer, range.contains(integer) else {
      throw wrong(
        name, "expected a whole number from \(range.lowerBound) to \(range.upperBound)", member)
    }
    return integer
  }

  func number(_ name: String) throws(Refusal) -> Double? {
    guard let member = member(name) else { return nil }
    guard let number = member.number else { throw wrong(name, "expected a number", member) }
    return number
  }

  func uuid(_ name: String) throws(Refusal) -> UUIDBits? {
    guard let text = try string(name) else { return nil }
    guard let id = UUIDBits(anyCase: text) else {
      throw .invalidField(
        place(of: name), "Value [\(text.shortened(to: 64))] is not valid for field type [UUID]")
    }
    return id
  }

  func time(_ name: String) throws(Refusal) -> Timestamp? {
    guard let text = try string(name) else { return nil }
    guard let time = Timestamp(text) else {
      throw .invalidField(
        place(of: name), code: .invalidDate,
        "Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ")
    }
    return time
  }

  /// One of a few words.
  func choice<Value>(
    _ name: String, among words: [String], _ read: (String) -> Value?
  ) throws(Refusal) -> Value? {
    guard let text = try string(name) else { return nil }
    guard let value = read(text) else {
      throw .invalidField(
        place(of: name),
        "Value [\(text.shortened(to: 64))] is not valid for field type [\(name)]. "
          + "Allowable values are: \(words.joined(separator: ", "))")
    }
    return value
  }

  func strings(_ name: String) throws(Refusal) -> [String]? {
    guard let list = try list(name) else { return nil }
    var texts: [String] = []
    for (index, element) in list.enumerated() {
      guard let text = element.string else {
        throw wrong("\(name)[\(index)]", "expected a string", element)
      }
      texts.append(text)
    }
    return texts
  }

  /// A member that is an array of some words; empty without it.
  func words(_ name: String, among words: [String]) throws(Refusal) -> [String] {
    let texts = try strings(name) ?? []
    for (index, text) in texts.enumerated() where !words.contains(text) {
      throw .invalidField(
        place(of: "\(name)[\(index)]"),
        "Value [\(text.shortened(to: 64))] is not valid for field type [\(name)]. "
          + "Allowable values are: \(words.joined(separator: ", "))")
    }
    return texts
  }

  /// Its members, which are texts.
  func texts() throws(Refusal) -> [String: String] {
    var texts: [String: String] = [:]
    for member in value.object ?? [] {
      guard let text = try string(member.name) else {
        throw wrong(member.name, "expected a string", member.value)
      }
      texts[member.name] = text
    }
    return texts
  }

  /// Insists on a member.
  func required<Value>(_ name: String, _ value: Value?) throws(Refusal) -> Value {
    guard let value else {
      throw .invalidField(place(of: name), code: .constraintValidation, "the field is required")
    }
    return value
  }

  /// A member's place in the body.
  func place(of name: String) -> String {
    let path = path()
    return path.isEmpty ? name : "\(path).\(name)"
  }

  private func member(_ name: String) -> JSONValue? {
    let member = value[name]
    return member == .null ? nil : member
  }

  private func wrong(_ name: String, _ expectation: String, _ found: JSONValue) -> Refusal {
    .invalidField(place(of: name), "\(expectation), found \(found.kind)")
  }
}

extension JSONValue {
  /// What it is, for messages.
  var kind: String { "\(JSONNode(self).kind)" }
}

extension Refusal {
  /// 400 for one field.
  static func invalidField(
    _ field: String, code: PlatformErrorCode = .invalidValue, _ explanation: String
  ) -> Refusal {
    Refusal(
      PlatformError(
        code, "\(field): \(explanation)",
        details: [.init(errorCode: code.rawValue, fieldName: field)]))
  }
}
