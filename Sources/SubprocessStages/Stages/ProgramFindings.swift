import PatchbayCore

/// What the stages of this module report of their program.
enum ProgramFindings {
  static let metrics = [
    MetricDeclaration("restarts", doc: "How often the program was started again."),
    MetricDeclaration(
      "resent_events",
      doc: "Events that it was given again after a restart; it may have dealt with them before."),
  ]

  static func of(_ program: Program?) -> Findings {
    var findings = Findings()
    findings["restarts"] = Double(program?.restarts ?? 0)
    findings["resent_events"] = Double(program?.resentEvents ?? 0)
    if let program, program.restarts > 0 {
      findings.notes = [
        "The program was started again \(program.restarts) "
          + "\(program.restarts == 1 ? "time" : "times"), the last time because "
          + "\(program.lastReason)."
      ]
    }
    return findings
  }
}
