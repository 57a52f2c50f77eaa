package import PatchbayJSON

extension OptionGroupDescription {
  /// The options for programs, nested ones with dotted names.
  package var json: JSONValue {
    .array(
      OptionRow.rows(of: self).map { row in
        var members: [JSONValue.Member] = [
          .init("name", .string(row.name)), .init("type", .string(row.type)),
        ]
        switch row.presence {
        case .required(let example):
          members += [.init("required", true), .init("example", example)]
        case .defaulted(let value): members.append(.init("default", value))
        case .optional, nil: break
        }
        if !row.notes.isEmpty {
          members.append(.init("rules", .array(row.notes.map { .string($0) })))
        }
        members.append(.init("doc", .string(row.doc)))
        return .object(members)
      })
  }
}
