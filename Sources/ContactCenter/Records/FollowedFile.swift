import PatchbayCore

/// A file that grows, and in whose place another may be put, as logs are rotated.
actor FollowedFile {
  /// What there is next.
  enum Part: Sendable {
    case bytes([UInt8])
    /// Nothing yet.
    case pause
    /// The file has ended; another begins in its place, or the same one anew.
    case replaced
  }

  private static let chunk = 1 << 17

  private let path: String
  private var file: InputFile?
  /// How many bytes were read of it.
  private var count = 0
  private var wasOpened = false

  init(_ path: String) { self.path = path }

  /// The next part of it; one call at a time.
  ///
  /// - Throws: `UnreadableInput` with the path and the reason; `CancellationError` as soon as the task is
  ///   cancelled.
  func next() async throws -> Part {
    guard let file = try await opened() else { return .pause }
    let bytes = try await file.read(upTo: Self.chunk)
    if !bytes.isEmpty {
      if count == 0, bytes.starts(with: Gunzip.mark) {
        throw UnreadableInput("\(path) is packed with gzip: such a file isn't appended to")
      }
      count += bytes.count
      return .bytes(bytes)
    }
    guard try await file.isReplaced(after: count) else { return .pause }
    // What came between the last look and the new name.
    let rest = try await file.read(upTo: Self.chunk)
    if !rest.isEmpty {
      count += rest.count
      return .bytes(rest)
    }
    self.file = nil
    wasOpened = true
    return .replaced
  }

  /// The file; nil where the next one isn't there yet.
  private func opened() async throws -> InputFile? {
    if let file { return file }
    do {
      let file = try await InputFile.open(path)
      self.file = file
      count = 0
      return file
    } catch let error as UnreadableInput {
      if wasOpened { return nil }
      throw error
    }
  }
}
