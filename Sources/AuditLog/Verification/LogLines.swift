import PatchbayCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Cuts a file of records into blocks.
struct LogLines {
  private static let chunk = 1 << 18

  private let file: any ByteInput
  private let longest: Int
  private var buffer: [UInt8] = []
  /// Up to where the buffer was searched, where the last line found ends, and how many lines that is.
  private var searched = 0
  private var end = 0
  private var count = 0
  private var isAtEnd = false
  /// Whether there is a line that is longer than any record; nothing behind it is read.
  private(set) var isTooLong = false

  /// - Parameter longest: how long a line may be, in bytes.
  init(_ file: any ByteInput, longest: Int) {
    self.file = file
    self.longest = longest
  }

  /// How many bytes stand behind the last line, once there is no block left.
  var rest: Int { buffer.count }

  /// The lines of the next block, each with its line feed; nil if there is none.
  mutating func next() async throws -> [UInt8]? {
    while true {
      search()
      if count == LogBlock.size { return take() }
      if isTooLong || isAtEnd { return count > 0 ? take() : nil }
      let chunk = try await file.read(upTo: Self.chunk)
      isAtEnd = chunk.isEmpty
      buffer += chunk
    }
  }

  private mutating func search() {
    buffer.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      while count < LogBlock.size {
        guard let found = memchr(base + searched, 0x0A, buffer.count - searched) else {
          searched = buffer.count
          break
        }
        let place = UnsafeRawPointer(found) - base
        if place - end > longest {
          isTooLong = true
          return
        }
        searched = place + 1
        end = searched
        count += 1
      }
      if buffer.count - end > longest, searched == buffer.count { isTooLong = true }
    }
  }

  private mutating func take() -> [UInt8] {
    // The block keeps the memory, for the rest behind it is short.
    var lines: [UInt8] = []
    swap(&lines, &buffer)
    buffer.reserveCapacity(lines.count + Self.chunk)
    buffer += lines[end...]
    lines.removeLast(lines.count - end)
    searched -= end
    (end, count) = (0, 0)
    return lines
  }
}
