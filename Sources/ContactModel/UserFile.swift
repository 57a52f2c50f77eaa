package import PatchbayCore
import PatchbayJSON

/// A JSON file of an organisation's users: `{"users": [{"id": "...", "name": "...", "email": "..."}]}`.
///
/// One file can say who works to all who have to know it: the sandbox, the scenario, and who watches.
package enum UserFile {
  /// One of the users.
  package struct User: Sendable, Equatable {
    package let id: UUIDBits
    package let name: String?
    package let email: String?
  }

  /// Reads the users, in the order of the file.
  ///
  /// - Throws: `UnreadableInput` if the file can't be read, `PipelineError` if it can't be used.
  package static func users(in path: String) throws -> [User] {
    do {
      return try read(path)
    } catch let error as UnreadableInput {
      throw error
    } catch {
      throw PipelineError("the users of \(path) can't be used: \(error)", cause: error)
    }
  }

  private static func read(_ path: String) throws -> [User] {
    let limits = JSONLimits()
    let bytes = try InputFile.contents(of: path, upTo: limits.bytes + 1)
    let json = try JSONValue(parsing: bytes, limits: limits)
    guard let users = json["users"]?.array else {
      throw PipelineError("expected an object with the member \"users\", an array")
    }
    var seen: Set<UUIDBits> = []
    return try users.enumerated().map { index, user in
      guard let id = user["id"]?.string.flatMap({ UUIDBits(anyCase: $0) }) else {
        throw PipelineError("users[\(index)].id: expected a UUID")
      }
      guard seen.insert(id).inserted else {
        throw PipelineError("users[\(index)].id: \(id) is there twice")
      }
      for name in ["name", "email"] {
        if let value = user[name], value.string == nil {
          throw PipelineError(
            "users[\(index)].\(name): expected a string, found \(JSONNode(value).kind)")
        }
      }
      return User(id: id, name: user["name"]?.string, email: user["email"]?.string)
    }
  }
}
