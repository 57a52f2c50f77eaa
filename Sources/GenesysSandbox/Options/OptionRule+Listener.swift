import PatchbayCore

extension OptionRule where Value == String {
  /// Demands a host's name as it stands in a URL, without a port.
  static var hostName: Self {
    .that("a host without a port, such as sandbox.test", pattern: "^[^:/@ ]+$|^\\[.*\\]$") { name in
      name.hasPrefix("[") && name.hasSuffix("]")
        || !name.isEmpty && !name.contains { ":/@ ".contains($0) }
    }
  }

  /// Demands an origin as a browser sends it.
  static var origin: Self {
    .that(
      "an origin without a path, such as http://localhost:3000", pattern: "^https?://[^/@ ]+$"
    ) { origin in
      let rest = ["http://", "https://"].first { origin.hasPrefix($0) }
        .map { origin.dropFirst($0.count) }
      return rest.map { !$0.isEmpty && !$0.contains { "/@ ".contains($0) } } ?? false
    }
  }
}
