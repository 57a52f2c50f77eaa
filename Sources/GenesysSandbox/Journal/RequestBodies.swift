import DequeModule
import PatchbayCore
import PatchbayJSON

/// What the latest requests sent and were answered, or notifications said, within a number of bytes; the
/// oldest give way.
struct RequestBodies: Sendable {
  /// What one request sent, and what it was answered.
  struct Pair: Sendable {
    fileprivate let number: UInt64
    fileprivate let request: [UInt8]
    fileprivate let isLogin: Bool
    fileprivate let response: [UInt8]

    /// With what an array takes by itself, so that many small ones are bounded too.
    fileprivate var size: Int { request.count + response.count + 128 }

    /// As JSON where it is, with secrets left out.
    var requestJSON: JSONValue? {
      guard isLogin, !request.isEmpty else { return Self.json(request) }
      // Whatever was sent to the login may be a secret, if it can't be told what is one.
      return FormFields(parsing: request).map(\.json) ?? "***"
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
  mutating func append(
    number: UInt64, request: [UInt8] = [], isLogin: Bool = false, response: [UInt8]
  ) {
    let pair = Pair(number: number, request: request, isLogin: isLogin, response: response)
    if request.isEmpty && response.isEmpty || pair.size > limit { return }
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
  "refreshToken",
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
      fields.map {
        // A body that is no form is a field without a value.
        $0.value.isEmpty
          ? .init("***", "***")
          : .init($0.name, secretNames.contains($0.name) ? "***" : .string($0.value))
      })
  }
}

extension RequestTarget {
  /// Path and query, with what opens something left out.
  var withoutSecrets: String {
    guard query.contains("token") || query.contains("secret") || query.contains("code") else {
      return text
    }
    let fields = query.split(separator: "&", omittingEmptySubsequences: false).map { field in
      let name = field.prefix { $0 != "=" }
      return secretNames.contains(String(name)) ? "\(name)=***" : String(field)
    }
    return "\(path)?\(fields.joined(separator: "&"))"
  }
}
