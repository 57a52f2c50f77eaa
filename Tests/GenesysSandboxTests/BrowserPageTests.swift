import Foundation
import PatchbayJSON
import PatchbayTesting
import Synchronization
import Testing

/// A page of a foreign origin in a real browser, on the loopback interface alone.
@Suite(
  .enabled(
    if: Browser.path != nil, "Debian's chromium is not installed: no page is shown to a sandbox"))
struct BrowserPageTests {
  /// What the page reports, and the sandbox before and after.
  private struct Visit {
    let results: [JSONValue.Member]
    let before: String
    let after: String
    let journal: [JSONValue]
  }

  /// Shows the page while a sandbox runs.
  ///
  /// - Parameter isWelcome: whether the sandbox is told that pages of this origin may use it.
  private func visit(isWelcome: Bool) async throws -> Visit {
    let page = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/security/foreign-page.html"), encoding: .utf8)
    let (reports, reporter) = AsyncStream.makeStream(of: [UInt8].self)
    let content = Content()
    let script = ScriptedEndpoint.answering { connection, request in
      if request.line.hasPrefix("POST /result ") { reporter.yield(request.body) }
      connection.answer(
        200, request.line.hasPrefix("GET / ") ? content.page.withLock { $0 } : "",
        headers: ["Content-Type: text/html; charset=utf-8"])
    }
    return try await ScriptedEndpoint.run(script) { endpoint in
      let origin = "http://127.0.0.1:\(endpoint.port)"
      let options: JSONValue = isWelcome ? ["origins": [.string(origin)]] : [:]
      return try await withSandbox(options) { client in
        let channel = try await client.openChannel()
        let shown =
          page
          .replacing("\"API\"", with: "\"http://127.0.0.1:\(client.port)\"")
          .replacing("\"REBOUND\"", with: "\"http://evil.test:\(client.port)\"")
          .replacing(
            "\"SOCKET\"", with: "\"ws://127.0.0.1:\(channel.port)/channels/\(channel.id)\"")
        content.page.withLock { $0 = shown }
        let before = try await client.state().text()
        let known = try await client.send("GET", "/sandbox/journal").json["entries"]?.array ?? []
        let browser = try Browser(showing: origin + "/")
        defer { browser.close() }
        var report: [UInt8] = []
        for await found in reports {
          report = found
          break
        }
        let entries = try await client.send("GET", "/sandbox/journal").json["entries"]?.array ?? []
        return Visit(
          results: try JSONValue(parsing: report).object ?? [], before: before,
          after: try await client.state().text(), journal: Array(entries.dropFirst(known.count)))
      }
    }
  }

  @Test func `it changes nothing, reads nothing, and gets no socket`() async throws {
    let visit = try await visit(isWelcome: false)
    #expect(visit.results.count == 24)
    for result in visit.results {
      // A refusal may be read where no page of another site could be meant: it says nothing.
      let said = result.value.string ?? ""
      #expect(said == "refused" || said.contains("421"), "\(result.name): \(said)")
    }
    #expect(visit.after == visit.before)
    #expect(visit.journal.isEmpty, "\(visit.journal)")
  }

  /// Else the test above would pass with a browser that doesn't try.
  @Test func `one whose origin is named gets through`() async throws {
    let visit = try await visit(isWelcome: true)
    #expect(visit.results.first { $0.name == "socket" }?.value == "open")
    #expect(visit.after != visit.before)
  }
}

/// A page that is known once its sandbox has a port.
private final class Content: Sendable {
  let page = Mutex("")
}

/// Debian's Chromium without a window.
private final class Browser {
  static let path = ["/usr/bin/chromium"].first { FileManager.default.isExecutableFile(atPath: $0) }

  private let process = Process()

  /// Shows a page; names other than evil.test, which is this machine, are found nowhere.
  init(showing address: String) throws {
    let folder = try TemporaryFolder.make()
    process.executableURL = URL(filePath: Self.path ?? "")
    process.arguments = [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--disable-dev-shm-usage", "--no-proxy-server", "--user-data-dir=\(folder)",
      "--host-resolver-rules=MAP evil.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      "--remote-debugging-port=0", address,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  func close() {
    process.terminate()
    process.waitUntilExit()
  }
}
