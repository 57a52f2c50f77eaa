import PatchbayCore

/// Where the time of accepted events went, on the average: the parts add up to the whole.
enum TimeShares {
  static func picture(_ injection: InjectionReport) -> Markup? {
    let parts = [
      (name: "queue", style: "c-4", shape: injection.queue),
      (name: "rate limit", style: "c-3", shape: injection.rateLimit),
      (name: "token", style: "c-5", shape: injection.token),
      (name: "backoff", style: "c-6", shape: injection.backoff),
      (name: "own work", style: "c-2", shape: injection.own),
      (name: "on the wire", style: "c-1", shape: injection.wire),
    ]
    let whole = parts.reduce(0) { $0 + max(0, $1.shape.mean) }
    guard injection.response.count > 0, whole > 0 else { return nil }
    var x = 0.0
    var bars: [Markup] = []
    var rows: [Markup] = []
    for part in parts {
      let mean = max(0, part.shape.mean)
      let width = mean / whole * Plot.width
      if width > 0 {
        bars.append(
          "<rect class=\"bar \(part.style)\" x=\"\(x)\" y=\"0\" width=\"\(width)\" height=\"28\"/>")
      }
      x += width
      rows.append(
        "<span><i class=\"\(part.style)\"></i>\(part.name) \(Formats.duration(mean))</span>")
    }
    return """
      <figure><svg role="img" aria-label="Mean time of an event by part" viewBox="0 0 \(Plot.width) 28" \
      preserveAspectRatio="none" class="strip">\(bars)</svg><figcaption>\(rows)</figcaption></figure>
      """
  }
}
