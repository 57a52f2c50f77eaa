import EventMapping
import PatchbayCore
import PatchbayJSON

/// Options of `records` for a file of services.
struct ServiceProposal {
  private(set) var options: [JSONValue.Member]

  init(_ sample: RecordSample, _ roles: ColumnRoles) {
    options = sample.options
    let fields = ColumnRoles.Role.allCases.compactMap { role -> JSONValue.Member? in
      guard let names = roles.columns[role]?.map(\.name) else { return nil }
      return .init(
        role.rawValue,
        names.count == 1 ? .string(names[0]) : .array(names.map { .string($0) }))
    }
    options.append(.init("fields", .object(fields)))
    if let format = roles.timeFormat, format != .iso {
      options.append(.init("time_format", .string(format.optionText)))
    }
    addServed(sample)
    add("no_agent", Self.nothing(in: roles.columns[.agent] ?? []), usual: [""])
    let times = [ColumnRoles.Role.offered, .start, .end, .wrapped, .wait, .talk]
      .flatMap { roles.columns[$0]?.suffix(1) ?? [] }
    add("no_time", Self.nothing(in: times), usual: [""])
  }

  private mutating func add(_ name: String, _ values: [String], usual: [String]) {
    if values.isEmpty || values == usual { return }
    options.append(
      .init(name, values.count == 1 ? .string(values[0]) : .array(values.map { .string($0) })))
  }

  /// What stands for nothing among the values of some columns.
  private static func nothing(in columns: [SampledColumn]) -> [String] {
    let names = ["NO_SERVER", "NO_AGENT", "NOBODY", "unknown"]
    let found = Set(
      columns.flatMap { column in
        column.values.filter { SampledColumn.stands(forNothing: $0) || names.contains($0) }
      })
    return found.sorted()
  }

  /// A column that says whether a call was answered.
  private mutating func addServed(_ sample: RecordSample) {
    let yes = ["Y", "YES", "TRUE", "ANSWERED", "SERVED", "HANDLED", "COMPLETED"]
    let says = ["answered", "served", "handled", "disposition", "outcome"]
    for column in sample.columns
    where column.kind == .text && column.words.contains(where: says.contains) {
      let values = column.distinct
      let served = values.filter { yes.contains($0.uppercased()) }.sorted()
      guard !served.isEmpty, values.count > served.count, values.count < 12 else { continue }
      let list: JSONValue =
        served.count == 1 ? .string(served[0]) : .array(served.map { .string($0) })
      options.append(.init("served", ["field": .string(column.name), "is": list]))
      return
    }
  }
}
