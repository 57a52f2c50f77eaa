import PatchbayOptions

/// A group that contains itself in a list, a map, an optional and a union.
struct TreeSample: OptionGroup {
  indirect enum Next: OptionUnion {
    case again(TreeSample)
    case stop

    static let cases: [OptionCase<Next>] = [
      .init("again", Next.again, doc: "Another tree."),
      .init("stop", .stop, doc: "The end."),
    ]
  }

  let label: String
  let children: [TreeSample]
  let named: [String: TreeSample]?
  let next: Next

  init(from options: inout OptionReader) {
    label = options.value("label", default: "tree", doc: "What it is called.")
    children = options.list("children", doc: "The trees below.")
    named = options.optional("named", doc: "More trees below.")
    next = options.value("next", default: "stop", doc: "The tree beside.")
  }
}

/// Two groups that contain each other.
struct PingSample: OptionGroup {
  struct Pong: OptionGroup {
    let pings: [PingSample]

    init(from options: inout OptionReader) {
      pings = options.list("pings", doc: "The pings.")
    }
  }

  let pongs: [Pong]

  init(from options: inout OptionReader) {
    pongs = options.list("pongs", doc: "The pongs.")
  }
}
