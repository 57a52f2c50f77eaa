import PatchbayCore

/// The pipeline as a picture: a box for each stage, from left to right, and how many events went along each edge.
struct PipelineMap {
  private static let box = (width: 158.0, height: 52.0)
  private static let gap = (across: 74.0, down: 22.0)

  /// A box and where it stands.
  private struct Place {
    let stage: StageReport
    let x: Double
    let y: Double
  }

  private let places: [String: Place]
  private let order: [String]
  private let size: (width: Double, height: Double)
  /// What waits before each stage, if anybody knows.
  private let waiting: [String: String]

  /// Makes the picture.
  ///
  /// - Parameters:
  ///   - stages: what there is, in the order of the configuration.
  ///   - waiting: what waits before each stage now, as a few words.
  init(_ stages: [StageReport], waiting: [String: String] = [:]) {
    self.waiting = waiting
    let depths = Self.depths(stages)
    let columns = Dictionary(grouping: stages) { depths[$0.name] ?? 0 }
    let tallest = columns.values.map(\.count).max() ?? 1
    let height = Double(tallest) * (Self.box.height + Self.gap.down) + 10
    var places: [String: Place] = [:]
    for (depth, column) in columns {
      let x = 6 + Double(depth) * (Self.box.width + Self.gap.across)
      let free = height - Double(column.count) * (Self.box.height + Self.gap.down)
      for (row, stage) in column.enumerated() {
        let y = free / 2 + 10 + Double(row) * (Self.box.height + Self.gap.down)
        places[stage.name] = Place(stage: stage, x: x, y: y)
      }
    }
    self.places = places
    order = stages.map(\.name)
    let last = Double(columns.keys.max() ?? 0)
    size = (12 + (last + 1) * Self.box.width + last * Self.gap.across, height)
  }

  /// How many edges there are at most from a source to each stage.
  private static func depths(_ stages: [StageReport]) -> [String: Int] {
    var depths: [String: Int] = [:]
    // A graph without cycles is done after as many rounds as it has stages; a broken report ends as well.
    for _ in stages {
      for stage in stages {
        let before = stage.inputs.compactMap { depths[stageName(of: $0)] }.max()
        depths[stage.name] = min(before.map { $0 + 1 } ?? 0, stages.count)
      }
    }
    return depths
  }

  private static func stageName(of input: String) -> String {
    String(input.prefix { $0 != "." })
  }

  private static func port(of input: String) -> PortName {
    guard let dot = input.firstIndex(of: ".") else { return .out }
    return PortName(rawValue: String(input[input.index(after: dot)...])) ?? .out
  }

  var picture: Markup {
    let boxes = order.compactMap { places[$0] }
    let edges = boxes.flatMap { place in place.stage.inputs.map { edge($0, to: place) } }
    return """
      <div class="wide" tabindex="0" role="group" aria-label="The pipeline, from left to right">\
      <svg role="img" aria-label="\(summary)" class="map" width="\(size.width)" height="\(size.height)" \
      viewBox="0 0 \(size.width) \(size.height)">\(edges)\(boxes.map(box))</svg></div>
      """
  }

  private var summary: String {
    order.compactMap { places[$0]?.stage }.map { stage in
      let inputs = stage.inputs.isEmpty ? "" : " from \(stage.inputs.joined(separator: ", "))"
      return "\(stage.name)\(inputs): \(stage.received)"
    }.joined(separator: "; ")
  }

  private func box(_ place: Place) -> Markup {
    let stage = place.stage
    let isBad = stage.undelivered > 0 || stage.abandoned > 0
    return """
      <g class="stage r-\(stage.role.rawValue)\(isBad ? " bad" : "")">\
      <rect x="\(place.x)" y="\(place.y)" width="\(Self.box.width)" height="\(Self.box.height)" rx="6"/>\
      <text class="name" x="\(place.x + 12)" y="\(place.y + 20)">\(Self.clipped(stage.name, 20))</text>\
      <text class="type" x="\(place.x + 12)" y="\(place.y + 35)">\(Self.clipped(stage.type, 24))</text>\
      <text class="type" x="\(place.x + 12)" y="\(place.y + 48)">\(note(stage))</text></g>
      """
  }

  private func note(_ stage: StageReport) -> String {
    if let waiting = waiting[stage.name] { return Self.clipped(waiting, 26) }
    switch stage.role {
    case .sink: return "\(Formats.grouped(stage.written)) written"
    case .source: return "\(Formats.grouped(stage.received)) emitted"
    case .validator, .injector, .correlator: return "\(Formats.grouped(stage.received)) in"
    }
  }

  private func edge(_ input: String, to place: Place) -> Markup {
    guard let from = places[Self.stageName(of: input)] else { return "" }
    let port = Self.port(of: input)
    let count = from.stage.sent[port] ?? (from.stage.role == .source ? from.stage.received : 0)
    // Edges leave and arrive beside each other.
    let inputs = place.stage.inputs
    let arrival = Double(inputs.firstIndex(of: input) ?? 0) - Double(inputs.count - 1) / 2
    let (x1, y1) = (from.x + Self.box.width, from.y + Self.box.height / 2 + (port == .out ? 0 : 14))
    let (x2, y2) = (place.x, place.y + Self.box.height / 2 + arrival * 12)
    let bend = max(30, (x2 - x1) / 2)
    let style = port == .out ? "" : count > 0 ? " aside bad" : " aside"
    let label = count > 0 ? Formats.short(Double(count)) : ""
    return """
      <g class="edge\(style)"><path d="M\(x1) \(y1)C\(x1 + bend) \(y1) \(x2 - bend) \(y2) \(x2) \(y2)"/>\
      <text x="\(x2 - 6)" y="\(y2 - 4)" text-anchor="end">\(label)</text></g>
      """
  }

  private static func clipped(_ text: String, _ length: Int) -> String {
    text.count > length ? text.prefix(length - 1) + "…" : text
  }
}
