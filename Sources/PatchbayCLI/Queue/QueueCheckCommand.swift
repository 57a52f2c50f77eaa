import ArgumentParser
import PatchbayCore
import PatchbayRuntime

/// Says what waits in spools: `patchbay queue check`.
struct QueueCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract:
      "Says what waits in the spools of a pipeline's sinks, and whether all of it can be read.",
    discussion: """
      It reads everything and changes nothing. Exit codes: 0 nothing waits; 75 something waits; 1 something \
      can't be read, and `patchbay queue repair` sets that aside.
      """)

  @ArgumentParser.OptionGroup var arguments: SpoolArguments

  func run() async throws {
    let (_, spools) = try arguments.resolve()
    for spool in spools { Self.show(spool) }
    let code: PatchbayCore.ExitCode =
      if spools.contains(where: \.isDamaged) { .failure } else if spools.allSatisfy(\.isEmpty) {
        .success
      } else { .incomplete }
    if code != .success { throw ArgumentParser.ExitCode(code.rawValue) }
  }

  static func show(_ spool: SpoolSurvey) {
    print("\(spool.sink)  \(OutsideText.shown(spool.path))")
    var what = ["\(spool.scan.waiting) events wait", "\(spool.documents) documents wait"]
    if spool.scan.bytes > 0 { what.append("\(spool.scan.bytes) bytes") }
    if let oldest = spool.scan.oldest { what.append("the oldest since \(oldest)") }
    if spool.isInUse { what.append("in use by a run") }
    print("  " + what.joined(separator: ", "))
    if spool.scan.tornBytes > 0 {
      print(
        "  \(spool.scan.tornBytes) bytes at an end are torn, as a kill leaves them; no event is lost by that"
      )
    }
    let problems = spool.scan.damages.map(\.text) + [spool.receiptProblem].compactMap(\.self)
    for problem in problems { print("  DAMAGED  \(problem)") }
  }
}
