import PatchbayCore
import PatchbayJSON
import Testing

struct EventCodecMutationTests {
  private static let samples = [
    #"{"sequence_id":"s-1","timestamp":"2026-01-31T09:30:00.5Z","agent_id":"7c9e6679-7425-40de-944b-e07fc1f90ae7","state":"\u00e9","x":[1,{"y":null}]}"#,
    #"{ "x" : -1.5e-3 , "event_type" : "call\"\\\/\n" , "interaction_id":"é😀","y":{"z":[true,[]]} }"#,
    #"{"state":"\ud83d\ude00","timestamp":"2026-02-29T00:00:00+01:00","sequence_id":""}"#,
  ].map { Array($0.utf8) }

  /// The bytes that mean something to a reader of JSON.
  private static let likely =
    Array(#"{}[],:"\/u0123456789dDcCeE+-.tfn "#.utf8) + [0, 0x0A, 0x80, 0xC3, 0xFF]

  @Test(arguments: 0..<5)
  func `no damaged record traps, and every error points into it`(part: Int) throws {
    let symbols = SymbolTable()
    var random = KeyedRandom(seed: UInt64(part), purpose: "damage")
    var accepted = 0
    var failures: [String] = []
    for count in 0..<10_000 {
      var record = Self.samples[count % Self.samples.count]
      for _ in 0...random.next() % 3 { Self.damage(&record, &random) }
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

  private static func damage(_ record: inout [UInt8], _ random: inout KeyedRandom) {
    let place = Int(random.next() % UInt64(record.count + 1))
    let byte = likely[Int(random.next() % UInt64(likely.count))]
    switch random.next() % 5 {
    case 0: record.insert(byte, at: place)
    case 1: record.removeLast((record.count - place) / 4)
    case 2: if place < record.count { record.remove(at: place) }
    case 3: record.insert(contentsOf: record[place..<min(record.count, place + 9)], at: place)
    default: if place < record.count { record[place] = byte }
    }
  }
}
