import CZlib

/// Unpacks what gzip has packed, piece by piece: RFC 1952, several members one behind the other included.
final class Gunzip {
  /// Why something can't be unpacked.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  /// What a file in gzip's form begins with.
  static let mark: [UInt8] = [0x1F, 0x8B]

  // zlib keeps the address of it.
  private let stream: UnsafeMutablePointer<z_stream>
  private var packed: [UInt8] = []
  /// How much of `packed` has been unpacked.
  private var taken = 0
  /// How many bytes came before `packed`.
  private var before = 0
  /// Whether a member has begun that hasn't ended.
  private var isInside = false

  /// - Throws: `Problem` if there is no memory for it.
  init() throws {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = czlib_begin_gzip(stream)
    guard status == Z_OK else {
      stream.deallocate()
      throw Problem(description: "zlib can't begin: \(String(cString: zError(status)))")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Takes packed bytes; those before have to be unpacked by now.
  func add(_ bytes: [UInt8]) {
    before += packed.count
    packed = bytes
    taken = 0
  }

  /// The next bytes, at most `count`, however much is behind them; none if more packed ones are needed.
  ///
  /// - Throws: `Problem` if what was added isn't what gzip makes.
  func unpack(upTo count: Int) throws -> [UInt8] {
    while taken < packed.count {
      if !isInside {
        // Tapes and the like are filled up with zeros.
        while taken < packed.count, packed[taken] == 0 { taken += 1 }
        if taken == packed.count { break }
        inflateReset(stream)
        isInside = true
      }
      let bytes = try inflated(upTo: count)
      if !bytes.isEmpty { return bytes }
    }
    return []
  }

  /// Ends the unpacking.
  ///
  /// - Throws: `Problem` if something is missing.
  func finish() throws {
    if isInside {
      throw Problem(
        description:
          "is cut off: what gzip packed doesn't end in its \(before + packed.count) bytes")
    }
  }

  private func inflated(upTo count: Int) throws -> [UInt8] {
    var status = Z_OK
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { space, length in
      packed.withUnsafeMutableBufferPointer { packed in
        stream.pointee.next_in = packed.baseAddress.map { $0 + taken }
        stream.pointee.avail_in = UInt32(packed.count - taken)
        stream.pointee.next_out = space.baseAddress
        stream.pointee.avail_out = UInt32(space.count)
        status = inflate(stream, Z_NO_FLUSH)
        taken = packed.count - Int(stream.pointee.avail_in)
        length = space.count - Int(stream.pointee.avail_out)
      }
    }
    switch status {
    case Z_STREAM_END: isInside = false
    // The second one: there was nothing to be done, neither to be taken nor to be given.
    case Z_OK, Z_BUF_ERROR: break
    default:
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? String(cString: zError(status))
      throw Problem(
        description: "is damaged at byte \(before + taken) of what gzip packed: \(reason)")
    }
    return bytes
  }
}
