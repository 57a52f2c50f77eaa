/// Where a value stands in a configuration: names and indices from the outside in.
public struct OptionPath: Sendable, Hashable {
  /// One step into a value.
  public enum Component: Sendable, Hashable {
    /// Into an object's member.
    case name(String)
    /// Into an array's element, counted from 0.
    case index(Int)
  }

  /// The steps, outermost first; empty for the value at the root.
  public var components: [Component]

  /// Makes a path of names only, as in `OptionPath("sinks", "audit")`.
  public init(_ names: String...) {
    components = names.map { .name($0) }
  }

  /// Makes a path of names and indices.
  public init(components: [Component]) {
    self.components = components
  }

  /// The path of the member called `name`.
  public func appending(_ name: String) -> OptionPath {
    OptionPath(components: components + [.name(name)])
  }

  /// The path of the element at `index`.
  public func appending(_ index: Int) -> OptionPath {
    OptionPath(components: components + [.index(index)])
  }
}

extension OptionPath: CustomStringConvertible {
  /// The path as messages show it: `sinks.audit.targets[0].x`, and `headers["two words"]` for a
  /// name that would be misread between dots.
  public var description: String {
    var text = ""
    for component in components {
      switch component {
      case .index(let index): text += "[\(index)]"
      case .name(let name) where !name.isPlainName: text += "[\(name.quoted)]"
      case .name(let name): text += text.isEmpty ? name : "." + name
      }
    }
    return text
  }
}

extension String {
  /// Whether a path can show this name without quotes: letters, digits, `_` and `-`, and no digit
  /// or hyphen in front.
  fileprivate var isPlainName: Bool {
    guard let first = utf8.first, first.isASCIILetter || first == UInt8(ascii: "_") else {
      return false
    }
    return utf8.allSatisfy {
      $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
    }
  }
}
