public import PatchbayCore
public import PatchbayJSON

extension RunTimeline {
  /// The timeline as `timeline.json` holds it; `docs/report.md` explains every member.
  ///
  /// A list for each kind of number, all of the same length, since a plotting program wants them so.
  public var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("schema_version", .string(RunReport.schemaVersion)),
      .init("points", .object(Self.columns.map { .init($0.name, $0.json(points)) })),
    ]
    if let schedule {
      members.append(
        .init(
          "schedule",
          [
            "width_ns": .integer(Int(schedule.width)),
            "intended": .array(schedule.intended.map { .integer($0) }),
            "left": .array(schedule.left.map { .integer($0) }),
          ]))
    }
    return .object(members)
  }

  /// Reads what `json` wrote; nil if it is something else.
  public init?(_ json: JSONValue) {
    guard let lists = json["points"]?.object else { return nil }
    let count = lists.first?.value.array?.count ?? 0
    self.init()
    points = Array(repeating: Point(), count: count)
    for column in Self.columns {
      guard let list = json["points"]?[column.name]?.array, list.count == count else { return nil }
      for (index, value) in list.enumerated() {
        guard column.set(&points[index], value) else { return nil }
      }
    }
    guard let schedule = json["schedule"] else { return }
    guard let width = schedule["width_ns"]?.integer, width > 0,
      let intended = schedule["intended"]?.array, let left = schedule["left"]?.array,
      intended.count == left.count, width <= ReportMembers.greatest
    else { return nil }
    self.schedule = Schedule(
      width: Int64(width), intended: intended.map { $0.integer ?? 0 },
      left: left.map { $0.integer ?? 0 })
  }

  /// A kind of number that points have.
  private struct Column: Sendable {
    let name: String
    let get: @Sendable (Point) -> Int?
    let put: @Sendable (inout Point, Int) -> Void

    func json(_ points: [Point]) -> JSONValue {
      .array(points.map { get($0).map { .integer($0) } ?? .null })
    }

    /// False if the number is none that a run can have.
    func set(_ point: inout Point, _ value: JSONValue) -> Bool {
      if value == .null { return true }
      guard let number = value.integer, (0...ReportMembers.greatest).contains(number) else {
        return false
      }
      put(&point, number)
      return true
    }
  }

  private static let columns: [Column] =
    [
      Column(name: "time_ns", get: { Int($0.time) }, put: { $0.time = Int64($1) }),
      Column(name: "real_ns", get: { Int($0.realTime) }, put: { $0.realTime = Int64($1) }),
      Column(name: "emitted", get: { $0.events.emitted }, put: { $0.events.emitted = $1 }),
      Column(name: "delivered", get: { $0.events.delivered }, put: { $0.events.delivered = $1 }),
      Column(name: "rejected", get: { $0.events.rejected }, put: { $0.events.rejected = $1 }),
      Column(name: "failed", get: { $0.events.failed }, put: { $0.events.failed = $1 }),
      Column(name: "abandoned", get: { $0.events.abandoned }, put: { $0.events.abandoned = $1 }),
      Column(name: "attempted", get: { $0.attempted }, put: { $0.attempted = $1 }),
      Column(name: "accepted", get: { $0.accepted }, put: { $0.accepted = $1 }),
    ] + columns("latency", \.latency) + columns("response", \.response)

  private static func columns(
    _ family: String, _ path: any WritableKeyPath<Point, Figures?> & Sendable
  ) -> [Column] {
    let figures: [(String, any WritableKeyPath<Figures, Int64> & Sendable)] = [
      ("p50_ns", \.p50), ("p95_ns", \.p95), ("p99_ns", \.p99), ("max_ns", \.maximum),
    ]
    let count = Column(
      name: "\(family)_count", get: { $0[keyPath: path]?.count },
      put: {
        $0[keyPath: path] = Figures(count: $1, p50: 0, p95: 0, p99: 0, maximum: 0)
      })
    return [count]
      + figures.map { name, figure in
        Column(
          name: "\(family)_\(name)",
          get: { $0[keyPath: path].map { Int($0[keyPath: figure]) } },
          put: { $0[keyPath: path]?[keyPath: figure] = Int64($1) })
      }
  }
}
