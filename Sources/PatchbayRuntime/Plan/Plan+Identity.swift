import PatchbayCore
import PatchbayJSON

#if AuditLog
  import Crypto
#endif

extension Plan {
  /// What a run of the plan is told about itself.
  func identity(id: UUIDBits, startedAt: Timestamp, attempt: Int = 1) -> RunIdentity {
    var random = KeyedRandom(
      seed: options.seed, purpose: "run.repeatable", KeyedRandom.key(Array(name.utf8)[...]))
    var identity = RunIdentity(
      id: id, seed: options.seed, startedAt: startedAt, pipeline: name,
      configurationHash: configurationHash, versions: [.patchbay] + modules,
      key: options.repeatable ? .version4(using: &random) : nil,
      idOrigin: options.repeatable ? options.epoch : nil)
    identity.attempt = attempt
    return identity
  }

  /// The options that take effect, secrets hidden; nothing in it changes from run to run.
  var configuration: JSONValue {
    var sections: [JSONValue.Member] = [
      .init("name", .string(name)),
      .init(
        "connections",
        .object(
          connectionOrder.map { name in
            let type = connections[name].map { Swift.type(of: $0).type } ?? ""
            return .init(name, Self.entry(type, connectionOptions[name] ?? [:], []))
          })),
    ]
    for role in StageRole.allCases {
      let entries = stages.filter { $0.role == role }.map { stage in
        // Not the buffer: nothing that is emitted, sent or written depends on it.
        JSONValue.Member(stage.name, Self.entry(stage.type, stage.options, stage.inputs))
      }
      sections.append(.init(role.section, .object(entries)))
    }
    let conditions = thresholds.map { JSONValue.Member($0.metric, .string($0.description)) }
    return .object(sections + [.init("thresholds", .object(conditions))])
  }

  private static func entry(
    _ type: String, _ options: JSONValue, _ inputs: [StageOutput]
  ) -> JSONValue {
    [
      "type": .string(type), "inputs": .array(inputs.map { .string($0.text) }),
      "options": options,
    ]
  }

  private var configurationHash: String? {
    #if AuditLog
      let digits = Array("0123456789abcdef".utf8)
      let bytes = SHA256.hash(data: configuration.canonical())
        .flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
      return String(decoding: bytes, as: UTF8.self)
    #else
      return nil
    #endif
  }
}
