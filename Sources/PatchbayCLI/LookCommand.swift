import ArgumentParser
import ContactCenter
import PatchbayCore
import PatchbayJSON

/// Proposes how a file that nobody knows is to be read: `patchbay look`.
struct LookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "look",
    abstract: "Looks at a file of records and proposes how to read it.",
    discussion: """
      Finds out what parts the records, which column is what and how times are written, says why, shows \
      the first services as they would be told, and writes the configuration. Nothing is sent, and the \
      file is not changed. Exit codes: 0 a configuration is proposed; 1 too little was found; 66 the \
      file can't be read.
      """)

  @Argument(help: "The file of records.", completion: .file())
  var file: String

  @Option(
    help: "Writes the configuration to a file; without it, it is printed.", completion: .file())
  var output: String?

  @Flag(help: "Replaces a file that exists.")
  var force = false

  func run() async throws {
    let look: RecordLook
    do {
      look = try await RecordLook(file)
    } catch let error as UnreadableInput {
      Terminal.printError("patchbay: \(error)")
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.unreadableInput.rawValue)
    }
    show(look)
    guard let configuration = look.configuration else {
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.failure.rawValue)
    }
    let text = configuration.text(.pretty) + "\n"
    guard let output else {
      print(text, terminator: "")
      return
    }
    if !force, InputFile.isReadable(output) {
      throw ValidationError("\(output) exists; --force replaces it")
    }
    try await NewFiles(directory: ".", files: [.init(name: output, text: text)]).write(force: force)
    Terminal.printError("written: \(output); try it by patchbay doctor \(output)")
  }

  /// What was found goes beside the configuration, which may be piped into a file.
  private func show(_ look: RecordLook) {
    Terminal.printError(OutsideText.shown(file))
    for reason in look.reasons { Terminal.printError("  " + OutsideText.shown(reason)) }
    for doubt in look.doubts {
      Terminal.printError("  ! " + OutsideText.shown(doubt, longest: 600))
    }
    for told in look.told { Terminal.printError("  > " + OutsideText.shown(told)) }
  }
}
