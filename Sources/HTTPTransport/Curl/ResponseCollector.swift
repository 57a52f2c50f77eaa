/// Puts a response together from the lines and pieces that libcurl passes on.
///
/// It holds at most the body allowed plus ``maximumHeaderBytes`` of headers.
package struct ResponseCollector {
  /// The bytes of all header lines together: of interim responses, the final one, trailers.
  static let maximumHeaderBytes = 256 * 1024

  /// Why the response is not acceptable.
  package enum Failure {
    case bodyTooLong
    case headersTooLong
    case malformed(String)
  }

  /// What the next line is.
  ///
  /// A status line is followed by fields; an empty line then leads back to a status line (after an
  /// interim response) or to the body, which ends it.
  private enum Stage {
    case statusLine
    case fields
    case body
  }

  /// The status of the newest response, interim or final; 0 before there is one.
  package private(set) var status = 0
  package private(set) var headers: HTTPHeaders = [:]
  package private(set) var body: [UInt8] = []
  package private(set) var failure: Failure?
  /// When the newest response began.
  package private(set) var began: ContinuousClock.Instant?

  private let maximumBodyBytes: Int
  private var headerBytes = 0
  private var stage = Stage.statusLine

  package init(maximumBodyBytes: Int) {
    self.maximumBodyBytes = maximumBodyBytes
  }

  /// Whether the body is what isn't acceptable.
  package var isBodyTooLong: Bool { if case .bodyTooLong = failure { true } else { false } }

  /// Whether the head of a final response is complete.
  package var hasFinalHead: Bool { stage == .body }

  /// Takes a whole line with its line end.
  ///
  /// False means that the response is not acceptable.
  package mutating func receive(line: UnsafeRawBufferPointer) -> Bool {
    headerBytes += line.count
    guard headerBytes <= Self.maximumHeaderBytes else { return fail(.headersTooLong) }
    let isBlank = line.allSatisfy { $0 == 0x0D || $0 == 0x0A }
    switch stage {
    case .statusLine: return receive(statusLine: line)
    case .fields where isBlank: return endHead()
    case .fields: return receive(field: line)
    case .body: return true  // A trailer, which HTTPResponse leaves out.
    }
  }

  /// Takes a piece of the body.
  ///
  /// False means that the response is not acceptable.
  package mutating func receive(body piece: UnsafeRawBufferPointer) -> Bool {
    guard piece.count <= maximumBodyBytes - body.count else { return fail(.bodyTooLong) }
    body.append(contentsOf: piece)
    return true
  }

  private mutating func receive(statusLine line: UnsafeRawBufferPointer) -> Bool {
    let words = line.split(separator: 0x20, maxSplits: 2)
    guard
      words.count >= 2, words[0].starts(with: "HTTP/".utf8),
      let code = Int(HTTPSyntax.trimmed(words[1])), (100...999).contains(code)
    else { return fail(.malformed("the status line is not one of HTTP")) }
    status = code
    headers = [:]
    began = .now
    stage = .fields
    return true
  }

  private mutating func receive(field line: UnsafeRawBufferPointer) -> Bool {
    if let first = line.first, HTTPSyntax.isSpace(first) {
      headers.continueLast(with: HTTPSyntax.trimmed(line[...]))
      return true
    }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
      return fail(.malformed("a header line has no colon"))
    }
    headers.append(
      HTTPSyntax.trimmed(line[..<colon]), HTTPSyntax.trimmed(line[(colon + 1)...]))
    return true
  }

  private mutating func endHead() -> Bool {
    guard status != 101 else {
      return fail(.malformed("the server switched protocols"))
    }
    stage = status < 200 ? .statusLine : .body
    return true
  }

  private mutating func fail(_ failure: Failure) -> Bool {
    self.failure = failure
    return false
  }
}
