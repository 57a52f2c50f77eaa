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

  /// The organisation of the scripts.
  private static let organization = "\(scripts)/organization.json"

  /// Runs a script against a sandbox of its own, and then holds all that was sent, answered and notified
  /// against the models of the official client; gives the numbers in the script's last line.
  private func check(
    _ script: String, _ options: JSONValue = [:]
  ) async throws -> [Int] {
    try await withSandbox(options, clock: RealClock()) { client in
      let (status, output) = try await run(script, port: client.port)
      #expect(status == 0, "\(output)")
      let (walked, problems) = try await run("models.py", port: client.port)
      #expect(walked == 0, "\(problems)")
      let last = try #require(output.split(separator: "\n").last)
      return last.split(separator: " ").compactMap { Int($0) }
    }
  }

  @Test func `the official SDK for Python can't tell it from the platform`() async throws {
    let counts = try await check("sdk.py")
    #expect(counts.count == 2 && counts[0] >= 67 && counts[1] >= 30)
  }

  @Test func `what desktops and wallboards ask is there`() async throws {
    let counts = try await check("desktop.py", ["seed_data": .string(Self.organization)])
    #expect(counts.first ?? 0 >= 60)
  }

  @Test func `the vendor's examples print what they would of a real organisation`() async throws {
    let counts = try await check(
      "examples.py",
      [
        "seed_data": .string(Self.organization), "origins": ["http://localhost:8080"],
      ])
    #expect(counts.first ?? 0 >= 8)
  }

  @Test func `a page of an allowed origin logs in and listens; others don't`() async throws {
    let counts = try await check(
      "browser.py",
      [
        "seed_data": .string(Self.organization), "origins": ["http://localhost:3000"],
      ])
    #expect(counts.first ?? 0 >= 30)
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["PATCHBAY_BINARY"] != nil,
      "PATCHBAY_BINARY is not set: the recorder is not tried; run make test"))
  func `a recording shows ten differences, and none where there is none`() async throws {
    let binary = ProcessInfo.processInfo.environment["PATCHBAY_BINARY"] ?? ""
    let (status, output) = try await run(["\(Self.scripts)/recorder.py", binary])
    #expect(status == 0, "\(output)")
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["PATCHBAY_BINARY"] != nil,
      "PATCHBAY_BINARY is not set: the example for pytest is not run; run make test"))
  func `the example for pytest passes, also four at once`() async throws {
    let folder = URL(filePath: Self.scripts).appending(path: "../../../Examples/pytest")
      .standardizedFileURL.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let (status, output) = try await run([
            "-m", "pytest", "-q", "-p", "no:cacheprovider", folder,
          ])
          #expect(status == 0, "\(output)")
          #expect(output.contains("20 passed"), "\(output)")
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func `every answer is as its OpenAPI document says`() async throws {
    let options: JSONValue = [
      "seed_data": .string(Self.organization), "origins": ["http://localhost:3000"],
    ]
    try await withSandbox(options, clock: RealClock()) { client in
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
