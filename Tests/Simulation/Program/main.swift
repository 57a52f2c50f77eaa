import Foundation
import Simulation

// Runs the simulations of so many seeds from one on, and says which of them show what must not be.
//
//   simulate FIRST COUNT [--story] [--first]
//
// Exit code 0: none does. A seed shows the same again. With --first it ends at the first that does.

let arguments = CommandLine.arguments.dropFirst()
let numbers = arguments.compactMap { UInt64($0) }
guard numbers.count == 2, numbers[1] > 0 else {
  FileHandle.standardError.write(Data("usage: simulate FIRST COUNT [--story] [--first]\n".utf8))
  exit(64)
}
let tellsStory = arguments.contains("--story")
let endsAtFirst = arguments.contains("--first")
let memory = "/dev/shm"
let isThere = FileManager.default.isWritableFile(atPath: memory)
let base = isThere ? memory : FileManager.default.temporaryDirectory.path
let folder = "\(base)/patchbay-simulation-\(ProcessInfo.processInfo.processIdentifier)"

var bad: [UInt64] = []
var (crashes, faults) = (0, 0)
for seed in numbers[0]..<numbers[0] + numbers[1] {
  try FileManager.default.createDirectory(
    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  var simulation = Simulation(seed: seed, in: folder)
  let verdict = simulation.run()
  crashes += verdict.crashes
  faults += verdict.faults
  if tellsStory { for line in verdict.story { print("seed \(seed): \(line)") } }
  if !verdict.violations.isEmpty { bad.append(seed) }
  for violation in verdict.violations { print("seed \(seed): VIOLATION \(violation)") }
  try FileManager.default.removeItem(atPath: folder)
  if endsAtFirst, !bad.isEmpty { break }
}
print(
  "\(numbers[1]) seeds from \(numbers[0]): \(bad.count) with violations, \(crashes) kills, "
    + "\(faults) failed changes of the disk")
exit(bad.isEmpty ? 0 : 1)
