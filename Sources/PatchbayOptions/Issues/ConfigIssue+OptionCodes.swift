/// What can be wrong with a single stage's, connection's or section's options.
extension ConfigIssue.Code {
  /// All of them, by id.
  package static let ofOptions: [Self] = [
    wrongType, ruleViolated, missingOption, unknownOption, renamedOption, setTwice, checkFailed,
    notAChoice, declaredSometimes, literalSecret,
  ]

  /// A value of another type, or a text that isn't written as its type demands.
  public static let wrongType = Self(
    "PB0101", "a value of the wrong type",
    cause: """
      The option takes another type of value, or a text with a grammar of its own (a duration, a \
      rate, a URL) that this text doesn't follow.
      """,
    cure: """
      Write the value as the message shows; `patchbay stages TYPE` lists every option's type. \
      Durations are 100ms, 5s or 1m30s (ns, us, ms, s, m, h, d), byte counts 512B, 64KiB or 10MB, \
      rates 300/min (s, min, h, d).
      """,
    wrong: #""dwell": 100"#, right: #""dwell": "100ms""#)

  /// A value of the right type that breaks one of the option's rules.
  public static let ruleViolated = Self(
    "PB0102", "a value that breaks a rule",
    cause: "The value has the right type, but is out of the option's range, or empty.",
    cure: "Choose a value that fits the rule in the message.",
    wrong: #""agents": 0"#, right: #""agents": 1"#)

  /// An option without a default that isn't set.
  public static let missingOption = Self(
    "PB0103", "a required option is missing",
    cause: "The option has no default, since none would be right for everybody.",
    cure: "Set it; the message gives an example.",
    wrong: #""log": { "type": "call-log" }"#,
    right: #""log": { "type": "call-log", "path": "day.tsv" }"#)

  /// A name that isn't one of the options.
  public static let unknownOption = Self(
    "PB0104", "no such section or option",
    cause: """
      Nothing has this name here, mostly because it is misspelt or stands in the wrong place. It \
      would have no effect, so it is refused.
      """,
    cure: "Correct the name (the message offers one that is near), move it, or remove it.",
    wrong: #""connecton": "genesys""#, right: #""connection": "genesys""#)

  /// An option set under a name that it no longer has.
  public static let renamedOption = Self(
    "PB0105", "an option's former name",
    cause: "The option was renamed; its former name still works.",
    cure: "Use the name in the message.")

  /// An option set under its name and a former one, or under two former ones.
  public static let setTwice = Self(
    "PB0106", "an option set under two of its names",
    cause: "An option stands there under its name and under one that it used to have.",
    cure: "Keep the present name and remove the other.")

  /// Options that are fine one by one and not together.
  public static let checkFailed = Self(
    "PB0107", "options that don't go together",
    cause: "Each option is fine by itself; together they contradict each other.",
    cure: "Do what the message says.",
    wrong: #""interactions_per_agent": 1, "agents": 1, "illegal": 2"#,
    right: #""interactions_per_agent": 2, "agents": 1, "illegal": 2"#)

  /// A word that isn't one of the choices.
  public static let notAChoice = Self(
    "PB0108", "none of the choices",
    cause: "The option takes one of a fixed list of words, and this is none of them.",
    cure: "Choose one of those that the message lists.",
    wrong: #""format": "jsn""#, right: #""format": "json""#)

  /// A stage that declares an option for some values of other options only; its author's mistake.
  public static let declaredSometimes = Self(
    "PB0109", "a mistake in a stage's declaration",
    cause: """
      The stage reads an option only for some values of others, so that help and schema are wrong \
      about it.
      """,
    cure: "Tell the stage's author: every option must be read unconditionally.")

  /// A credential that stands in the file.
  public static let literalSecret = Self(
    "PB0111", "a secret in the file",
    cause: """
      A credential stands in the configuration itself, where a version control system and everybody \
      who reads the file gets it.
      """,
    cure: "Put it into an environment variable, and the variable's name into the file.",
    wrong: #""client_secret": "4f1c...""#,
    right: #""client_secret": "${GENESYS_CLOUD_CLIENT_SECRET}""#)
}
