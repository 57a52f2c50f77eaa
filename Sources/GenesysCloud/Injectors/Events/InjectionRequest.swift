import PatchbayCore
import PatchbayJSON

/// Steps that share a request.
struct InjectionRequest {
  /// One of its steps.
  struct Member {
    /// Whose step it is: the event's place in the call.
    let item: Int
    /// The id of the platform's event.
    let id: UUIDBits
  }

  /// Where it is posted to.
  let endpoint: PlatformStep.Endpoint
  /// Its steps.
  private(set) var members: [Member] = []
  /// Events by the arrays that they stand in.
  private var arrays: [(name: String, events: [[UInt8]])] = []
  /// The bytes of the body.
  private var size = "{}".utf8.count

  init(to endpoint: PlatformStep.Endpoint) {
    self.endpoint = endpoint
  }

  /// Adds a step as the event that says it; false if the body would become longer than `limit`.
  ///
  /// The first one always has room.
  mutating func add(_ member: Member, _ event: JSONValue, to array: String, limit: Int) -> Bool {
    var bytes: [UInt8] = []
    JSONWriter.append(event, to: &bytes)
    let place = arrays.firstIndex { $0.name == array }
    let name = place == nil ? array.utf8.count + "\"\":[],".utf8.count : 0
    let size = size + bytes.count + ",".utf8.count + name
    guard size <= limit || members.isEmpty else { return false }
    self.size = size
    if let place {
      arrays[place].events.append(bytes)
    } else {
      arrays.append((array, [bytes]))
    }
    members.append(member)
    return true
  }

  /// An array of events for each of their kinds.
  var body: [UInt8] {
    let comma = Array(",".utf8)
    let parts = arrays.map { name, events in
      Array("\"\(name)\":[".utf8) + events.joined(separator: comma) + Array("]".utf8)
    }
    return Array("{".utf8) + parts.joined(separator: comma) + Array("}".utf8)
  }

  /// What it is about, for draws.
  var key: UInt64 {
    KeyedRandom.key(members.flatMap { Array("\($0.id)".utf8) })
  }
}
