import EventMapping
package import PatchbayCore
package import PatchbayJSON

/// The options of the `records` source.
package struct RecordsOptions: OptionGroup {
  let path: [String]
  let format: RecordFormat
  let encoding: RecordEncoding
  let each: [String]
  let fields: ServiceFields
  let timeFormat: TimeFormat
  /// Nil if nobody says it.
  let timeZone: ZoneName?
  let served: ServedCondition
  let pairs: PairedRecords
  let latestBy: String
  let noAgent: [String]
  let noTime: [String]
  let longestService: Duration
  let wrapUp: Duration
  var machine: ServiceTerms
  var pace: Pace
  let longestRecord: ByteCount
  let mapping: String?

  /// What to do if the header isn't where it was looked for.
  var headerAdvice =
    "; if the header comes later, say so by \"skip_lines\" or \"comment\""
  let follow: FollowChoice
  let agentUpTo: String
  let presences: PresenceRecords

  /// Reads an object, over the options of the preset that it names.
  package static func decode(_ node: JSONNode, at path: OptionPath) -> DecodedOptions<Self> {
    decodeGroup(node.withPreset(), at: path)
  }

  package init(from options: inout OptionReader) {
    let preset: PresetName? = options.optional(
      "preset",
      doc: "A format that many centres have; the options beside it are laid over its own.")
    _ = preset
    path =
      options.required(
        "path", example: FilePatterns.example,
        .that("paths that aren't empty") { !$0.paths.isEmpty && !$0.paths.contains("") },
        doc:
          "The file of records, or several, also by patterns such as `logs/*.csv`: they are read in the "
          + "order of their first times. One that gzip has packed is unpacked while it is read."
      ).paths
    format = options.value(
      "format", default: "delimited", doc: "How records stand in the file.")
    encoding = options.value("encoding", default: .utf8, doc: "How its text is encoded.")
    each = options.oneOrMany(
      "each", default: [],
      .each(.that("a path such as `participants[purpose=agent]`") { ValuePath($0) != nil }),
      doc:
        "For JSON: the paths to the records in an object, each from the one before, where several are in "
        + "one. A record has the members of those around it, too.")
    fields = options.group("fields", doc: "Where a service's parts stand in a record.")
    timeFormat = options.value(
      "time_format", default: .iso,
      doc:
        "How times are written: `iso`, `epoch-s`, `epoch-ms`, `epoch-us`, or a pattern of UTS 35's "
        + "letters such as `M/d/yyyy h:mm:ss a`.")
    timeZone = options.optional(
      "time_zone",
      doc:
        "The zone of times that don't say theirs, by its IANA name; without it they are taken as UTC."
    )
    served = options.group("served", doc: "Which records are of calls that an agent served.")
    agentUpTo = options.value(
      "agent_up_to", default: "",
      doc: "What an agent's name ends before, at its last place: `-` makes `SIP/21` of `SIP/21-0f`."
    )
    presences = options.group(
      "presences", doc: "Which records say where an agent is; told in terms of `genesys-cloud`.")
    pairs = options.group(
      "pairs", doc: "Which records begin and end services, where a service is told in two.")
    latestBy = options.value(
      "latest_by", default: "",
      doc: "The column or path by whose greatest value a record counts, of those of one call.")
    noAgent = options.oneOrMany(
      "no_agent", default: [""], doc: "What stands for the agent of a call that nobody served.")
    noTime = options.oneOrMany(
      "no_time", default: [""], doc: "What stands for a time that didn't happen.")
    longestService = options.value(
      "longest_service", default: .seconds(12 * 3_600),
      .range(.seconds(1) ... .seconds(30 * 86_400)),
      doc: "The longest that a service can be; what seems longer is a bad record.")
    wrapUp = options.value(
      "wrap_up", default: .zero, .range(.zero ... .seconds(86_400)),
      doc: "How long an agent wraps up where records don't say.")
    machine = options.value(
      "machine", default: .agentDesktop, doc: "The machine in whose states services are told.")
    pace = options.value("pace", default: "recorded", doc: "At which pace events come.")
    mapping = options.optionalReference(
      "mapping", to: eventShapeType,
      doc: "The shape of records that are events, and not services, each.")
    for (name, isUnset) in [
      ("time_format", timeFormat == .iso), ("time_zone", timeZone == nil),
    ] {
      options.check(
        mapping == nil || isUnset, at: name, "is the mapping's own: set it there")
    }
    for (name, isUnset) in [
      ("no_agent", noAgent == [""]), ("no_time", noTime == [""]), ("wrap_up", wrapUp == .zero),
      ("longest_service", longestService == .seconds(12 * 3_600)),
      ("agent_up_to", agentUpTo.isEmpty),
      ("machine", machine == .agentDesktop),
    ] {
      options.check(
        mapping == nil || isUnset, at: name,
        "is about services, and with \"mapping\" each record is an event")
    }
    follow = options.value(
      "follow", default: .no,
      doc:
        "Whether what is appended to the file is waited for, also when it is rotated; events come when "
        + "their records do then, whatever `pace` says.")
    options.check(
      follow == .no || (path.count == 1 && !RecordFiles.isPattern(path[0])), at: "follow",
      "is for one file by its path")
    options.check(
      follow == .no || latestBy.isEmpty, at: "follow",
      "can't be set together with \"latest_by\": the latest record is known at the end alone")
    options.check(
      follow == .no || !format.isArray, at: "follow", "is for files that grow, which an array can't"
    )
    for (name, isUnset) in [
      ("fields", fields.names == ["agent", "call", "start", "end"]),
      ("served", served.field.isEmpty), ("pairs", !pairs.isAsked),
      ("presences", presences.field.isEmpty), ("latest_by", latestBy.isEmpty),
    ] {
      options.check(
        mapping == nil || isUnset, at: name,
        "is about services, and with \"mapping\" each record is an event")
    }
    options.check(
      !pairs.isAsked || latestBy.isEmpty, at: "latest_by",
      "can't be set together with \"pairs\": a service is told in two records there")
    let isJSON = format.isJSON
    options.check(
      isJSON || each.isEmpty, at: "each", "is for JSON: a row is one record")
    let wrong =
      isJSON
      ? (fields.names + presences.time + [
        served.field, latestBy, pairs.field, pairs.unanswered.ring, presences.field,
        presences.reason,
      ]).first {
        !$0.isEmpty && ValuePath($0) == nil
      } : nil
    options.check(
      wrong == nil, at: "fields",
      "\((wrong ?? "").debugDescription) is no path: brackets choose by "
        + "`[member=value]`, `[first]`, `[last]` or a number")
    longestRecord = options.value(
      "longest_record", default: .mebibytes(1), .range(.bytes(64) ... .mebibytes(64)),
      doc: "The longest record that is read; longer ones are rejected.")
  }

  /// The times of day among what stands for none: `0:00:00` and `00:00:00` are one.
  var noClock: Set<Int64> {
    Set(noTime.filter { $0.contains(":") }.compactMap { RecordDuration.nanoseconds($0) })
  }
}
