import Foundation
import PatchbayCore
import PatchbayJSON
import Testing

/// Clients of others against the sandbox: the official SDK, and a checker of OpenAPI documents.
@Suite(
  .serialized,
  .enabled(
    if: ProcessInfo.processInfo.environment["PATCHBAY_PYTHON"] != nil,
    "PATCHBAY_PYTHON is not set: the official SDK is not run; run make test"))
struct OfficialClientTests {
  private static let scripts = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/genesys-clients").path

  /// Runs a script with the sandbox's address; gives its exit status and what it printed last.
  private func run(_ script: String, port: Int) async throws -> (status: Int32, output: String) {
    try await run(["\(Self.scripts)/\(script)", "http://127.0.0.1:\(port)"])
  }

  /// Runs Python with arguments.
  private func run(_ arguments: [String]) async throws -> (status: Int32, output: String) {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    _ = FileManager.default.createFile(atPath: file, contents: nil)
    defer { try? FileManager.default.removeItem(atPath: file) }
    let process = Process()
    process.executableURL = URL(
      filePath: ProcessInfo.processInfo.environment["PATCHBAY_PYTHON"] ?? "")
    process.arguments = arguments
    let output = try #require(FileHandle(forWritingAtPath: file))
    process.standardOutput = output
    process.standardError = output
    let (ended, continuation) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = { continuation.yield($0.terminationStatus) }
    try process.run()
    var status: Int32 = -1
    for await ending in ended {
      status = ending
      break
    }
    return (status, String(try String(contentsOfFile: file, encoding: .utf8).suffix(4_000)))
  }

  @Test func `the official SDK for Python can't tell it from the platform`() async throws {
    try await withSandbox(clock: RealClock()) { client in
      let (status, output) = try await run("sdk.py", port: client.port)
      #expect(status == 0, "\(output)")
      let last = try #require(output.split(separator: "\n").last)
      let words = last.split(separator: " ").compactMap { Int($0) }
      #expect(words.count == 2 && words[1] >= 30, "\(last)")
    }
  }

  @Test func `every answer is as its OpenAPI document says`() async throws {
    try await withSandbox(clock: RealClock()) { client in
      let (status, output) = try await run("openapi.py", port: client.port)
      #expect(status == 0, "\(output)")
    }
  }

  @Test func `the script in docs/official-clients.md does what the page says`() async throws {
    let page = URL(filePath: Self.scripts).appending(path: "../../../docs/official-clients.md")
    let text = try String(contentsOf: page.standardizedFileURL, encoding: .utf8)
    let script = try #require(
      text.split(separator: "```python\n").last?.split(separator: "\n```\n").first)
    try await withSandbox(["agents": 20], clock: RealClock()) { client in
      let (status, output) = try await run([
        "-c", String(script).replacing("127.0.0.1:8080", with: "127.0.0.1:\(client.port)"),
      ])
      #expect(status == 0)
      #expect(output.hasSuffix("IDLE\nconnected\nINTERACTING\n"), "\(output)")
    }
  }
}
