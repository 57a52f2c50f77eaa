import PatchbayCore

/// Escape sequences for a terminal that shows colours, or none.
struct TerminalStyle {
  let isOn: Bool

  func bold(_ text: String) -> String { wrap(text, "1") }
  func dim(_ text: String) -> String { wrap(text, "2") }
  func severity(_ text: String, _ severity: ConfigIssue.Severity) -> String {
    wrap(text, severity == .error ? "1;31" : "1;33")
  }

  private func wrap(_ text: String, _ code: String) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
