import PatchbayCore

extension RunComparison {
  /// The comparison for a terminal; every line ends with a line break.
  public var text: String {
    let (first, second) = reports
    var table = TextTable()
    table.line("first   \(first.run.id)  \(first.run.name)  \(first.run.startedAt)")
    table.line("second  \(second.run.id)  \(second.run.name)  \(second.run.startedAt)")
    if isSame {
      table.line("")
      table.line(
        "The same: verdicts, \(Formats.grouped(first.events.emitted)) events, transitions\(durationsWord)."
      )
      return table.lines.map { $0 + "\n" }.joined()
    }
    for (title, lines) in [
      ("OUTCOMES", outcomes), ("TRANSITIONS", transitions), ("DURATIONS, median", durations),
    ] {
      let different = lines.filter { $0.difference != nil }
      if different.isEmpty { continue }
      table.heading(title)
      for line in different {
        table.line("\(line.name): \(line.first) -> \(line.second)")
        if let difference = line.difference, difference != "different" {
          table.line("    \(difference)")
        }
      }
    }
    let same =
      outcomes.count + durations.count - (outcomes + durations).count { $0.difference != nil }
    table.line("")
    table.line("\(same) other numbers are the same.")
    return table.lines.map { $0 + "\n" }.joined()
  }

  private var durationsWord: String {
    durations.isEmpty ? "" : ", and no difference in times that chance wouldn't make"
  }
}
