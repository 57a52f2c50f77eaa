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
  package private(set) var body: [UInt8] = []
  package private(set) var failure: Failure?
  /// When the newest response began.
  package private(set) var began: ContinuousClock.Instant?

  /// The field lines of the newest response.
  private var fieldLines: [UInt8] = []
  private let maximumBodyBytes: Int
  private var headerBytes = 0
  private var stage = Stage.statusLine

  package init(maximumBodyBytes: Int) {
    self.maximumBodyBytes = maximumBodyBytes
  }

  /// The fields of the newest response.
  package var headers: HTTPHeaders { HTTPHeaders(ResponseHead(lines: fieldLines)) }

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
    guard let code = Self.status(of: line) else {
      return fail(.malformed("the status line is not one of HTTP"))
    }
    status = code
    fieldLines.removeAll(keepingCapacity: true)
    fieldLines.reserveCapacity(256)
    began = .now
    stage = .fields
    return true
  }

  /// The code of a status line: `HTTP/`, a version, blanks, three digits, and a blank or the end.
  private static func status(of line: UnsafeRawBufferPointer) -> Int? {
    guard line.starts(with: "HTTP/".utf8) else { return nil }
    let code = line.drop { $0 != 0x20 }.drop { $0 == 0x20 }.prefix { !HTTPSyntax.isSpace($0) }
    guard code.count == 3, code.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let number = code.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    return number >= 100 ? number : nil
  }

  private mutating func receive(field line: UnsafeRawBufferPointer) -> Bool {
    let isContinuation = line.first.map(HTTPSyntax.isSpace) ?? false
    guard isContinuation || line.contains(UInt8(ascii: ":")) else {
      return fail(.malformed("a header line has no colon"))
    }
    fieldLines.append(contentsOf: line)
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
