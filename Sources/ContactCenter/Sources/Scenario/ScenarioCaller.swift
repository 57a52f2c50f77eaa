import PatchbayCore

/// Who calls in an interaction of a scenario, and through which queue.
///
/// The numbers are those that Ofcom keeps free for drama: nobody is ever called by them
/// ([list](https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama)).
struct ScenarioCaller: Sendable {
  /// The last three digits of the number, 0 to 999.
  private let number: Int
  private let queue: UUIDBits?

  /// - Parameter queues: those that it may come through; none if there are none.
  init(queues: [UUIDBits], using random: inout KeyedRandom) {
    number = Int.random(in: 0...999, using: &random)
    queue = queues.randomElement(using: &random)
  }

  /// The attributes of its events, `{"ani":"tel:+441632960123",...}`.
  func write(to text: inout [UInt8]) {
    let digits = String(number)
    let padded = String(repeating: "0", count: 3 - digits.count) + digits
    text.append(
      contentsOf: #"{"ani":"tel:+441632960\#(padded)","dnis":"tel:+448081570000","#.utf8)
    text.append(contentsOf: #""customer_name":"Caller \#(padded)""#.utf8)
    if let queue { text.append(contentsOf: #","queue_id":"\#(queue)""#.utf8) }
    text.append(UInt8(ascii: "}"))
  }
}
