import HTTPDelivery
package import PatchbayCore

/// The rate limit of one target, shared by the stages that name it.
package struct LimitsConnection: Connection {
  package static let type = "limits"
  package static let doc =
    "A target's rate limit that stages share: learned from its answers and from 429, or stated."

  /// The options.
  package struct Options: OptionGroup {
    let rate: Rate?

    package init(from options: inout OptionReader) {
      rate = options.optional(
        "rate",
        doc: "The most requests that all stages together may send; what answers say of the limit "
          + "holds in any case.")
    }
  }

  private let options: Options
  private var governor: RateGovernor?

  package init(_ options: Options) {
    self.options = options
  }

  /// The stated rate.
  var rate: Rate? { options.rate }

  package mutating func open(_ context: StageContext) async throws {
    governor = RateGovernor(clock: context.clock, rate: options.rate)
  }

  /// What makes the gates.
  ///
  /// - Throws: `PipelineError` before `open`.
  func openGovernor() throws -> RateGovernor {
    guard let governor else { throw PipelineError("the connection isn't open") }
    return governor
  }
}
