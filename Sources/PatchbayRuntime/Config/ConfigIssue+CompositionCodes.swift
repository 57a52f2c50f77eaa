package import PatchbayCore

/// What can be wrong with the pieces a configuration is put together from.
extension ConfigIssue.Code {
  package static let ofComposition: [Self] = [
    unreadableInclude, includeCycle, unknownTemplate, nestedTemplate, unusedTemplate,
    unknownProfile, removesNothing, malformedSetting, unknownSelection, uncheckedThreshold,
  ]

  /// An included file that can't be read.
  package static let unreadableInclude = Self(
    "PB0601", "an included file can't be read",
    cause: "The file that `include` names isn't there, or may not be read.",
    cure: "Correct the path: it starts at the folder of the file that includes it.")

  /// Files that include each other in a circle.
  package static let includeCycle = Self(
    "PB0602", "files include each other in a circle",
    cause: "Following `include` from file to file one comes back to a file that is being read.",
    cure: "Remove one of the includes on the way that the message shows.")

  /// A template that doesn't exist.
  package static let unknownTemplate = Self(
    "PB0611", "no template of that name",
    cause: "A stage or connection takes options from a template that isn't declared.",
    cure: "Correct the name, or declare it under `templates`.",
    wrong: #""template": "polit""#, right: #""template": "polite""#)

  /// A template that uses a template.
  package static let nestedTemplate = Self(
    "PB0612", "a template in a template",
    cause: "Templates don't build on each other: what a stage gets must be plain from two places.",
    cure: "List both where they are used; later ones win.",
    wrong: #""template": "polite""#, right: #""template": ["polite", "patient"]"#)

  /// A template that nothing uses.
  package static let unusedTemplate = Self(
    "PB0613", "a template that nothing uses",
    cause: "No stage or connection names the template.",
    cure: "Name it in a `template` option, or remove it.")

  /// A profile that doesn't exist.
  package static let unknownProfile = Self(
    "PB0621", "no profile of that name",
    cause: "The command line or a test chooses a profile that the configuration doesn't have.",
    cure: "Correct the name, or add the profile under `profiles`.")

  /// A null that removes what isn't there.
  package static let removesNothing = Self(
    "PB0622", "a null that removes nothing",
    cause: """
      In a profile, in `--set` and in a file that includes others, null removes a member; there is \
      none of this name, so probably the name is misspelt.
      """,
    cure: "Correct the name, or remove the null.",
    wrong: #""profiles": { "ci": { "sinks": { "qaa": null } } }"#,
    right: #""profiles": { "ci": { "sinks": { "qa": null } } }"#)

  /// A `--set` that can't be understood.
  package static let malformedSetting = Self(
    "PB0631", "a setting that can't be understood",
    cause: "`--set` takes a path and a value with an equals sign between them.",
    cure: "Write names with dots between them; quote what isn't a plain name.",
    wrong: "--set sources.desk.agents", right: "--set sources.desk.agents=10")

  /// A `--only` that names no stage.
  package static let unknownSelection = Self(
    "PB0641", "a selection that names no stage",
    cause: "`--only` keeps the ways through the stages it names, and there is none of this name.",
    cure: "Correct the name; `patchbay graph` shows the stages.")

  /// A threshold on what `--only` leaves out.
  package static let uncheckedThreshold = Self(
    "PB0642", "a threshold that isn't checked",
    cause: "`--only` leaves out the stages that produce the metric.",
    cure: "Nothing, if that is what you want.")
}
