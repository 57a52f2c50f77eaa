import Logging
import PatchbayCore
import Testing

struct StageContextTests {
  private let context = StageContext(
    name: "qa-http",
    run: RunIdentity(id: UUIDBits(high: 1, low: 2), seed: 42, startedAt: SampleEvents.time),
    clock: VirtualClock(start: SampleEvents.time), symbols: SymbolTable(),
    directory: RunDirectory(path: "/runs/1"), console: SilentTerminal(), input: SilentTerminal(),
    logger: Logger(label: "test"), connections: OneConnection())

  @Test func `a stage learns about its run`() {
    #expect(context.name == "qa-http")
    #expect(context.runID == UUIDBits(high: 1, low: 2))
    #expect(context.seed == 42)
    #expect(context.startedAt == SampleEvents.time)
    #expect(context.directory == RunDirectory(path: "/runs/1"))
  }

  @Test func `a connection is found by its name`() async throws {
    let connection = try await context.connection("target", as: LoopConnection.self)
    #expect(type(of: connection).type == "loop")
    _ = try await context.connection("target", as: (any Connection).self)
  }

  @Test func `a connection of another type is refused`() async {
    let error = await #expect(throws: PipelineError.self) {
      try await context.connection("target", as: (any LoopbackServer).self)
    }
    #expect(
      error?.description
        == "connection \"target\" is of type \"loop\", which qa-http can't use; name another one")
  }

  @Test func `a connection that isn't there is refused by whoever looks for it`() async {
    let error = await #expect(throws: PipelineError.self) {
      try await context.connection("nobody", as: LoopConnection.self)
    }
    #expect(error?.description == "there is no connection \"nobody\"")
  }
}
