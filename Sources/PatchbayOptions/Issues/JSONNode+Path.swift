package import PatchbayJSON

extension JSONNode {
  /// A path of plain texts as names and indices, by what stands on the way.
  package func path(of steps: [String]) -> OptionPath {
    var node: JSONNode? = self
    var path = OptionPath()
    for step in steps {
      if case .array(let elements) = node?.content, let index = Int(step) {
        path = path.appending(index)
        node = elements.indices.contains(index) ? elements[index] : nil
      } else {
        path = path.appending(step)
        node = node?.member(step)?.value
      }
    }
    return path
  }
}
