/// A configuration to start from, with its tests and an explanation.
struct Starter {
  /// What it is called on the command line.
  let name: String
  /// What it is for, in one sentence.
  let doc: String
  /// The file that is run.
  let config: String
  /// Its tests.
  let tests: String
  /// What the README says of it, beyond what it says of all.
  let notes: String
  /// Environment variables that a run needs.
  var variables: [String] = []
  /// Files that the configuration reads.
  var inputs: [NewFiles.File] = []

  /// All of them, the simplest first.
  static let all = [smoke, replay, load, real]

  /// Everything that is written, with the pipeline's name put in.
  func files(pipeline: String) -> [NewFiles.File] {
    let readme = """
      # \(pipeline)

      \(doc)

      ```sh
      patchbay validate           # every mistake at once; `patchbay explain CODE` says more
      patchbay plan               # what a run would do: events, requests, files, secrets
      patchbay test config.test.json
      patchbay run
      ```

      \(notes)

      `patchbay stages` lists what else there is, `patchbay stages TYPE` explains one type. The files
      `patchbay.schema.json` and `patchbay-test.schema.json` make editors complete and check
      `config.json` and `config.test.json`; `patchbay schema` prints them anew after an update.

      """
    return [
      NewFiles.File(name: "config.json", text: config.replacing("PIPELINE", with: pipeline)),
      NewFiles.File(name: "config.test.json", text: tests),
      NewFiles.File(name: "README.md", text: readme),
    ] + inputs
  }
}
