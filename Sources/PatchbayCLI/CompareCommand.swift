import ArgumentParser
import GenesysRecorder
import Logging
import PatchbayCore
import PatchbayJSON

/// Holds the sandbox against a recording: `patchbay sandbox compare`.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Sends what was recorded to a sandbox, and lists every difference of the answers.",
    discussion: """
      Starts a sandbox of its own, set up as the recording shows the organisation. Times and numbers \
      have to be such, not the same; words have to be the same, and ids have to mean the same throughout. \
      Exit codes: 0 there is no difference; 1 there is one; 66 the recording can't be read.
      """)

  @Argument(help: "A recording of `patchbay record`.", completion: .file())
  var file: String

  @Flag(help: "Prints the differences as JSON.")
  var json = false

  func run() async throws {
    let recording: Recording
    do {
      recording = try Recording.read(file)
    } catch let error as UnreadableInput {
      Terminal.printError("patchbay: \(error)")
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.unreadableInput.rawValue)
    } catch {
      Terminal.printError("patchbay: \(OutsideText.shown("\(error)", longest: 600))")
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.unreadableInput.rawValue)
    }
    let result = try await SandboxComparison(
      recording, logger: ErrorLog.logger(level: .warning)
    ).run()
    if json { print(result.json.text(.pretty)) } else { show(result) }
    if !result.differences.isEmpty {
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.failure.rawValue)
    }
  }

  private func show(_ result: ComparisonResult) {
    for (difference, count) in result.differences {
      let place = difference.place.isEmpty ? "" : " \(difference.place)"
      let times = count == 1 ? "" : " (\(count) times)"
      print(
        OutsideText.shown(
          "\(difference.operation):\(place): \(difference.explanation)\(times)", longest: 600))
    }
    for reason in result.skipped { print("not compared: \(reason)") }
    let count = result.differences.count
    print(
      "\(result.compared) exchanges compared, "
        + "\(count == 0 ? "no" : "\(count)") difference\(count == 1 ? "" : "s")")
  }
}

extension ComparisonResult {
  fileprivate var json: JSONValue {
    [
      "compared": .integer(compared),
      "differences": .array(
        differences.map { difference, count in
          [
            "kind": .string(difference.kind.rawValue),
            "operation": .string(difference.operation), "place": .string(difference.place),
            "explanation": .string(difference.explanation), "count": .integer(count),
          ]
        }),
      "not_compared": .array(skipped.map { .string($0) }),
    ]
  }
}
