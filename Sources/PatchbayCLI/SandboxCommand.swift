import ArgumentParser
import GenesysSandbox
import Logging
import PatchbayCore
import PatchbayJSON
import UnixSignals

/// Runs the sandbox by itself: `patchbay sandbox`.
struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Runs the Genesys Cloud sandbox by itself, on the loopback interface, until stopped.",
    discussion: """
      Set a connection's region to the printed URL to use it. Options are those of the connection \
      type genesys-sandbox (see `patchbay stages genesys-sandbox`), as a JSON object.
      """)

  @Option(help: "The port; 0 takes any free one.")
  var port = 0

  @Option(help: "Options as a JSON object, such as '{\"faults\": {\"rate_limited\": 0.3}}'.")
  var options = "{}"

  @Option(help: "Chooses faults, latencies and tokens.")
  var seed: UInt64 = 0

  func run() async throws {
    let sandbox = GenesysSandbox(
      options: try sandboxOptions(), seed: seed, clock: RealClock(),
      logger: Logger(label: "sandbox") { StreamLogHandler.standardError(label: $0) })
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    let terminal = Terminal()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await sandbox.serve { url in terminal.write(Array("\(url)\n".utf8)) }
      }
      group.addTask {
        for await _ in signals { return }
      }
      try await group.next()
      group.cancelAll()
    }
  }

  private func sandboxOptions() throws -> SandboxOptions {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port: must be from 0 to 65535, found \(port)")
    }
    do {
      guard var members = try JSONValue(parsing: options).object else {
        throw ValidationError("expected a JSON object, found \(options)")
      }
      if port != 0 { members.append(.init("port", .integer(port))) }
      return try SandboxOptions(.object(members))
    } catch {
      throw ValidationError("--options: \(error)")
    }
  }
}
