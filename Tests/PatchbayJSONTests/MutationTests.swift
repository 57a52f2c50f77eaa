import PatchbayJSON
import Testing

struct MutationTests {
  private static let samples = [
    #"{"a":[1,-2.5e-3,true,null,"\u00e9\ud83d\ude00\n"],"b":{"c":{},"d":[]},"é":"😀"}"#,
    "[\n  [0, 1E+20, -0.0],\r\n  {\"x\" : \"\\\\\\\"\\/\\b\\f\\r\\t\"},\n  \"\\uD83D\\uDE00ß€\"\n]",
    #"{"sequence_id":"s-1","timestamp":"2026-01-31T09:30:00Z","attributes":[[[[{}]]]]}"#,
  ].map { Array($0.utf8) }

  @Test(arguments: 0..<5)
  func `no damaged text traps, and every error points into it`(part: Int) {
    var random = RandomJSON(seed: 100 + UInt64(part))
    var accepted = 0
    var failures: [String] = []
    for count in 0..<10_000 {
      let bytes = random.mutated(Self.samples[count % Self.samples.count])
      do {
        let value = try JSONDocument(parsing: bytes).root.value
        accepted += 1
        if try JSONValue(parsing: value.bytes).bytes != value.bytes { failures.append("\(bytes)") }
      } catch {
        if !Self.isInside(error.position, bytes) { failures.append("\(bytes): \(error)") }
      }
    }
    #expect(failures.prefix(5) == [])
    #expect((500...5_000).contains(accepted))
  }

  /// Whether a position names a character of the text or the place behind a line's last one.
  private static func isInside(_ position: JSONPosition, _ bytes: [UInt8]) -> Bool {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard (1...lines.count).contains(position.line) else { return false }
    let characters = lines[position.line - 1].count { $0 & 0xC0 != 0x80 }
    return (1...characters + 1).contains(position.column)
  }
}
