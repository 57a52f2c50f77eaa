public import PatchbayCore

/// The stage and connection types that a program knows: a value, filled from explicit lists.
///
/// A type's name is unique within its role: `jsonl` is a source and a sink.
public struct StageRegistry: Sendable {
  private struct Key: Hashable {
    let role: StageRole
    let type: String
  }

  private var stagesByKey: [Key: any Stage.Type] = [:]
  private var connectionsByType: [String: any Connection.Type] = [:]
  /// The modules with a version of their own, in the order in which they were loaded.
  public private(set) var modules: [ModuleVersion] = []

  /// Makes an empty registry.
  public init() {}

  /// Adds what a module brings.
  ///
  /// - Throws: `PipelineError` if a type's name is taken, or a stage has no role or two.
  public mutating func load(_ module: any PluginModule.Type) throws {
    for stage in module.stages {
      guard let role = StageRole(of: stage) else {
        throw PipelineError(
          "\(String(reflecting: stage)) must conform to exactly one of the role protocols")
      }
      let key = Key(role: role, type: stage.type)
      if let other = stagesByKey[key] {
        throw PipelineError(
          "the \(role.rawValue) type \"\(stage.type)\" is claimed by "
            + "\(String(reflecting: other)) and \(String(reflecting: stage)); rename one")
      }
      stagesByKey[key] = stage
    }
    for connection in module.connections {
      if let other = connectionsByType[connection.type] {
        throw PipelineError(
          "the connection type \"\(connection.type)\" is claimed by "
            + "\(String(reflecting: other)) and \(String(reflecting: connection)); rename one")
      }
      connectionsByType[connection.type] = connection
    }
    if let version = module.version {
      let name = String(reflecting: module).prefix { $0 != "." }
      modules.append(ModuleVersion(name: String(name), version: version))
    }
  }

  /// All stage types, by role and then by name.
  public var stages: [any Stage.Type] {
    StageRole.allCases.flatMap { stages(of: $0) }
  }

  /// The stage types of a role, by name.
  public func stages(of role: StageRole) -> [any Stage.Type] {
    stagesByKey.filter { $0.key.role == role }.map(\.value).sorted { $0.type < $1.type }
  }

  /// All connection types, by name.
  public var connections: [any Connection.Type] {
    connectionsByType.values.sorted { $0.type < $1.type }
  }

  /// The stage type of that role and name.
  public func stage(_ role: StageRole, _ type: String) -> (any Stage.Type)? {
    stagesByKey[Key(role: role, type: type)]
  }

  /// The connection type of that name.
  public func connection(_ type: String) -> (any Connection.Type)? { connectionsByType[type] }
}

extension StageRole {
  /// The role that a type's conformances give it; nil unless it is exactly one.
  public init?(of type: any Stage.Type) {
    var roles: [StageRole] = []
    if type is any Source.Type { roles.append(.source) }
    if type is any Validator.Type { roles.append(.validator) }
    if type is any AsyncValidator.Type { roles.append(.validator) }
    if type is any Injector.Type { roles.append(.injector) }
    if type is any Correlator.Type { roles.append(.correlator) }
    if type is any Sink.Type { roles.append(.sink) }
    guard roles.count == 1 else { return nil }
    self = roles[0]
  }
}

extension StageRegistry {
  /// A sink type that keeps a record of every event, as the end of a sentence: `, such as jsonl`; empty
  /// if there is none.
  var recordKeeper: String {
    let keepers = stages(of: .sink).filter { ($0 as? any Sink.Type)?.keepsRecords ?? false }
    // Rather one that can be gone on with.
    let keeper = keepers.first { $0 is any ResumableSink.Type } ?? keepers.first
    return keeper.map { ", such as \($0.type)" } ?? ""
  }
}
