import Foundation
import PatchbayTesting
import Testing

/// What the documents show is what the program does: their files are written, their commands run,
/// and the output compared; `*` in it stands for any text.
@Suite(.needsProgram, .waitsForPrograms)
struct DocumentTests {
  private enum Block {
    case file(name: String, text: String)
    case command(line: String, output: String)
  }

  /// The blocks of a Markdown file: `json` blocks behind `<!-- file: NAME -->`, and the commands of
  /// `console` blocks.
  private func blocks(of text: String) -> [Block] {
    var blocks: [Block] = []
    var name: String?
    var language: String?
    var body: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if let open = language {
        guard line == "```" else {
          body.append(line)
          continue
        }
        if let file = name {
          blocks.append(.file(name: file, text: body.joined(separator: "\n") + "\n"))
        } else if open == "console" {
          blocks += commands(body)
        }
        (name, language, body) = (nil, nil, [])
      } else if line.hasPrefix("<!-- file: "), line.hasSuffix(" -->") {
        name = String(line.dropFirst(11).dropLast(4))
      } else if line.hasPrefix("```") {
        language = String(line.dropFirst(3))
      }
    }
    return blocks
  }

  private func commands(_ lines: [String]) -> [Block] {
    var blocks: [Block] = []
    var output: [String] = []
    for line in lines.reversed() {
      if line.hasPrefix("$ ") {
        let text = output.reversed().joined(separator: "\n")
        blocks.append(.command(line: String(line.dropFirst(2)), output: text))
        output = []
      } else {
        output.append(line)
      }
    }
    return blocks.reversed()
  }

  private func matches(_ pattern: String, _ text: String) -> Bool {
    let expected = pattern.split(separator: "\n", omittingEmptySubsequences: false)
    let found = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard expected.count == found.count else { return false }
    return zip(expected, found).allSatisfy { pattern, line in
      guard let star = pattern.firstIndex(of: "*"), pattern.contains("(*)") else {
        return pattern == line
      }
      return line.hasPrefix(pattern[..<star])
    }
  }

  @Test(arguments: ["docs/config.md", "docs/mappings.md", "docs/testing-pipelines.md"])
  func `the blocks of a document run`(document: String) throws {
    let folder = try TemporaryFolder.make()
    let text = Program.text(Program.root.appending(path: document).path)
    var count = 0
    for block in blocks(of: text) {
      switch block {
      case .file(let name, let text):
        let path = URL(filePath: folder).appending(path: name)
        try FileManager.default.createDirectory(
          at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: path, atomically: true, encoding: .utf8)
      case .command(let line, let expected):
        count += 1
        let words = line.split(separator: " ").map(String.init)
        try #require(words.first == "patchbay")
        let result = try Program.run(Array(words.dropFirst()), folder: folder)
        let found = (result.output + result.errors).trimmingSuffix(while: \.isNewline)
        let wanted = expected.trimmingSuffix(while: \.isNewline)
        #expect(matches(wanted, found), "\(document): \(line)\n\(found)")
      }
    }
    #expect(count >= 2)
  }

  @Test func `every relative link of a document leads to a file`() throws {
    let manager = FileManager.default
    let documents =
      ["README.md"]
      + (try manager.subpathsOfDirectory(atPath: Program.root.path + "/docs"))
      .filter { $0.hasSuffix(".md") }.map { "docs/\($0)" }
    for document in documents {
      let path = Program.root.appending(path: document)
      for match in Program.text(path.path).matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/) {
        let target = path.deletingLastPathComponent().appending(path: String(match.1))
        #expect(manager.fileExists(atPath: target.path), "\(document) links to \(match.1)")
      }
    }
  }
}

extension String {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    var text = self[...]
    while let last = text.last, predicate(last) { text.removeLast() }
    return String(text)
  }
}
