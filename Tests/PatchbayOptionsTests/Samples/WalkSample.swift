import PatchbayOptions

/// A union of two groups and a bare word, and a group that uses it.
enum WalkSample: OptionUnion {
  case cover(Cover)
  case random(Random)
  case once

  static let cases: [OptionCase<WalkSample>] = [
    .init("cover", WalkSample.cover, doc: "Every transition once."),
    .init("random", WalkSample.random, doc: "A random walk."),
    .init("once", .once, doc: "The shortest path."),
  ]

  struct Cover: OptionGroup {
    let rounds: Int

    init(from options: inout OptionReader) {
      rounds = options.value("rounds", default: 1, .atLeast(1), doc: "How often.")
    }
  }

  struct Random: OptionGroup {
    let steps: Int

    init(from options: inout OptionReader) {
      steps = options.required("steps", example: 100, .atLeast(1), doc: "How far.")
    }
  }

  struct Options: OptionGroup {
    let walk: WalkSample
    let fallback: WalkSample
    let targets: [RetrySample]

    init(from options: inout OptionReader) {
      walk = options.required("walk", doc: "How states are visited.")
      fallback = options.value("fallback", default: "cover", doc: "What to do then.")
      targets = options.list("targets", doc: "Where to go.")
    }
  }
}
