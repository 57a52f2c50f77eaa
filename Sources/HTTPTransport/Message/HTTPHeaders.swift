/// The header fields of a request or response, in the order in which they are on the wire.
///
/// A name may occur more than once. Two collections are equal if they hold the same fields,
/// spelled alike, in the same order.
///
/// ```swift
/// var headers: HTTPHeaders = ["Content-Type": "application/json"]
/// headers.append("X-Request-Id", "42")
/// headers.first("content-type")  // "application/json"
/// ```
public struct HTTPHeaders: Sendable, Equatable {
  private var content: Content

  private enum Content: Sendable {
    case fields([HTTPHeader])
    /// What a server sent; most of it is never looked at.
    case head(ResponseHead)
  }

  private var fields: [HTTPHeader] {
    get {
      switch content {
      case .fields(let fields): fields
      case .head(let head): head.fields
      }
    }
    set { content = .fields(newValue) }
  }

  /// Makes a collection of these fields, in this order.
  ///
  /// - Parameter fields: The fields; none by default.
  public init(_ fields: [HTTPHeader] = []) {
    content = .fields(fields)
  }

  /// Makes a collection of a response's fields, which are read when somebody asks for them.
  init(_ head: ResponseHead) {
    content = .head(head)
  }

  /// Every name once, spelled as where it occurs first, in order of first occurrence.
  public var names: [String] {
    var found: [String] = []
    for field in fields where !found.contains(where: { field.isNamed($0) }) {
      found.append(field.name)
    }
    return found
  }

  /// The value of the first field with this name, or nil if there is none.
  ///
  /// - Parameter name: The name, in any case.
  public func first(_ name: String) -> String? {
    fields.first { $0.isNamed(name) }?.value
  }

  /// The values of all fields with this name, in order.
  ///
  /// - Parameter name: The name, in any case.
  public func all(_ name: String) -> [String] {
    fields.compactMap { $0.isNamed(name) ? $0.value : nil }
  }

  /// Adds a field behind the others, also if there is one with this name already.
  ///
  /// - Parameters:
  ///   - name: The field's name.
  ///   - value: The field's value.
  public mutating func append(_ name: String, _ value: String) {
    var fields = takeFields()
    fields.append(HTTPHeader(name: name, value: value))
    content = .fields(fields)
  }

  /// Removes all fields with this name and adds one behind the others.
  ///
  /// - Parameters:
  ///   - name: The field's name.
  ///   - value: The field's value.
  public mutating func replace(_ name: String, with value: String) {
    fields.removeAll { $0.isNamed(name) }
    append(name, value)
  }

  /// Takes the fields out, so that they can be changed without a copy.
  private mutating func takeFields() -> [HTTPHeader] {
    defer { content = .fields([]) }
    return fields
  }

  /// Whether two collections hold the same fields, spelled alike, in the same order.
  public static func == (one: HTTPHeaders, other: HTTPHeaders) -> Bool {
    one.fields == other.fields
  }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
  /// Makes a collection of the fields in the literal, in its order; names may repeat.
  ///
  /// - Parameter elements: Names and values.
  public init(dictionaryLiteral elements: (String, String)...) {
    self.init(elements.map { HTTPHeader(name: $0.0, value: $0.1) })
  }
}

extension HTTPHeaders: RandomAccessCollection {
  /// The position of the first field.
  public var startIndex: Int { fields.startIndex }

  /// The position behind the last field.
  public var endIndex: Int { fields.endIndex }

  /// The field at a position.
  ///
  /// - Parameter position: A valid index, counted from 0.
  public subscript(position: Int) -> HTTPHeader { fields[position] }
}

extension HTTPHeader {
  /// Whether the name is this one, in any case.
  func isNamed(_ other: String) -> Bool { HTTPSyntax.equalIgnoringCase(name, other) }
}
