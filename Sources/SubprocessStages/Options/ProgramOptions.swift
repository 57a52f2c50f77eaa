import PatchbayCore

/// Which program is run, and how much patience it gets; shared by the stages of this module.
struct ProgramOptions: Sendable {
  let command: [String]
  let environment: [String: Secret]
  let timeout: Duration
  let restarts: Int
  let grace: Duration

  init(from options: inout OptionReader) {
    command = options.required(
      "command", example: ["python3", "child.py"], .nonEmpty,
      .each(
        .that("a text without NUL") {
          !$0.utf8.contains(0)
        }),
      .that("a program that isn't the empty text") { $0.first?.isEmpty == false },
      doc: "The program and its arguments; one without \"/\" is looked for in PATH.")
    environment = options.value(
      "environment", default: [:],
      .that("names without \"=\" and texts without NUL") { variables in
        variables.allSatisfy { name, value in
          !name.isEmpty && !name.utf8.contains(0x3D) && !name.utf8.contains(0)
            && !value.reveal().utf8.contains(0)
        }
      },
      doc: "Variables for it beside PATH, HOME, USER, LANG, LC_ALL, TZ and TMPDIR, the only ones "
        + "that it inherits; values are not shown.")
    timeout = options.value(
      "timeout", default: .seconds(30), .range(.milliseconds(10) ... .seconds(3_600)),
      doc: "How long it may take to greet, to answer the oldest batch, or to read an answer; then "
        + "it is killed.")
    restarts = options.value(
      "restarts", default: 3, .range(0...1_000),
      doc: "How often it is started again, counted anew after each batch that was answered.")
    grace = options.value(
      "grace", default: .seconds(5), .range(.milliseconds(10) ... .seconds(600)),
      doc: "How long it may take to end after its input ended; then it is killed.")
  }

  /// Whatever the program does, nobody here knows.
  var reach: StageReach { .outside("starts \(commandText)") }

  /// As a shell would show it.
  var commandText: String {
    command.map { word in
      let isPlain =
        !word.isEmpty
        && word.unicodeScalars.allSatisfy {
          $0.properties.isAlphabetic || "0123456789+,-./:=@_".unicodeScalars.contains($0)
        }
      return isPlain ? word : "'\(word.replacing("'", with: #"'\''"#))'"
    }.joined(separator: " ")
  }
}
