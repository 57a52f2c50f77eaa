import PatchbayRuntime
import PatchbayTesting
import Testing

/// What works beside a run begins at once, and is cancelled and awaited at the end.
struct BackgroundWorkTests {
  private let background = BackgroundWork()
  private let steps = Steps()

  /// Starts work that goes on until it is cancelled.
  private func startWork(_ name: String) {
    background.start { [steps] in
      steps.note("\(name) begins")
      let (never, continuation) = AsyncStream.makeStream(of: Void.self)
      for await _ in never {}
      continuation.finish()
      steps.note("\(name) ends")
    }
  }

  @Test func `work begins when it is started, or when anything can run`() {
    startWork("early")
    let task = steps.start("background") { [background] _ in await background.run() }
    steps.drain()
    #expect(steps.log == ["early begins 0"])
    startWork("late")
    steps.drain()
    #expect(steps.log == ["early begins 0", "late begins 0"])
    task.cancel()
    steps.drain()
    #expect(steps.log.last == "background 0")
    #expect(Set(steps.log.suffix(3)) == ["early ends 0", "late ends 0", "background 0"])
  }

  @Test func `after the end nothing is started, and what runs is ended`() {
    startWork("early")
    steps.start("background") { [background] _ in await background.run() }
    steps.drain()
    background.end()
    startWork("late")
    steps.drain()
    #expect(steps.log == ["early begins 0", "early ends 0", "background 0"])
  }

  @Test func `work that has ended leaves the others alone`() {
    background.start { [steps] in steps.note("short") }
    startWork("long")
    let task = steps.start("background") { [background] _ in await background.run() }
    steps.drain()
    #expect(Set(steps.log) == ["short 0", "long begins 0"])
    task.cancel()
    steps.drain()
    #expect(steps.log.suffix(2) == ["long ends 0", "background 0"])
  }
}
