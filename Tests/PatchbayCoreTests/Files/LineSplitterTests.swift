import PatchbayCore
import Testing

struct LineSplitterTests {
  /// The lines of some chunks, `number: text`, `too long` for a line over the limit.
  private func lines(_ chunks: [[UInt8]], longest: Int = 8) -> [String] {
    var splitter = LineSplitter(longest: longest)
    var lines: [LineSplitter.Line] = []
    for chunk in chunks { lines += splitter.lines(in: chunk) }
    if let last = splitter.finish() { lines.append(last) }
    #expect(splitter.finish() == nil)
    return lines.map { line in
      "\(line.number): \(line.bytes.map { String(decoding: $0, as: UTF8.self) } ?? "too long")"
    }
  }

  private func lines(_ text: String, longest: Int = 8) -> [String] {
    lines([Array(text.utf8)], longest: longest)
  }

  @Test(arguments: [
    ("", []), ("\n", ["1: "]), ("a", ["1: a"]), ("a\n", ["1: a"]), ("a\r\n", ["1: a"]),
    ("a\nb", ["1: a", "2: b"]), ("a\r\nb\r\n", ["1: a", "2: b"]),
    ("a\n\n\r\nb", ["1: a", "2: ", "3: ", "4: b"]), ("a\rb\n", ["1: a\rb"]),
    ("a\r\r\n", ["1: a\r"]), ("\r\n", ["1: "]), ("é😀\n", ["1: é😀"]),
    ("a\u{0}b\n\u{2028}", ["1: a\u{0}b", "2: \u{2028}"]),
  ])
  func `lines end with a line feed, or both, or with the text`(text: String, expected: [String]) {
    #expect(lines(text) == expected)
  }

  @Test(arguments: [
    ("12345678\n", ["1: 12345678"]), ("12345678\r\n", ["1: 12345678"]),
    ("12345678", ["1: 12345678"]), ("123456789\n", ["1: too long"]),
    ("123456789\r\n", ["1: too long"]), ("123456789", ["1: too long"]),
    ("1234567890123", ["1: too long"]), ("a\n1234567890123", ["1: a", "2: too long"]),
    ("a\n1234567890123456789\nb\n", ["1: a", "2: too long", "3: b"]),
    ("1234567890\n1234567890\n12", ["1: too long", "2: too long", "3: 12"]),
    ("éééé\nééééé\n", ["1: éééé", "2: too long"]),
  ])
  func `a line over the limit is reported once and skipped`(text: String, expected: [String]) {
    #expect(lines(text) == expected)
  }

  @Test func `an allowance of nothing leaves empty lines`() {
    #expect(lines("\n\r\na\n", longest: 0) == ["1: ", "2: ", "3: too long"])
  }

  @Test func `it doesn't matter where the chunks are cut`() {
    let text = Array("ab\r\n12345678\r\n\n123456789\r\n\r\né\r😀\n1234567890123\nlast\r".utf8)
    let whole = lines([text])
    #expect(
      whole == [
        "1: ab", "2: 12345678", "3: ", "4: too long", "5: ", "6: é\r😀", "7: too long", "8: last",
      ])
    var failures: [String] = []
    for first in 0...text.count {
      for second in first...text.count {
        let chunks = [text[..<first], text[first..<second], text[second...]].map(Array.init)
        if lines(chunks) != whole { failures.append("\(first) \(second)") }
      }
    }
    #expect(failures.prefix(5) == [])
    #expect(lines(text.map { [$0] }) == whole)
  }

  @Test func `random texts in random chunks have the lines of the whole`() {
    var random = KeyedRandom(seed: 1, purpose: "lines")
    let alphabet = Array("ab\r\n\n".utf8)
    var failures: [[UInt8]] = []
    for _ in 0..<2_000 {
      let text = (0..<random.next() % 60).map { _ in alphabet[Int(random.next() % 5)] }
      var chunks: [[UInt8]] = [[]]
      for byte in text {
        if random.unit() < 0.3 { chunks.append([]) }
        chunks[chunks.count - 1].append(byte)
      }
      if lines(chunks, longest: 5) != lines([text], longest: 5) { failures.append(text) }
    }
    #expect(failures.prefix(5) == [])
  }

  @Test func `lines come as soon as they end`() {
    var splitter = LineSplitter(longest: 8)
    #expect(splitter.lines(in: Array("ab".utf8)).map(\.number) == [])
    #expect(splitter.lines(in: Array("c\nd\ne".utf8)).map(\.number) == [1, 2])
    #expect(splitter.finish()?.bytes == ArraySlice("e".utf8))
  }
}
