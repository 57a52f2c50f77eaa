import ContactCenter
import Foundation
import PatchbayCore
import PatchbayJSON
import Testing

/// Files of records that gzip has packed.
struct PackedRecordTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  private static func calls(at path: String) -> JSONValue {
    [
      "path": .string(path),
      "fields": [
        "agent": "Agent", "call": "Call Id", "offered": ["Date", "Time"],
        "wait": "Speed of answer in seconds", "talk": "AvgTalkDuration",
      ],
      "served": ["field": "Answered (Y/N)", "is": "Y"], "time_format": "M/d/yyyy H:mm:ss",
    ]
  }

  /// What is read of a packed file that somebody has changed.
  private func read(_ change: (inout Data) -> Void) async throws -> RecordReading {
    var bytes = try Data(contentsOf: Self.fixtures.appending(path: "gzip/calls.csv.gz"))
    change(&bytes)
    let url = FileManager.default.temporaryDirectory.appending(path: "patchbay-\(UUID()).gz")
    defer { try? FileManager.default.removeItem(at: url) }
    try bytes.write(to: url)
    return try await RecordReading(Self.calls(at: url.path))
  }

  @Test func `two members in the middle of a row, and zeros behind them`() async throws {
    let packed = try await RecordReading(
      Self.calls(at: Self.fixtures.appending(path: "gzip/calls.csv.gz").path))
    let plain = try await RecordReading(
      Self.calls(at: Self.fixtures.appending(path: "field/call-dataset/calls.csv").path))
    #expect(packed.error == "")
    #expect(packed.services.count == plain.services.count)
    #expect(packed.services.map(\.connected) == plain.services.map(\.connected))
    #expect(packed.tally.records == plain.tally.records)
  }

  @Test func `a small file that holds a large one`() async throws {
    let reading = try await RecordReading([
      "path": .string(Self.fixtures.appending(path: "gzip/many.csv.gz").path),
      "fields": ["start": "start", "end": "end"],
    ])
    #expect(reading.error == "")
    #expect(reading.tally.records == 20_000)
  }

  @Test func `a file that is cut off says so`() async throws {
    let reading = try await read { $0.removeLast(512 + 100) }
    #expect(reading.error.contains("is cut off: what gzip packed doesn't end in its "))
  }

  @Test func `a file that is damaged says where`() async throws {
    let reading = try await read { $0[$0.startIndex + 400] ^= 0xFF }
    #expect(reading.error.contains("is damaged at byte "))
  }

  @Test func `what follows and isn't packed is no part of it`() async throws {
    let reading = try await read { $0.append(contentsOf: Array("Ann,c9\n".utf8)) }
    #expect(reading.error.contains("is damaged at byte "))
    #expect(reading.error.contains("incorrect header check"))
  }

  @Test func `what is packed twice says so`() async throws {
    let url = Self.fixtures.appending(path: "gzip/twice.csv.gz")
    let reading = try await RecordReading(Self.calls(at: url.path))
    #expect(reading.error.hasSuffix("is packed with gzip twice: unpack it once"))
  }
}
