import PatchbayCore

/// Which run a journal belongs to.
package struct JournalHead: Sendable, Equatable {
  let id: UUIDBits
  let startedAt: Timestamp
  let seed: UInt64
  let pipeline: String
  /// A hash of the options that take effect; empty in a build that has none.
  let configurationHash: String
  /// The names of all stages, in the order of the plan.
  let stages: [String]

  init(_ identity: RunIdentity, _ plan: Plan) {
    id = identity.id
    startedAt = identity.startedAt
    seed = identity.seed
    pipeline = identity.pipeline
    configurationHash = identity.configurationHash ?? ""
    stages = plan.stages.map(\.name)
  }

  init(from reader: inout ArchiveReader) throws(ArchiveReader.Failure) {
    id = UUIDBits(high: try reader.number(), low: try reader.number())
    startedAt = Timestamp(nanoseconds: try reader.number())
    seed = try reader.number()
    pipeline = try reader.text()
    configurationHash = try reader.text()
    var stages: [String] = []
    for _ in 0..<(try reader.count()) { stages.append(try reader.text()) }
    self.stages = stages
  }

  func append(to writer: inout ArchiveWriter) {
    writer.append(id.high)
    writer.append(id.low)
    writer.append(startedAt.nanoseconds)
    writer.append(seed)
    writer.append(text: pipeline)
    writer.append(text: configurationHash)
    writer.append(UInt32(stages.count))
    for stage in stages { writer.append(text: stage) }
  }

  /// Why a plan isn't the one that the run was begun with; nil if it is.
  func objection(to plan: Plan, _ identity: RunIdentity) -> String? {
    if identity.pipeline != pipeline {
      return "it is a run of \"\(pipeline)\", and the configuration is \"\(identity.pipeline)\""
    }
    if identity.seed != seed {
      return "it has the seed \(seed), and the configuration says \(identity.seed)"
    }
    if plan.stages.map(\.name) != stages || (identity.configurationHash ?? "") != configurationHash
    {
      return "the configuration has changed since; go on with the one from then"
    }
    return nil
  }
}
