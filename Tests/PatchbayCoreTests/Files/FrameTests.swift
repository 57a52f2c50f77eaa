import Foundation
import PatchbayCore
import Testing

/// A file of frames is read to its last whole one, and never beyond a damaged one.
final class FrameTests {
  private let path = FileManager.default.temporaryDirectory
    .appending(path: "patchbay-frames-\(UUID().uuidString)").path(percentEncoded: false)

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }

  private static func file(_ contents: [[UInt8]]) -> [UInt8] {
    var bytes = FrameFile.start(named: "frames")
    for content in contents {
      Frame.append(to: &bytes) { writer in for byte in content { writer.append(byte) } }
    }
    return bytes
  }

  private func read() throws -> (contents: [[UInt8]], isTorn: Bool, end: Int) {
    let file = try FrameFile(path, named: "frames")
    var reader = try file.reader()
    var contents: [[UInt8]] = []
    while let entry = try reader.next() {
      contents.append(Array(entry.content))
      #expect(Array(try file.content(at: entry.offset)) == contents.last)
    }
    return (contents, reader.isTorn, reader.offset)
  }

  private static let samples: [[UInt8]] = [
    [1], Array("second".utf8), Array(repeating: 7, count: 3_000_000), [0],
  ]

  @Test func `frames come back in order`() throws {
    try write(Self.file(Self.samples))
    let found = try read()
    #expect(found.contents == Self.samples)
    #expect(!found.isTorn)
  }

  @Test func `a file that breaks off anywhere has all frames before that`() throws {
    let samples: [[UInt8]] = [[1], [2, 2], [3, 3, 3]]
    let whole = Self.file(samples)
    for end in FrameFile.nameLength...whole.count {
      try write(Array(whole[..<end]))
      let found = try read()
      #expect(found.contents == Array(samples.prefix(found.contents.count)))
      #expect(Self.file(found.contents).count == found.end)
      #expect(found.isTorn == (found.end < end))
    }
  }

  @Test func `zeros at the end are what a crash leaves`() throws {
    try write(Self.file([[1]]) + Array(repeating: 0, count: 5_000))
    let found = try read()
    #expect(found.contents == [[1]])
    #expect(found.isTorn)
  }

  @Test func `a damaged frame that others follow is refused by its place`() throws {
    var bytes = Self.file([[1], [2, 2], [3]])
    let place = Self.file([[1]]).count
    bytes[place + Frame.header] ^= 1
    try write(bytes)
    #expect {
      try read()
    } throws: { error in
      "\(error)" == "\(path): damaged at byte \(place); what stands behind it can't be trusted"
    }
    // The last one may have been under way.
    try write(Array(bytes[..<(place + Frame.header + 2)]))
    #expect(try read().contents == [[1]])
  }

  @Test func `another file is refused`() throws {
    try write(Array("{}".utf8))
    #expect {
      try FrameFile(path, named: "frames")
    } throws: { error in
      "\(error)" == "\(path): expected a file that begins with \"frames\""
    }
  }

  @Test func `the checksum is CRC-32C`() {
    // RFC 3720, B.4.
    #expect(Checksum.of(Array(repeating: 0, count: 32)[...]) == 0x8A91_36AA)
    #expect(Checksum.of(Array(repeating: 0xFF, count: 32)[...]) == 0x62A8_AB43)
    #expect(Checksum.of(Array(0..<32)[...]) == 0x46DD_794E)
    #expect(Checksum.of(Array("123456789".utf8)[...]) == 0xE306_9283)
    #expect(Checksum.of([]) == 0)
  }
}
