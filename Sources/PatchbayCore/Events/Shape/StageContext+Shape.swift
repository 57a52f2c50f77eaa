extension StageContext {
  /// The shape of a name; nil without one.
  ///
  /// - Throws: `PipelineError` if there is none of that name.
  package func shape(_ name: String?) async throws -> (any EventShape)? {
    guard let name else { return nil }
    return try await connection(name, as: (any EventShape).self)
  }

  /// What reads events of the shape of a name; nil without one.
  ///
  /// - Throws: `PipelineError` if there is none of that name.
  package func shapeReader(_ shapeName: String?) async throws -> (any EventShapeReader)? {
    try await shape(shapeName)?.makeReader(ids: name)
  }
}
