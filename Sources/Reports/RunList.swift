public import PatchbayCore
public import PatchbayJSON

/// A run as a list of runs has it.
public struct ListedRun: Sendable {
  /// How it stands.
  public enum State: Sendable {
    /// It still goes on.
    case running
    /// It has ended without a report: it was killed, or its folder was emptied.
    case unreported
    /// It has a report that can't be read, and why.
    case unreadable(String)
    /// It has a report.
    case ended(RunReport)
  }

  /// Its id, a UUIDv7, which says when it began.
  public let id: String
  /// Its folder.
  public let folder: String
  /// How it stands.
  public let state: State

  /// Makes an entry.
  public init(id: String, folder: String, state: State) {
    self.id = id
    self.folder = folder
    self.state = state
  }

  /// When it began in real time, to the millisecond; nil if its id doesn't say.
  public var startedAt: Timestamp? {
    guard let bits = UUIDBits(lowercase: Array(id.utf8)) else { return nil }
    let (nanoseconds, overflow) = Int64(clamping: bits.high >> 16)
      .multipliedReportingOverflow(by: 1_000_000)
    return overflow ? nil : Timestamp(nanoseconds: nanoseconds)
  }

  /// In one word.
  public var verdict: String {
    switch state {
    case .running: "running"
    case .unreported: "no report"
    case .unreadable: "unreadable"
    case .ended(let report): RunVerdict(report).word
    }
  }

  /// The entry for programs.
  public var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("id", .string(id)), .init("folder", .string(folder)),
      .init("verdict", .string(verdict)),
      .init("started_at", startedAt.map { .string($0.description) } ?? .null),
    ]
    if case .ended(let report) = state {
      members += [
        .init("name", .string(report.run.name)),
        .init("exit_code", .integer(Int(report.exitCode.rawValue))),
        .init("emitted", .integer(report.events.emitted)),
        .init("delivered", .integer(report.events.delivered)),
        .init("real_ns", .integer(Int(report.run.realNanoseconds))),
      ]
    }
    if case .unreadable(let reason) = state { members.append(.init("reason", .string(reason))) }
    return .object(members)
  }
}

/// Runs as a table for a terminal.
public struct RunList {
  private let runs: [ListedRun]
  private let now: Timestamp

  /// Makes the table.
  ///
  /// - Parameters:
  ///   - runs: the runs, in order.
  ///   - now: the real time, for their ages.
  public init(_ runs: [ListedRun], now: Timestamp) {
    self.runs = runs
    self.now = now
  }

  /// The table; every line ends with a line break.
  public var text: String {
    var table = TextTable()
    table.columns(
      [["run", "verdict", "exit", "events", "delivered", "took", "age", "pipeline"]]
        + runs.map(columns))
    return table.lines.map { String($0.dropFirst(4)) + "\n" }.joined()
  }

  private func columns(_ run: ListedRun) -> [String] {
    let age = run.startedAt.map { Self.age(now.nanosecondsSince($0)) } ?? ""
    guard case .ended(let report) = run.state else {
      return [run.id, run.verdict, "", "", "", "", age, ""]
    }
    return [
      run.id, run.verdict, String(report.exitCode.rawValue), Formats.grouped(report.events.emitted),
      Formats.grouped(report.events.delivered),
      Formats.duration(Double(report.run.realNanoseconds)), age, report.run.name.visible,
    ]
  }

  private static func age(_ nanoseconds: Int64) -> String {
    let seconds = max(0, nanoseconds) / 1_000_000_000
    switch seconds {
    case ..<60: return "\(seconds)s"
    case ..<3_600: return "\(seconds / 60)m"
    case ..<86_400: return "\(seconds / 3_600)h"
    default: return "\(seconds / 86_400)d"
    }
  }
}
