import ArgumentParser
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import Reports

/// Lists the runs of a folder: `patchbay runs`.
struct RunsCommand: AsyncParsableCommand {
  /// How they are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "Lists runs, the newest first: how they ended, how many events, how old they are.")

  @ArgumentParser.OptionGroup var directory: RunsFolder

  @Option(help: "How many are listed at the most.")
  var limit = 20

  @Option(help: "How they are printed: text, or json for programs.")
  var format = Format.text

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit: expected 1 or more, found \(limit)") }
  }

  func run() async throws {
    let folders = directory.folders.all
    let runs = folders.prefix(limit).map { ListedRun($0) }
    switch format {
    case .json: print(JSONValue.array(runs.map(\.json)).text(.pretty))
    case .text:
      guard !runs.isEmpty else {
        Terminal.printError("there are no runs in \(directory.directory)")
        return
      }
      print(RunList(runs, now: RealClock().now).text, terminator: "")
      let others = folders.count - runs.count
      if others > 0 {
        Terminal.printError("\(others) more; --limit \(folders.count) lists all of them")
      }
    }
  }
}

extension ListedRun {
  /// Looks into a run's folder.
  fileprivate init(_ folder: String) {
    let name = folder.split(separator: "/").last.map(String.init) ?? folder
    let state: State
    if RunFolders.isInUse(folder) {
      state = .running
    } else if !InputFile.isReadable("\(folder)/\(RunReport.fileName)") {
      state = .unreported
    } else {
      do {
        state = .ended(try RunReport(readingFrom: folder))
      } catch {
        state = .unreadable("\(error)")
      }
    }
    self.init(id: String(name.dropFirst(16)), folder: folder, state: state)
  }
}
