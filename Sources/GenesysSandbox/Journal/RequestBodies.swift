import DequeModule
import PatchbayCore
import PatchbayJSON

/// What the latest requests sent and were answered, within a number of bytes; the oldest give way.
struct RequestBodies: Sendable {
  /// What one request sent, and what it was answered.
  struct Pair: Sendable {
    fileprivate let number: UInt64
    fileprivate let request: [UInt8]
    fileprivate let isForm: Bool
    fileprivate let response: [UInt8]

    fileprivate var size: Int { request.count + response.count }

    /// As JSON where it is, with secrets left out.
    var requestJSON: JSONValue? {
      isForm ? FormFields(parsing: request)?.json : Self.json(request)
    }

    var responseJSON: JSONValue? { Self.json(response) }

    private static func json(_ bytes: [UInt8]) -> JSONValue? {
      if bytes.isEmpty { return nil }
      if let json = try? JSONValue(parsing: bytes, limits: JSONLimits(depth: 64)) {
        return json.withoutSecrets
      }
      return .string(String(decoding: bytes, as: UTF8.self))
    }
  }

  private let limit: Int
  private var pairs = Deque<Pair>()
  private var size = 0

  init(limit: ByteCount) {
    self.limit = limit.bytes
  }

  /// Remembers what was sent with the request of a number.
  mutating func append(number: UInt64, request: [UInt8], isForm: Bool, response: [UInt8]) {
    let pair = Pair(number: number, request: request, isForm: isForm, response: response)
    if pair.size == 0 || pair.size > limit { return }
    size += pair.size
    pairs.append(pair)
    while size > limit, let oldest = pairs.popFirst() { size -= oldest.size }
  }

  subscript(number: UInt64) -> Pair? {
    var (low, high) = (0, pairs.count)
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low < pairs.count && pairs[low].number == number ? pairs[low] : nil
  }

  mutating func clear() {
    pairs = []
    size = 0
  }
}

/// Members of bodies that open something to whoever knows them.
private let secretNames: Set<String> = [
  "access_token", "refresh_token", "client_secret", "code", "code_verifier", "password",
]

extension JSONValue {
  /// The value, with what opens something left out.
  fileprivate var withoutSecrets: JSONValue {
    switch self {
    case .object(let members):
      .object(
        members.map { member in
          // Wrap-up codes are called code as well, and are no secret.
          let isSecret = secretNames.contains(member.name) && member.name != "code"
          return .init(member.name, isSecret ? "***" : member.value.withoutSecrets)
        })
    case .array(let values): .array(values.map(\.withoutSecrets))
    default: self
    }
  }
}

extension FormFields {
  /// The fields as an object, with what opens something left out.
  fileprivate var json: JSONValue {
    .object(
      fields.map { .init($0.name, secretNames.contains($0.name) ? "***" : .string($0.value)) })
  }
}
