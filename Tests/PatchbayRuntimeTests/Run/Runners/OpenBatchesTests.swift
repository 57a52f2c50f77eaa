import PatchbayCore
import PatchbayRuntime
import PatchbayTesting
import Testing

/// Injectors get copies of events; what they make of them is found in the batches that came in.
struct OpenBatchesTests {
  private let emission = Emission()

  private func copies(_ batches: OpenBatches, _ places: [OpenBatches.Place]) throws -> EventBatch {
    var copies: EventBatch?
    for excerpt in batches.excerpts(of: places) { copies = excerpt.appended(to: copies) }
    return try #require(copies)
  }

  @Test func `verdicts, their words and changed events come back to where the events stood`()
    async throws
  {
    var batches = OpenBatches()
    let first = batches.add(try await emission.emit(0..<3))
    let second = batches.add(try await emission.emit(3..<5))
    let places = [
      OpenBatches.Place(batch: second, index: 1), OpenBatches.Place(batch: first, index: 2),
    ]
    let given = try copies(batches, places)
    #expect(given.numbers == [4, 2])
    var judged = given
    judged.judge(0, Outcome(.failed, status: 503), code: "http.503", reason: "out of order")
    judged.judge(1, Outcome(.accepted, status: 202))
    judged[1].attributes = judged.intern(Array(#"{"seen":true}"#.utf8))
    batches.note(judged, given: given, at: places)
    let left = batches.withdraw(places)
    #expect(left.map(\.numbers) == [[2], [4]])
    let (one, other) = (left[0].batch, left[1].batch)
    #expect(one.outcome(at: 0).kind == .accepted)
    #expect(one.text(one[0].attributes) == #"{"seen":true}"#)
    #expect(other.outcome(at: 0).status == 503)
    #expect(other.text(other.outcome(at: 0).reason) == "out of order")
    #expect(other.text(other.outcome(at: 0).code) == "http.503")
    // What stays was not judged, and stands where it stood.
    let rest = [0, 1].map { OpenBatches.Place(batch: first, index: $0) }
    #expect(batches.withdraw(rest).map(\.numbers) == [[0, 1]])
    #expect(batches.excerpts(of: rest).isEmpty)
  }

  @Test func `words that only the batch that came back knows are copied`() async throws {
    let table = SymbolTable()
    // Longer than a table keeps.
    let word = String(repeating: "w", count: 300)
    var batch = EventBatch(symbols: table)
    batch.append(.sample(1), intended: Timestamp(nanoseconds: 0))
    let given = batch.extract([0])
    var judged = given
    judged[0].state = judged.symbol(word)
    judged.judge(0, Outcome(.failed), code: word)
    batch.adopt(0, of: judged, given: given, as: 0)
    #expect(batch.state(of: batch[0]) == word)
    #expect(batch.text(batch.outcome(at: 0).code) == word)
  }
}
