import GenesysSandbox
import Logging
import PatchbayCore
import PatchbayJSON
import Synchronization
import Testing

/// When test clocks start.
let testStart = Timestamp(nanoseconds: 1_769_851_800_000_000_000)

/// A clock that stands still until a test moves it.
func makeClock() -> VirtualClock {
  let clock = VirtualClock(start: testStart)
  // The test is a task that has something to do.
  clock.hold()
  return clock
}

/// Makes a sandbox, without a limit of requests unless one is given.
func makeSandbox(
  _ options: JSONValue = [:], seed: UInt64 = 42, clock: any PipelineClock = makeClock(),
  logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
) throws -> GenesysSandbox {
  try GenesysSandbox(
    options: try SandboxOptions(unlimited(options)), seed: seed, clock: clock, logger: logger)
}

/// Runs a body while a sandbox serves on a free port, and stops the sandbox afterwards.
func withSandbox<Value: Sendable>(
  _ options: JSONValue = [:], seed: UInt64 = 42, clock: any PipelineClock = makeClock(),
  _ body: @Sendable (SandboxClient) async throws -> Value
) async throws -> Value {
  try await serving(try makeSandbox(options, seed: seed, clock: clock), body)
}

/// Runs a body while a sandbox serves, and stops it afterwards.
func serving<Value: Sendable>(
  _ sandbox: GenesysSandbox, _ body: @Sendable (SandboxClient) async throws -> Value
) async throws -> Value {
  let (addresses, continuation) = AsyncStream.makeStream(of: String.self)
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask {
      defer { continuation.finish() }
      try await sandbox.serve { continuation.yield($0) }
    }
    var iterator = addresses.makeAsyncIterator()
    guard let baseURL = await iterator.next() else {
      try await group.waitForAll()
      throw PipelineError("the sandbox didn't start")
    }
    let value = try await body(try SandboxClient(baseURL: baseURL))
    group.cancelAll()
    try await group.waitForAll()
    return value
  }
}

private func unlimited(_ options: JSONValue) -> JSONValue {
  guard let members = options.object, options["rate_limit"] == nil else { return options }
  return .object(members + [.init("rate_limit", "off")])
}
