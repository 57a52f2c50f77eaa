import ArgumentParser
import Foundation
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
      Set a connection's region to the printed URL to use it, or point an official SDK at it (see \
      docs/official-clients.md); docs/testing-integrations.md says how tests use it. Options are those of the connection type \
      genesys-sandbox (see `patchbay stages genesys-sandbox`), as a JSON object.
      """,
    subcommands: [CompareCommand.self])

  @Option(
    help: ArgumentHelp(
      "Where to listen, such as 127.0.0.1:8080; port 0 takes any that is free.",
      valueName: "address"))
  var listen = "127.0.0.1:0"

  @Option(
    help: ArgumentHelp(
      "A file to be written once clients can connect: a line of JSON with both addresses and the "
        + "process id.",
      valueName: "file"))
  var readyFile: String?

  @Flag(help: "Ends with the process that started it, however that ends.")
  var exitWithParent = false

  @Option(help: "How many users there are from the start, with ids made from the seed.")
  var agents: Int?

  @Option(
    help: ArgumentHelp(
      "A JSON file of users, queues and the like, '{\"users\": [{\"id\": \"...\", \"name\": \"...\"}]}'.",
      valueName: "file"))
  var seedData: String?

  @Option(help: "More options as a JSON object, such as '{\"faults\": {\"rate_limited\": 0.3}}'.")
  var options = "{}"

  @Option(help: "Chooses faults, latencies and tokens.")
  var seed: UInt64 = 0

  func run() async throws {
    // Before anything that takes time: whoever starts it may end right away.
    let parent = exitWithParent ? ParentWatch() : nil
    let sandbox = try makeSandbox()
    // What is left of another run says nothing of this one.
    forgetReadiness()
    defer { forgetReadiness() }
    let (readiness, ready) = AsyncStream.makeStream(of: String.self)
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        // Whoever doesn't read it must not keep the sandbox from being ended.
        try await sandbox.serve { url in
          BlockingLane("patchbay.output").begin { Terminal.printNow("\(url)") }
          ready.yield(url)
        }
      }
      group.addTask {
        for await url in readiness { try await tellReady(sandbox, url) }
        // What has been told isn't the end.
        try await Task.sleep(for: .seconds(Int32.max))
      }
      if let parent { group.addTask { try await parent.wait() } }
      group.addTask {
        for await _ in signals { return }
      }
      try await group.next()
      group.cancelAll()
    }
  }

  private func forgetReadiness() {
    if let readyFile { try? FileManager.default.removeItem(atPath: readyFile) }
  }

  /// Says where it is, to whoever waits for the file.
  private func tellReady(_ sandbox: GenesysSandbox, _ url: String) async throws {
    guard let readyFile else { return }
    let line: JSONValue = [
      "url": .string(url), "notifications": .string(sandbox.notificationURL ?? ""),
      "pid": .integer(ParentWatch.ownID),
    ]
    try await WholeFile.write(Array("\(line.text())\n".utf8), to: readyFile, isPrivate: false)
  }

  private func makeSandbox() throws -> GenesysSandbox {
    let options = try sandboxOptions()
    do {
      return try GenesysSandbox(
        options: options, seed: seed, clock: RealClock(),
        logger: ErrorLog.logger(level: .info))
    } catch let error as UnreadableInput {
      Terminal.printError("patchbay: \(error)")
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.unreadableInput.rawValue)
    }
  }

  private func sandboxOptions() throws -> SandboxOptions {
    let port = try LoopbackAddress.port(of: listen, whose: "the sandbox")
    do {
      guard var members = try JSONValue(parsing: options).object else {
        throw ValidationError("expected a JSON object, found \(options)")
      }
      if port != 0 { members.append(.init("port", .integer(port))) }
      if let agents { members.append(.init("agents", .integer(agents))) }
      if let seedData { members.append(.init("seed_data", .string(seedData))) }
      return try SandboxOptions(.object(members))
    } catch {
      throw ValidationError("--options: \(error)")
    }
  }
}
