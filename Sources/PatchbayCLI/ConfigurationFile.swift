import ArgumentParser
import PatchbayCore
import PatchbayRuntime

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A configuration on disk, and the one way from it to a plan.
struct ConfigurationFile {
  let path: String

  /// Reads and understands the file.
  ///
  /// - Throws: `UnreadableInput` if it can't be read.
  func plan() throws -> PlanResult {
    let file = try InputFile(path: path)
    var text: [UInt8] = []
    while true {
      let chunk = try file.read(upTo: 1 << 16)
      if chunk.isEmpty { break }
      text += chunk
    }
    let planner = Planner(registry: try .standard(), variables: Self.environment)
    return planner.plan(text)
  }

  /// Like `plan()`, but ends the program if the file can't be read.
  func planResultOrExit() throws -> PlanResult {
    do {
      return try plan()
    } catch let error as UnreadableInput {
      Terminal.printError("patchbay: \(error)")
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.unreadableInput.rawValue)
    }
  }

  /// Like `plan()`, but prints what is wrong and ends the program if there is no plan.
  func planOrExit() throws -> Plan {
    let result = try planResultOrExit()
    for issue in result.issues { Terminal.printError(issue.rendered(file: path)) }
    guard let plan = result.plan else {
      let count = result.issues.count { $0.severity == .error }
      Terminal.printError("\(path) is refused: \(count) \(count == 1 ? "error" : "errors")")
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.configuration.rawValue)
    }
    return plan
  }

  private static var environment: [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let pointer = entry.pointee {
      let text = String(cString: pointer)
      if let separator = text.firstIndex(of: "=") {
        variables[String(text[..<separator])] = String(text[text.index(after: separator)...])
      }
      entry += 1
    }
    return variables
  }
}
