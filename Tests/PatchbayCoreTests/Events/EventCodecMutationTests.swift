import PatchbayCore
import PatchbayJSON
import Testing

struct EventCodecMutationTests {
  private static let samples = [
    #"{"sequence_id":"s-1","timestamp":"2026-01-31T09:30:00.5Z","agent_id":"7c9e6679-7425-40de-944b-e07fc1f90ae7","state":"\u00e9","x":[1,{"y":null}]}"#,
    #"{ "x" : -1.5e-3 , "event_type" : "call\"\\\/\n" , "interaction_id":"é😀","y":{"z":[true,[]]} }"#,
    #"{"state":"\ud83d\ude00","timestamp":"2026-02-29T00:00:00+01:00","sequence_id":""}"#,
  ].map { Array($0.utf8) }

  @Test(arguments: 0..<5)
  func `no damaged record traps, and every error points into it`(part: Int) throws {
    let symbols = SymbolTable()
    var random = KeyedRandom(seed: UInt64(part), purpose: "damage")
    var accepted = 0
    var failures: [String] = []
    for count in 0..<10_000 {
      var record = Self.samples[count % Self.samples.count]
      for _ in 0...random.next() % 3 { record.damage(using: &random) }
      var batch = EventBatch(symbols: symbols)
      do {
        try EventCodec.append(
          record, in: record.indices, to: &batch, intended: SampleEvents.time)
        accepted += 1
        let line = batch.lines[0]
        _ = try JSONDocument(parsing: Array(line.utf8))
        try batch.append(record: line)
        if batch.lines != [line, line] { failures.append("\(record)") }
      } catch let error as EventCodec.Failure {
        let isInside = (1...record.count + 1).contains(error.column)
        if !isInside || !batch.isEmpty { failures.append("\(record): \(error)") }
      }
    }
    #expect(failures.prefix(5) == [])
    #expect((500...8_000).contains(accepted))
  }
}
