import ArgumentParser
import GenesysCloud
import GenesysRecorder
import PatchbayCore
import UnixSignals

/// Writes down what passes between an integration and an organisation: `patchbay record`.
struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Writes down what passes between an integration and an organisation, until stopped.",
    discussion: """
      Point the integration, or an official SDK, at the printed URL instead of the region; login and API \
      share it. Tokens and secrets are left out, and ids, names, addresses, numbers and free texts are \
      replaced by fakes that stay the same throughout the file; read it before you give it away. Sockets \
      go past it. `patchbay sandbox compare FILE` holds the sandbox against it.
      """)

  @Option(
    help: ArgumentHelp(
      "Where to listen, such as 127.0.0.1:8080; port 0 takes any that is free.",
      valueName: "address"))
  var listen = "127.0.0.1:0"

  @Option(
    help: ArgumentHelp(
      "The organisation: an AWS region, its Genesys domain, or a sandbox's loopback URL.",
      valueName: "region"))
  var to: String

  @Flag(help: "Says that a real organisation may be talked to, because its owner agrees.")
  var allowRealPlatform = false

  @Argument(help: "The recording, a file that isn't there yet.", completion: .file())
  var file: String

  func run() async throws {
    let proxy = try RecordingProxy(
      to: try upstream(), port: try LoopbackAddress.port(of: listen, whose: "the recorder"),
      recordingInto: file)
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
    let count = try await withThrowingTaskGroup(of: Int?.self) { group in
      group.addTask {
        try await proxy.serve { url in
          BlockingLane("patchbay.output").begin { Terminal.printNow("\(url)") }
        }
      }
      group.addTask {
        for await _ in signals { return nil }
        return nil
      }
      var count = 0
      _ = try await group.next()
      group.cancelAll()
      for try await ended in group { count = ended ?? count }
      return count
    }
    Terminal.printError("\(file): \(count) exchange\(count == 1 ? "" : "s")")
  }

  private func upstream() throws -> RecordingProxy.Upstream {
    switch GenesysRegion(optionText: to) {
    case .loopback(let url): return .init(api: url, login: url)
    case .platform(let domain):
      guard allowRealPlatform else {
        throw ValidationError(
          "--to: \(to) is a real organisation; give --allow-real-platform once its owner agrees")
      }
      return .init(api: "https://api.\(domain)", login: "https://login.\(domain)")
    case .sandbox, nil:
      throw ValidationError(
        "--to: expected an AWS region, a Genesys domain or a sandbox's loopback URL, found \(to)")
    }
  }
}
