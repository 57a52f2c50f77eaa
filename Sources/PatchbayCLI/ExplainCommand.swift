import ArgumentParser
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime

/// Explains a diagnostic, a reason or an exit code: `patchbay explain PB0104`.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract:
      "Explains the code of an error or warning, the reason of an outcome, or an exit code.",
    discussion: "Without a code it lists them all.")

  @Argument(
    help: "A code such as PB0104, a reason such as http.400, or an exit code such as 99.",
    completion: .custom { _, _, _ in ConfigIssue.Code.all.map(\.id) })
  var code: String?

  @Option(help: "How it is printed: text, json, or markdown.")
  var format = ReferenceFormat.text

  func run() async throws {
    var codes = ConfigIssue.Code.all
    if let number = code.flatMap({ Int32($0) }) {
      guard let exit = PatchbayCore.ExitCode(rawValue: number) else {
        let all = PatchbayCore.ExitCode.allCases.map { String($0.rawValue) }
        throw ValidationError(
          "the program has no exit code \(number); it has \(all.joined(separator: ", "))")
      }
      print("\(number)  \(exit.meaning)")
      return
    }
    if let code, let entry = ReasonReference.entry(for: code) {
      print(ReasonReference.explanation(of: entry), terminator: "")
      return
    }
    if let code, code.contains(where: { "._".contains($0) }) {
      throw ValidationError(
        "\(code.quoted) is no reason of the program's own stages; a plugin or a program of yours may "
          + "give it. `patchbay explain` lists them all")
    }
    if let code {
      guard let found = ConfigIssue.Code.named(code) else {
        throw ValidationError("there is no code \(code.quoted); `patchbay explain` lists them all")
      }
      codes = [found]
    }
    switch format {
    case .text where code == nil:
      for code in codes { print("\(code.id)  \(code.title)") }
      for reason in ReasonReference.entries { print("\(reason.code)  \(reason.cause)") }
      print("http.STATUS  An answer that doesn't count as taken; `patchbay explain http.400`.")
    case .text: print(codes.map(\.explanation).joined(), terminator: "")
    case .markdown: print(ConfigIssue.Code.page(codes), terminator: "")
    case .json: print(JSONValue.array(codes.map(\.json)).text(.pretty))
    }
  }
}
