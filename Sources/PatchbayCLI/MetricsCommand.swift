import ArgumentParser
import PatchbayJSON
import PatchbayRuntime

/// Lists the metrics: `patchbay metrics`.
struct MetricsCommand: AsyncParsableCommand {
  /// How they are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "Lists the metrics that thresholds and tests may name, with their units.")

  @Option(help: "How they are printed: text or json.")
  var format = Format.text

  func run() async throws {
    let reference = MetricReference(try .standard())
    switch format {
    case .text: print(reference.text, terminator: "")
    case .json: print(reference.json.text(.pretty))
    }
  }
}
