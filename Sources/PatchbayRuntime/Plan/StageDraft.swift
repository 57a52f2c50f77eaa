import PatchbayCore
import PatchbayJSON

/// A stage as far as it was understood, so that all of its issues are found before any refuses it.
struct StageDraft {
  /// One entry of `inputs`, with its place.
  struct Input {
    let written: WrittenOutput
    let position: JSONPosition
    let path: OptionPath

    let origin: JSONNode.Origin

    init(_ text: String, at position: JSONPosition, path: OptionPath, origin: JSONNode.Origin) {
      written = WrittenOutput(text)
      self.origin = origin
      self.position = position
      self.path = path
    }
  }

  let name: String
  let role: StageRole
  let path: OptionPath
  let position: JSONPosition
  var type = ""
  var inputs: [Input] = []
  var metrics: [MetricDeclaration] = []
  var references: [OptionReference] = []
  var effective: JSONValue = .null
  var buffer = BufferChoice.standard
  var stage: (any Stage)?
  /// Whether its type exists.
  var isKnown = false
  /// Whether another stage has its name; then it is left out of the graph.
  var isDuplicate = false

  var planned: PlannedStage? {
    guard let stage else { return nil }
    return PlannedStage(
      name: name, role: role, type: type, inputs: inputs.map(\.written), options: effective,
      references: references, buffer: buffer, stage: stage)
  }
}
