import ArgumentParser
import PatchbayRuntime

/// Draws a pipeline: `patchbay graph`.
struct GraphCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Draws a pipeline as a Mermaid flowchart.",
    discussion: """
      Solid lines are the main path, dotted ones records of events that left it. Circles and the \
      sinks' last lines are where an event is settled. A line's label is the buffer on it, in \
      batches and events a batch; stages in a frame share a task and call each other.
      """)

  @OptionGroup var configuration: ConfigurationArguments

  func run() async throws {
    print(PlanGraph(try configuration.file.planOrExit()).mermaid, terminator: "")
  }
}
