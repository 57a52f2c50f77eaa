package import PatchbayCore
package import PatchbayJSON
import PatchbayRuntime
package import Reports

/// How a run stands at a moment, for who follows it from another process.
package struct LiveState: Sendable {
  package let report: RunReport
  /// What waits before each stage, by its name.
  package let waits: [String: ChannelWait]
  package let hasEnded: Bool

  init(report: RunReport, waits: [String: ChannelWait], hasEnded: Bool) {
    self.report = report
    self.waits = waits
    self.hasEnded = hasEnded
  }

  var json: JSONValue {
    [
      "report": report.json, "ended": .bool(hasEnded),
      "waits": .object(
        waits.sorted { $0.key < $1.key }.map { name, wait in
          .init(
            name,
            [
              "events": .integer(wait.events), "batches": .integer(wait.batches),
              "credits": .integer(wait.credits),
              "blocked_ns": .integer(Int(wait.blockedNanoseconds)),
            ])
        }),
    ]
  }

  /// Reads a line.
  ///
  /// - Throws: `PipelineError` that names the member that isn't as it should be.
  package init(_ json: JSONValue, folder: String) throws {
    report = try RunReport(json["report"] ?? .null, directory: folder)
    hasEnded = json["ended"]?.bool ?? false
    var waits: [String: ChannelWait] = [:]
    for member in json["waits"]?.object ?? [] {
      waits[member.name] = ChannelWait(
        events: member.value["events"]?.integer ?? 0,
        batches: member.value["batches"]?.integer ?? 0,
        credits: member.value["credits"]?.integer ?? 0,
        blockedNanoseconds: Int64(member.value["blocked_ns"]?.integer ?? 0))
    }
    self.waits = waits
  }
}
