import Foundation
import FuzzTargets
import PatchbayCore
import Testing

/// Each reader takes what its corpus holds, and thousands of mutations of that, without a trap.
///
/// `make fuzz` has libFuzzer look for more; what that finds comes into the corpora.
struct FuzzTests {
  private static let corpora = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "corpora")
  /// For more of one: `PATCHBAY_FUZZ_TARGET=records PATCHBAY_FUZZ_CASES=500000`.
  private static let environment = ProcessInfo.processInfo.environment
  private static let rounds = environment["PATCHBAY_FUZZ_CASES"].flatMap { Int($0) } ?? 2_000
  private static let targets = FuzzTarget.allCases.filter {
    environment["PATCHBAY_FUZZ_TARGET"].map($0.rawValue.hasPrefix) ?? true
  }

  @Test(arguments: targets)
  func `nothing traps`(target: FuzzTarget) throws {
    let folder = Self.corpora.appending(path: target.rawValue)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let seeds = try names.map { [UInt8](try Data(contentsOf: folder.appending(path: $0))) }
    try #require(!seeds.isEmpty)
    for seed in seeds { target.run(seed) }
    var random = KeyedRandom(
      seed: 15, purpose: "fuzz", KeyedRandom.key(Array(target.rawValue.utf8)[...]))
    for round in 0..<Self.rounds {
      var bytes = seeds[round % seeds.count]
      for _ in 0...Int(random.next() % 4) { Self.mutate(&bytes, with: seeds, using: &random) }
      target.run(bytes)
    }
  }

  /// Flips, removes, doubles or borrows some bytes.
  private static func mutate(
    _ bytes: inout [UInt8], with seeds: [[UInt8]], using random: inout KeyedRandom
  ) {
    let place = Int(random.next() % UInt64(bytes.count + 1))
    let end = min(bytes.count, place + Int(random.next() % 16))
    switch random.next() % 6 {
    case 0: if place < bytes.count { bytes[place] ^= UInt8(1 << (random.next() % 8)) }
    case 1: bytes.removeSubrange(place..<end)
    case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 3: bytes.removeLast((bytes.count - place) / 2)
    case 4: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
    default:
      let other = seeds[Int(random.next() % UInt64(seeds.count))]
      let start = Int(random.next() % UInt64(other.count + 1))
      bytes.replaceSubrange(place..<end, with: other[start...].prefix(32))
    }
  }
}
