import PatchbayCore

/// The long form of a threshold: a condition, and whether the run ends when it is lost.
struct ThresholdOptions: OptionGroup {
  /// The condition.
  let condition: String
  /// Whether the run ends as soon as it is lost.
  let abort: Bool
  /// How long the run goes on before that.
  let after: Duration

  /// A comparison with a number, as it is written in a pattern of a schema.
  static let pattern = #"^(<=|>=|==|!=|<|>) *-?[0-9.]+$"#

  init(from options: inout OptionReader) {
    condition = options.required(
      "is", example: "< 250",
      .that("a condition such as \">= 0.99\"", pattern: Self.pattern) {
        Threshold(metric: "", condition: $0) != nil
      }, doc: "The condition.")
    abort = options.value(
      "abort", default: false,
      doc:
        "Whether the run ends as soon as the condition doesn't hold, with its report and exit code "
        + "99; looked at every second of its clock.")
    after = options.value(
      "after", default: .zero, .range(.zero ... .seconds(7 * 86_400)),
      doc: "How long the run goes on before it may be ended, on its clock.")
    options.check(abort || after == .zero, at: "after", "counts only with \"abort\": true")
  }
}
