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
    /// Login and QA receiver: counted, recorded and delayed, but faults pass them by that aren't meant for them.
    case surroundings
    /// The sandbox's own: looking at it changes nothing.
    case control
  }

  let method: HTTPRequest.Method
  let path: PathPattern
  let surface: Surface
  let access: Access
  let doc: OperationDoc
  /// Whether it says itself what is wrong with a query, or takes any.
  let readsOwnQuery: Bool
  /// Reads the request and says what is to be done.
  let prepare: @Sendable (Call, SandboxService) throws(Refusal) -> Work

  init(
    _ method: HTTPRequest.Method, _ path: String, surface: Surface = .platform,
    access: Access = .token(anyOf: []), readsOwnQuery: Bool = false, doc: OperationDoc,
    prepare: @escaping @Sendable (Call, SandboxService) throws(Refusal) -> Work
  ) {
    self.method = method
    self.path = PathPattern(path)
    self.surface = surface
    self.access = access
    self.readsOwnQuery = readsOwnQuery
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
  /// Whether the request is refused, in words of its own; nothing strikes it on purpose then.
  var isRefusal = false
  /// Asks again for the answer, where `apply` may come too early for it.
  var wait: Wait?
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
  private let paths: PathTable<[Operation]>

  init(_ operations: [Operation]) {
    self.operations = operations
    var order: [String] = []
    var byPath: [String: [Operation]] = [:]
    for operation in operations {
      if byPath[operation.path.text] == nil { order.append(operation.path.text) }
      byPath[operation.path.text, default: []].append(operation)
    }
    paths = PathTable(order.map { ($0, byPath[$0] ?? []) })
  }

  /// The operations of a path; nil if there is no such path.
  func match(_ path: String) -> Match? {
    paths.match(path).map { Match(operations: $0.value, parameters: $0.parameters) }
  }
}
