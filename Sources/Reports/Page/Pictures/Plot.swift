/// The frame that curves and bars are drawn into: axes with marks, and a legend.
struct Plot: Sendable {
  static let width = 720.0
  static let height = 240.0
  /// Where the drawing lies in it.
  static let left = 58.0
  static let right = 708.0
  static let top = 14.0
  static let bottom = 210.0

  /// What it shows, for who can't see it.
  let title: String
  let across: Scale
  let up: Scale
  /// What is drawn, each with its name and how it looks.
  var legend: [(name: String, style: String)] = []

  /// The picture with its content.
  func picture(_ content: [Markup]) -> Markup {
    """
    <figure><svg role="img" aria-label="\(title)" viewBox="0 0 \(Self.width) \(Self.height)">\
    \(grid)\(content)</svg>\(key)</figure>
    """
  }

  private var grid: [Markup] {
    let rows = up.marks.map { mark -> Markup in
      let y = up.place(mark)
      return """
        <line class="grid" x1="\(Self.left)" y1="\(y)" x2="\(Self.right)" y2="\(y)"/>\
        <text class="mark" x="\(Self.left - 6)" y="\(y + 4)" text-anchor="end">\(up.label(mark))</text>
        """
    }
    let columns = across.marks.map { mark -> Markup in
      let x = across.place(mark)
      return """
        <line class="tick" x1="\(x)" y1="\(Self.bottom)" x2="\(x)" y2="\(Self.bottom + 4)"/>\
        <text class="mark" x="\(x)" y="\(Self.bottom + 18)" text-anchor="middle">\(across.label(mark))</text>
        """
    }
    return rows + columns
  }

  private var key: Markup {
    if legend.isEmpty { return "" }
    let entries = legend.map { entry -> Markup in
      "<span><i class=\"\(entry.style)\"></i>\(entry.name)</span>"
    }
    return "<figcaption>\(entries)</figcaption>"
  }

  /// A curve through points; where one has no value it is broken.
  func curve(_ points: [(x: Double, y: Double?)], style: String) -> Markup {
    var path = ""
    var isDrawing = false
    var lonely: [Markup] = []
    for (index, point) in points.enumerated() {
      guard let value = point.y else {
        isDrawing = false
        continue
      }
      let x = across.place(point.x)
      let y = up.place(value)
      let position: Markup = "\(x) \(y)"
      path += (isDrawing ? "L" : "M") + position.text
      let hasNext = index + 1 < points.count && points[index + 1].y != nil
      if !isDrawing, !hasNext {
        lonely.append("<circle class=\"\(style)\" cx=\"\(x)\" cy=\"\(y)\" r=\"2\"/>")
      }
      isDrawing = true
    }
    return "<path class=\"curve \(style)\" d=\"\(path)\"/>\(lonely)"
  }

  /// Stretches of one length, each as high as its number.
  func steps(_ values: [Double], width: Double, style: String, isFilled: Bool) -> Markup {
    guard !values.isEmpty else { return "" }
    var path: Markup = "M\(across.place(0)) \(up.place(0))"
    for (index, value) in values.enumerated() {
      let begin = across.place(Double(index) * width)
      let end = across.place(Double(index + 1) * width)
      path += "L\(begin) \(up.place(value))L\(end) \(up.place(value))"
    }
    path += "L\(across.place(Double(values.count) * width)) \(up.place(0))"
    let kind = isFilled ? "area" : "curve"
    return "<path class=\"\(kind) \(style)\" d=\"\(path)\"/>"
  }
}
