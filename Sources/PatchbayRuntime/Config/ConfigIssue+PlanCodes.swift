package import PatchbayCore

/// What can be wrong with a configuration as a whole.
extension ConfigIssue.Code {
  /// Every kind of issue there is, by id.
  package static let all = (ofOptions + ofPlans + ofComposition).sorted { $0.id < $1.id }

  package static let ofPlans: [Self] = [
    syntax, duplicateName, unknownType, wrongSection, nameInUse, malformedName, unknownInput,
    unknownPort, cycle, dangling, nothingToRun, repeatedInput, resourceInUse, unconnectedPort,
    unrecordedPlatform, journalOff, unsetVariable, malformedVariable, unknownConnection,
    unusableConnection,
    unusedConnection, unknownMetric, malformedThreshold, unproducedMetric, untestableStage,
  ]

  /// A stage that `patchbay test` can't keep inside.
  package static let untestableStage = Self(
    "PB0701", "a stage that a test can't run",
    cause:
      "Tests touch nothing outside: the stage would start a program, or use a network or files of "
      + "its own, or doesn't say that it doesn't.",
    cure:
      "Give a source's events under \"given\", leave the stage out with \"only\" or \"changes\", name "
      + "it under \"outside\" to have it run for real, or have its author state its `reach`. Sinks that "
      + "reach outside are replaced by recorders.")

  /// A text that isn't JSON.
  package static let syntax = Self(
    "PB0001", "the text isn't JSON",
    cause: """
      The text breaks the rules of JSON (RFC 8259) at the place given: a missing or extra comma, an \
      open quote, a comment, or an encoding other than UTF-8 without a byte order mark.
      """,
    cure:
      "Correct it where the message points, or just before. Nothing else is checked until then.",
    wrong: #"{ "name": "smoke", }"#, right: #"{ "name": "smoke" }"#)

  /// A name that its object already has.
  package static let duplicateName = Self(
    "PB0002", "an object has a name twice",
    cause: "Two members of one object have the same name; JSON readers disagree on which counts.",
    cure: "Remove or rename one of them.",
    wrong: #"{ "agents": 5, "agents": 6 }"#, right: #"{ "agents": 6 }"#)

  /// A stage or connection type that doesn't exist.
  package static let unknownType = Self(
    "PB0201", "no such type",
    cause: "No stage or connection of this program has the type.",
    cure: "Correct it; `patchbay stages` lists all there are.",
    wrong: #""type": "scenari""#, right: #""type": "scenario""#)

  /// A stage in the section of another role.
  package static let wrongSection = Self(
    "PB0202", "a stage in the section of another role",
    cause: "The type exists, but belongs under another section.",
    cure: "Move the stage to the section in the message.",
    wrong: #""sinks": { "desk": { "type": "scenario" } }"#,
    right: #""sources": { "desk": { "type": "scenario" } }"#)

  /// A stage name that another section already uses.
  package static let nameInUse = Self(
    "PB0203", "a name that is taken",
    cause: """
      Another stage has the name, whatever its section, or the name is reserved: `correlation`, and \
      names that would hide a metric.
      """,
    cure: "Rename one of them.")

  /// A name with characters that references can't have.
  package static let malformedName = Self(
    "PB0204", "a name that references can't have",
    cause:
      "Names of stages, connections and templates are used in references such as `a.rejected`.",
    cure: "Use 1 to 64 lower-case letters, digits, `-` and `_`.",
    wrong: #""QA Export": {}"#, right: #""qa-export": {}"#)

  /// An input that names no stage.
  package static let unknownInput = Self(
    "PB0205", "an input names no stage",
    cause: "There is no stage of the name that `inputs` lists.",
    cure: "Correct the name, or add the stage.",
    wrong: #""inputs": ["dsk"]"#, right: #""inputs": ["desk"]"#)

  /// An input that names a port its stage doesn't have.
  package static let unknownPort = Self(
    "PB0206", "an input names a port that isn't there",
    cause: """
      Sources and validators have the port `.rejected`, injectors `.failed`; sinks have no output.
      """,
    cure: "Use one of the ports in the message, or none for the main output.",
    wrong: #""inputs": ["inject.rejected"]"#, right: #""inputs": ["inject.failed"]"#)

  /// Stages that feed each other in a circle.
  package static let cycle = Self(
    "PB0207", "stages feed each other in a circle",
    cause: "Following the inputs one comes back to where one started, so events would go round.",
    cure: "Remove one of the inputs on the way that the message shows.")

  /// A stage whose main output nobody takes.
  package static let dangling = Self(
    "PB0208", "nothing takes a stage's events",
    cause: "The stage's main output leads nowhere: its events would be lost.",
    cure: "Name the stage in the `inputs` of another one, or remove it.")

  /// No source, or no sink.
  package static let nothingToRun = Self(
    "PB0209", "no source or no sink",
    cause: "A pipeline needs something that events come from and something that takes them.",
    cure: """
      Add one; `patchbay stages` lists the types. A file that others include needs none: check the \
      file that includes it.
      """)

  /// The same input twice.
  package static let repeatedInput = Self(
    "PB0210", "an input listed twice",
    cause: "The stage would get every event of that input twice.",
    cure: "Remove one of the two.",
    wrong: #""inputs": ["desk", "desk"]"#, right: #""inputs": ["desk"]"#)

  /// Two stages that need the same file or input.
  package static let resourceInUse = Self(
    "PB0211", "two stages that need the same thing",
    cause: "Two stages would write the same file, or read the same input, and get into each other.",
    cure: "Give one of them another file, or remove it.",
    wrong: #""a": { "type": "jsonl" }, "b": { "type": "jsonl" }"#,
    right: #""a": { "type": "jsonl" }, "b": { "type": "jsonl", "file": "b.jsonl" }"#)

  /// A `.rejected` or `.failed` port that nothing takes.
  package static let unconnectedPort = Self(
    "PB0212", "a port that nothing takes",
    cause: """
      The stage can turn events away, and no stage takes those: they are counted, but no sink keeps \
      a record of them.
      """,
    cure: "List the port in the `inputs` of a sink, such as the audit or the console.",
    wrong: #""inputs": ["states"]"#, right: #""inputs": ["states", "schema.rejected"]"#)

  /// A real platform, and nothing that keeps a record of what is sent there.
  package static let unrecordedPlatform = Self(
    "PB0213", "no record of what a real platform gets",
    cause: """
      Requests go to a real organisation, and no sink that keeps records gets what the injector \
      accepted and what failed. Nobody could say afterwards what was done there.
      """,
    cure: "Add an `audit-log` sink behind the injector and its `.failed` port.",
    wrong: #""sinks": { "console": { "type": "stdout", "inputs": ["inject"] } }"#,
    right: #""sinks": { "audit": { "type": "audit-log", "inputs": ["inject", "inject.failed"] } }"#
  )

  /// A real platform, and a run that can't be gone on with.
  package static let journalOff = Self(
    "PB0214", "journal off",
    cause: """
      Requests go to a real organisation, and the run writes down neither what it is about to send nor \
      what became of it: after a crash nobody could say what was sent, and the run couldn't be gone on with.
      """,
    cure: "Leave `run.journal` out; it is on then.",
    wrong: #""run": { "journal": false }"#, right: #""run": {}"#)

  /// An environment variable that isn't set.
  package static let unsetVariable = Self(
    "PB0301", "an environment variable isn't set",
    cause: "The value names a variable that the environment doesn't have, and gives no default.",
    cure: "Set the variable, or write a default.",
    wrong: #""region": "${REGION}""#, right: #""region": "${REGION:-sandbox}""#)

  /// A `${` that isn't a variable.
  package static let malformedVariable = Self(
    "PB0302", "a ${ that is no variable",
    cause:
      "`${` starts a variable in every string value, and this one isn't closed or has no name.",
    cure: "Write `${NAME}` or `${NAME:-default}`; `$${` stands for a literal `${`.",
    wrong: #""name": "costs ${5}""#, right: #""name": "costs $${5}""#)

  /// A reference to a connection that doesn't exist.
  package static let unknownConnection = Self(
    "PB0401", "no connection of that name",
    cause: "The stage names a connection that isn't declared.",
    cure: "Correct the name, or declare it under `connections`.")

  /// A connection of a type or with options that the stage can't use.
  package static let unusableConnection = Self(
    "PB0402", "a connection that the stage can't use",
    cause: "The connection is of another type than the stage needs, or leads where it can't go.",
    cure: "Name another connection, or change its options as the message says.")

  /// A connection that nothing uses.
  package static let unusedConnection = Self(
    "PB0403", "a connection that nothing uses",
    cause: "No stage names the connection; it is opened all the same.",
    cure: "Name it in a stage's options, or remove it.")

  /// A threshold on a metric that doesn't exist.
  package static let unknownMetric = Self(
    "PB0501", "a threshold on no metric",
    cause:
      "No stage of any type produces a metric of this name, so that the threshold means nothing.",
    cure: "Correct the name; `patchbay metrics` lists them all, with their units.",
    wrong: #""corelation.mismatches": "== 0""#, right: #""correlation.mismatches": "== 0""#)

  /// A threshold that isn't a condition.
  package static let malformedThreshold = Self(
    "PB0502", "a threshold that is no condition",
    cause: "A threshold is a comparison with a decimal number, in a string.",
    cure: """
      Write one of <, <=, >, >=, == and !=, then a number without a unit; `patchbay metrics` tells \
      what each metric counts in.
      """,
    wrong: #""events.failed": 0"#, right: #""events.failed": "== 0""#)

  /// A threshold on a metric that no stage of this pipeline produces.
  package static let unproducedMetric = Self(
    "PB0503", "a threshold that always fails",
    cause: """
      The metric exists, but nothing in this pipeline produces it. A metric without a value fails \
      its threshold, so every run will exit with 99.
      """,
    cure: "Add a stage that produces it (an injector, a correlator), or remove the threshold.")
}
