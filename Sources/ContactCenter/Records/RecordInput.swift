import PatchbayCore

/// The bytes of a file of records, unpacked if gzip has packed them.
actor RecordInput {
  /// How much is read at a time, and how much a part of it is at most when it is unpacked.
  static let chunk = 1 << 17

  private let file: InputFile
  private let path: String
  private var isAtStart = true
  /// What unpacks the file; nil if it isn't packed.
  private var gunzip: Gunzip?

  private init(_ file: InputFile, path: String) {
    self.file = file
    self.path = path
  }

  /// Opens a file.
  ///
  /// - Throws: `UnreadableInput` with the path and the reason.
  static func open(_ path: String) async throws -> RecordInput {
    RecordInput(try await InputFile.open(path), path: path)
  }

  /// The next bytes; none are the end.
  ///
  /// - Throws: `UnreadableInput` with the path and the reason, also if what gzip packed is damaged or cut off.
  func next() async throws -> [UInt8] {
    if isAtStart {
      isAtStart = false
      return try await first()
    }
    guard let gunzip else { return try await file.read(upTo: Self.chunk) }
    return try await unpacked(by: gunzip)
  }

  private func first() async throws -> [UInt8] {
    var bytes = try await file.read(upTo: Self.chunk)
    // A pipe may bring less at first than what it takes to know.
    while !bytes.isEmpty, bytes.count < Gunzip.mark.count {
      let more = try await file.read(upTo: Self.chunk)
      if more.isEmpty { break }
      bytes += more
    }
    guard bytes.starts(with: Gunzip.mark) else { return bytes }
    let gunzip = try naming { try Gunzip() }
    self.gunzip = gunzip
    gunzip.add(bytes)
    return try await unpacked(by: gunzip)
  }

  private func unpacked(by gunzip: Gunzip) async throws -> [UInt8] {
    while true {
      let bytes = try naming { try gunzip.unpack(upTo: Self.chunk) }
      if !bytes.isEmpty { return bytes }
      let packed = try await file.read(upTo: Self.chunk)
      if packed.isEmpty {
        try naming { try gunzip.finish() }
        return []
      }
      gunzip.add(packed)
    }
  }

  private func naming<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let problem as Gunzip.Problem {
      throw UnreadableInput("\(path) \(problem)")
    }
  }
}
