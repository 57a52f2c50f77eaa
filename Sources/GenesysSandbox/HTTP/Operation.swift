import GenesysCloud
import HTTPTypes
import PatchbayCore

/// One method of one path: who may call it, what it does, how it is described.
struct Operation: Sendable {
  /// Who may call it.
  enum Access: Sendable, Equatable {
    /// Anyone who reaches the port.
    case open
    /// Whoever has a token with at least one of these permissions; with any token if there are none.
    case token(anyOf: [String])
  }

  /// Which surface it belongs to.
  enum Surface: Sendable {
    /// What the sandbox stands in for: it is counted, recorded, limited, delayed and may fail.
    case platform
    /// Login and QA receiver: counted, recorded and delayed, but faults pass them by.
    case surroundings
    /// The sandbox's own: looking at it changes nothing.
    case control
  }

  let method: HTTPRequest.Method
  let path: PathPattern
  let surface: Surface
  let access: Access
  let doc: OperationDoc
  /// Reads the request and says what is to be done.
  let prepare: @Sendable (Call, SandboxService) throws(Refusal) -> Work

  init(
    _ method: HTTPRequest.Method, _ path: String, surface: Surface = .platform,
    access: Access = .token(anyOf: []), doc: OperationDoc,
    prepare: @escaping @Sendable (Call, SandboxService) throws(Refusal) -> Work
  ) {
    self.method = method
    self.path = PathPattern(path)
    self.surface = surface
    self.access = access
    self.doc = doc
    self.prepare = prepare
  }
}

/// What an operation does once its request is found to be in order.
struct Work {
  /// What it is about, for draws; nil for the request as it stands.
  var key: UInt64?
  /// How often it was asked for before; nil to have requests with this key counted.
  var attempt: ((SandboxModel) -> Int)?
  /// The ids of the events that the request carries, for the journal.
  var events: [UUIDBits] = []
  /// What happens even if a fault prevents the effect.
  var arrive: ((inout SandboxModel) -> Void)?
  /// Changes the model, alone, and makes the answer.
  var apply: (inout SandboxModel) throws(Refusal) -> Answer

  init(_ apply: @escaping (inout SandboxModel) throws(Refusal) -> Answer) {
    self.apply = apply
  }
}

/// Finds operations by path and method.
struct OperationTable: Sendable {
  /// What is known of a path.
  struct Match {
    var operations: [Operation]
    var parameters: [String: String]

    /// The methods that the path understands; where there is `GET`, there is `HEAD`.
    var methods: [HTTPRequest.Method] {
      let methods = operations.map(\.method)
      if methods.contains(.head) { return methods }
      return methods.flatMap { $0 == .get ? [.get, .head] : [$0] }
    }

    /// The operation of a method.
    func operation(_ method: HTTPRequest.Method) -> Operation? {
      operations.first { $0.method == method }
        ?? (method == .head ? operations.first { $0.method == .get } : nil)
    }
  }

  /// All operations.
  let operations: [Operation]
  private let literal: [String: [Operation]]
  private let patterns: [Int: [(pattern: PathPattern, operations: [Operation])]]

  init(_ operations: [Operation]) {
    self.operations = operations
    var literal: [String: [Operation]] = [:]
    var patterns: [Int: [(pattern: PathPattern, operations: [Operation])]] = [:]
    for operation in operations {
      let path = operation.path
      if path.isLiteral {
        literal[path.text, default: []].append(operation)
        continue
      }
      let index = patterns[path.count]?.firstIndex { $0.pattern.text == path.text }
      if let index {
        patterns[path.count]?[index].operations.append(operation)
      } else {
        patterns[path.count, default: []].append((path, [operation]))
      }
    }
    self.literal = literal
    self.patterns = patterns
  }

  /// The operations of a path; nil if there is no such path.
  func match(_ path: String) -> Match? {
    if let operations = literal[path] { return Match(operations: operations, parameters: [:]) }
    let segments = PathPattern.split(path)
    for (pattern, operations) in patterns[segments.count] ?? [] {
      if let parameters = pattern.match(segments) {
        return Match(operations: operations, parameters: parameters)
      }
    }
    return nil
  }
}
