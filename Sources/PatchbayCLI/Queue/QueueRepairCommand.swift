import ArgumentParser
import PatchbayCore
import PatchbayRuntime

/// Makes damaged spools readable: `patchbay queue repair`.
struct QueueRepairCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Sets aside what can't be read in the spools of a pipeline's sinks.",
    discussion: """
      What is damaged is kept in a file beside its segment; everything else stays in its place and is delivered \
      by the next run. Without readable receipts what was delivered already may be delivered once more. Exit \
      codes: 0 all can be read now; 1 something couldn't be repaired.
      """)

  @ArgumentParser.OptionGroup var arguments: SpoolArguments

  func run() async throws {
    let (plan, spools) = try arguments.resolve()
    for spool in spools where spool.isDamaged {
      do {
        for step in try SpoolRepair(spool.path).run() {
          print("\(spool.sink)  \(step.bytes) bytes set aside in \(OutsideText.shown(step.file))")
        }
      } catch {
        Terminal.printError("patchbay: \(error)")
        throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.failure.rawValue)
      }
    }
    let names = Set(spools.map(\.sink))
    for spool in SpoolSurvey.all(of: plan) where names.contains(spool.sink) {
      QueueCheckCommand.show(spool)
    }
  }
}
