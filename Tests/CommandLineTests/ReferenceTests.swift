import Foundation
import PatchbayJSON
import PatchbayTesting
import Testing

/// Commands that explain, describe and draw.
@Suite(.needsProgram, .waitsForPrograms)
struct ReferenceTests {
  private let config = Program.root.appending(path: "config.json").path

  @Test func `a code is explained, whatever its case, and an unknown one refused`() throws {
    let result = try Program.run(["explain", "pb0104"])
    #expect(result.code == 0)
    #expect(result.output.hasPrefix("PB0104: no such section or option\n\nCause\n"))
    #expect(try Program.run(["explain", "PB9999"]).code == 64)
    let all = try Program.run(["explain", "--format", "json"])
    #expect(try JSONValue(parsing: all.output).array?.count ?? 0 > 40)
  }

  @Test func `every reason that the documents name is explained`() throws {
    let page = try String(
      contentsOf: Program.root.appending(path: "docs/events.md"), encoding: .utf8)
    let codes = page.matches(of: /(?m)^\| `([a-z_]+\.[a-z_]+|not_sent|cancelled|no_verdict)` \|/)
    #expect(codes.count > 15)
    for code in codes.map({ String($0.1) }) {
      let result = try Program.run(["explain", code])
      #expect(result.code == 0 && result.output.hasPrefix("\(code)\n\nCause\n"), "\(code)")
    }
    for status in ["302", "400", "401", "404", "429", "503"] {
      let result = try Program.run(["explain", "http." + status])
      #expect(result.output.contains("HTTP \(status): "))
    }
    let unknown = try Program.run(["explain", "acme.wrong"])
    #expect(unknown.code == 64 && unknown.errors.contains("a plugin or a program of yours"))
  }

  @Test func `types are described as text, JSON and Markdown`() throws {
    let text = try Program.run(["stages", "http"])
    #expect(text.output.contains(/\n  url +URL, required\n/))
    #expect(text.output.contains(#""NAME": {"type":"http","inputs":["desk"],"url":"#))
    let json = try JSONValue(
      parsing: try Program.run(["stages", "http", "--format", "json"]).output)
    #expect(json[0]?["type"] == "http")
    #expect(json[0]?["schema"]?["additionalProperties"] == false)
    let markdown = try Program.run(["stages", "http", "--format", "markdown"])
    #expect(markdown.output.hasPrefix("### `http` injector\n"))
    let wrong = try Program.run(["stages", "htp"])
    #expect(
      wrong.errors.contains(#"there is no stage or connection type "htp" (did you mean "http"?)"#))
  }

  @Test func `JSON and SARIF say the same as the text`() throws {
    let folder = try TemporaryFolder.make()
    try #"{"sources": {"a": {"type": "scenari"}}, "x": 1}"#.write(
      toFile: folder + "/b a d.json", atomically: true, encoding: .utf8)
    let text = try Program.run(["validate", "b a d.json"], folder: folder)
    let json = try Program.run(["validate", "b a d.json", "--format", "json"], folder: folder)
    let sarif = try Program.run(["validate", "b a d.json", "--format", "sarif"], folder: folder)
    for result in [text, json, sarif] { #expect(result.code == 78) }
    let issues = try #require(JSONValue(parsing: json.output)["issues"]?.array)
    let lines = issues.map { issue in
      "\(issue["file"]?.string ?? ""):\(issue["line"]?.integer ?? 0):"
        + "\(issue["column"]?.integer ?? 0): \(issue["severity"]?.string ?? "")"
        + "[\(issue["code"]?.string ?? "")]: \(issue["path"]?.string ?? ""): "
        + (issue["message"]?.string ?? "")
    }
    #expect(
      text.errors
        == (lines + ["b a d.json is refused: \(lines.count) errors\n"]).joined(separator: "\n"))
    let results = try JSONValue(parsing: sarif.output)["runs"]?[0]?["results"]?.array
    #expect(results?.count == issues.count)
    #expect(
      results?[0]["locations"]?[0]?["physicalLocation"]?["artifactLocation"]?["uri"]
        == "b%20a%20d.json")
  }

  @Test func `warnings are counted, and refused where that is asked for`() throws {
    let folder = try TemporaryFolder.make()
    try #"""
    { "sources": { "in": { "type": "stdin" } },
      "sinks": { "out": { "type": "stdout", "inputs": ["in"] } } }
    """#.write(toFile: folder + "/c.json", atomically: true, encoding: .utf8)
    let valid = try Program.run(["validate", "c.json"], folder: folder)
    #expect(valid.code == 0)
    #expect(valid.output == "c.json is valid: 2 stages, 1 warning\n")
    #expect(valid.errors.hasPrefix("c.json:1:16: warning[PB0212]: sources.in: "))
    let strict = try Program.run(["validate", "c.json", "--strict"], folder: folder)
    #expect(strict.code == 78)
    #expect(strict.errors.hasSuffix("c.json is refused: --strict and 1 warning\n"))
  }

  @Test func `metrics are listed with what they count in`() throws {
    let text = try Program.run(["metrics"]).output
    #expect(text.contains("  latency.p95 "))
    #expect(text.contains("95th percentile, in milliseconds.\n"))
    #expect(text.contains("  NAME.mismatches "))
    let json = try JSONValue(parsing: try Program.run(["metrics", "--format", "json"]).output)
    #expect(json[0]?["metrics"]?[0]?["name"] == "events.emitted")
  }

  @Test func `a plan is the same each time`() throws {
    let plans = try (0..<2).map { _ in try Program.run(["plan", config, "--format", "json"]).output
    }
    #expect(plans[0] == plans[1])
    #expect(try JSONValue(parsing: plans[0])["events"]?["desk"] == 120)
  }

  @Test func `completion scripts are made for three shells`() throws {
    for shell in ["bash", "zsh", "fish"] {
      let result = try Program.run(["--generate-completion-script", shell])
      #expect(result.code == 0)
      for word in ["validate", "explain", "--profile"] {
        #expect(result.output.contains(word.replacing("--", with: shell == "fish" ? "" : "--")))
      }
    }
    let folder = try TemporaryFolder.make()
    try Program.run(["--generate-completion-script", "bash"]).output.write(
      toFile: folder + "/complete", atomically: true, encoding: .utf8)
    let bash = Process()
    bash.executableURL = URL(filePath: "/bin/bash")
    bash.arguments = ["-n", folder + "/complete"]
    try bash.run()
    bash.waitUntilExit()
    #expect(bash.terminationStatus == 0)
  }

  @Test func `the manual page is fresh`() throws {
    let path = URL(filePath: Program.path ?? "").deletingLastPathComponent()
      .appending(path: "generate-manual").path
    try #require(
      FileManager.default.isExecutableFile(atPath: path),
      "build it with: swift build -c release --product generate-manual")
    let folder = try TemporaryFolder.make()
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = [
      Program.path ?? "", "--date", "2026-01-01", "--output-directory", folder,
    ]
    try process.run()
    process.waitUntilExit()
    #expect(
      Program.text(folder + "/patchbay.1")
        == Program.text(Program.root.appending(path: "docs/patchbay.1").path),
      "docs/patchbay.1 is not fresh; run make docs")
  }

  @Test func `results of an earlier run aren't taken for this one's`() throws {
    let folder = try TemporaryFolder.make()
    try "old".write(toFile: folder + "/r.xml", atomically: true, encoding: .utf8)
    try "{".write(toFile: folder + "/t.json", atomically: true, encoding: .utf8)
    let result = try Program.run(["test", "t.json", "--junit", "r.xml"], folder: folder)
    #expect(result.code == 78)
    #expect(!FileManager.default.fileExists(atPath: folder + "/r.xml"))
  }
}
