import PatchbayCore
import Testing

struct OutsideTextTests {
  @Test(arguments: [
    ("plain, ümlaut, 📞", "plain, ümlaut, 📞"),
    ("\r\u{1B}[2K\nSimulation complete", "U+000DU+001B[2KU+000ASimulation complete"),
    ("a\u{202E}b\u{2028}c\u{2066}d\u{9B}e\u{7}f", "aU+202EbU+2028cU+2066dU+009BeU+0007f"),
  ])
  func `it stays on its line and drives no terminal`(text: String, shown: String) {
    #expect(OutsideText.shown(text) == shown)
    #expect(text.safeForTerminal.contains("\u{1B}") == false)
  }

  @Test func `it isn't long, and no character is cut`() {
    #expect(OutsideText.shown(String(repeating: "x", count: 300)).count == 300)
    let long = "x" + String(repeating: "ü", count: 200)
    #expect(OutsideText.shown(long) == "x" + String(repeating: "ü", count: 149) + "...")
    #expect(OutsideText.shown([0xFF, 0x61]) == "\u{FFFD}a")
  }

  @Test func `a secret is found before the text is cut`() {
    KnownSecrets.add("outside-text-secret")
    let text = String(repeating: "x", count: 290) + "outside-text-secret"
    #expect(OutsideText.shown(text) == String(repeating: "x", count: 290) + "<secret>")
  }

  @Test func `a terminal keeps lines and the program's colours`() {
    let text = "\u{1B}[1;31merror\u{1B}[0m: ä\n\tb\u{1B}[2J\u{1B}]0;x\u{7}\r"
    #expect(
      text.safeForTerminal(keepingColours: true)
        == "\u{1B}[1;31merror\u{1B}[0m: ä\n\tbU+001B[2JU+001B]0;xU+0007U+000D")
    #expect(!text.safeForTerminal.contains("\u{1B}"))
  }
}
