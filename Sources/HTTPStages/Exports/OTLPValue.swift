import PatchbayCore
import PatchbayJSON

/// Values as OTLP's JSON has them.
enum OTLPValue {
  /// Who made the records.
  static let scope: JSONValue = [
    "name": "patchbay", "version": .string(ModuleVersion.patchbay.version),
  ]

  /// Texts by name; those that are empty are left out.
  static func attributes(_ pairs: [(String, String)]) -> JSONValue {
    .array(
      pairs.filter { !$0.1.isEmpty }.map { name, value in
        ["key": .string(name), "value": ["stringValue": .string(value)]]
      })
  }

  static func integer(_ value: Int) -> JSONValue { .string(String(value)) }

  static func time(_ time: Timestamp) -> JSONValue { .string(String(max(0, time.nanoseconds))) }
}
