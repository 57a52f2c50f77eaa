import PatchbayCore

/// What the stages of this module report of their program.
enum ProgramFindings {
  static let restarts = MetricDeclaration(
    "restarts", doc: "How often the program was started again.")

  /// Of stages that hand batches to it.
  static let ofBatches = [
    restarts,
    MetricDeclaration(
      "resent_events",
      doc: "Events that it was given again after a restart; it may have dealt with them before."),
  ]

  static func ofBatches(_ program: Program<BatchDialogue>?) -> Findings {
    var findings = of(program)
    findings["resent_events"] = Double(program?.dialogue.resentEvents ?? 0)
    return findings
  }

  static func of<Talk>(_ program: Program<Talk>?) -> Findings {
    var findings = Findings()
    findings["restarts"] = Double(program?.restarts ?? 0)
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
