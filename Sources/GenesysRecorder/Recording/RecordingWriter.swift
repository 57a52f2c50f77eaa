import PatchbayCore
import PatchbayJSON
import Synchronization
import SystemPackage

/// Writes a recording, an exchange a line, as they end.
final class RecordingWriter: Sendable {
  /// What passed, as it was sent.
  struct Passage {
    var time: Timestamp
    var method: String
    var target: String
    var authorization: String?
    var requestType: String
    var request: [UInt8]
    var status: Int
    var response: [UInt8]
  }

  fileprivate struct State {
    var file: FileDescriptor
    var fakes = Fakes()
    /// Which token is which, by what was sent or given.
    var tokens: [String: Int] = [:]
    var failure: Errno?
    var count = 0
  }

  private let state: Mutex<State>

  /// Makes the file, which only its owner can read.
  ///
  /// - Throws: `PipelineError` if it is there already, or can't be made.
  init(path: String) throws {
    do {
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerRead, .ownerWrite])
      try file.writeAll(Array((Recording.head.text() + "\n").utf8))
      state = Mutex(State(file: file))
    } catch {
      throw PipelineError("\(path) can't be written", cause: error)
    }
  }

  /// Writes down what passed; says nothing of what it can't.
  func write(_ passage: Passage) {
    state.withLock { state in
      if state.failure != nil { return }
      let line = Array((state.exchange(passage).json.text() + "\n").utf8)
      do {
        try state.file.writeAll(line)
        state.count += 1
      } catch {
        state.failure = error as? Errno ?? .ioError
      }
    }
  }

  /// Ends the file; says how many exchanges it has.
  ///
  /// - Throws: if some couldn't be written.
  func close() throws -> Int {
    try state.withLock { state in
      try? state.file.close()
      if let failure = state.failure {
        throw PipelineError("the recording breaks off", cause: failure)
      }
      return state.count
    }
  }
}

extension RecordingWriter.State {
  fileprivate mutating func exchange(_ passage: RecordingWriter.Passage) -> Recording.Exchange {
    let isLogin = passage.target.hasPrefix("/oauth/")
    let response = try? JSONValue(parsing: passage.response, limits: JSONLimits(bytes: 1 << 26))
    let given = response?["access_token"]?.string.map { number(of: $0) }
    let bearer = passage.authorization.flatMap { text -> String? in
      let words = text.split(separator: " ", maxSplits: 1)
      return words.count == 2 && words[0].lowercased() == "bearer" ? String(words[1]) : nil
    }
    let request: JSONValue? =
      passage.requestType.hasPrefix("application/x-www-form-urlencoded")
      ? Self.form(passage.request)
      : try? JSONValue(parsing: passage.request, limits: JSONLimits(bytes: 1 << 26))
    return Recording.Exchange(
      time: passage.time, token: bearer.map { number(of: $0) }, method: passage.method,
      target: fakes.replace(inTarget: passage.target),
      requestBody: request.map { fakes.replace(in: $0, isOAuth: isLogin) },
      status: passage.status,
      responseBody: response.map { fakes.replace(in: $0, isOAuth: isLogin) }, givesToken: given)
  }

  /// Which of the tokens one is, from 1.
  private mutating func number(of token: String) -> Int {
    if let number = tokens[token] { return number }
    tokens[token] = tokens.count + 1
    return tokens.count
  }

  /// The fields of a form, without decoding them: their names are what counts.
  private static func form(_ bytes: [UInt8]) -> JSONValue {
    .object(
      String(decoding: bytes, as: UTF8.self).split(separator: "&").map { field in
        let pair = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return .init(String(pair[0]), .string(pair.count == 2 ? String(pair[1]) : ""))
      })
  }
}
