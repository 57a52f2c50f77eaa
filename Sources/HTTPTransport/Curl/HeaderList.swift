import CLibcurl

/// Header lines as the linked list that libcurl reads, in memory that serves one request after the other.
///
/// libcurl copies neither the list nor the lines: both must stay as they are until the request is over.
final class HeaderList {
  private var bytes = UnsafeMutableBufferPointer<CChar>.allocate(capacity: 512)
  private var nodes = UnsafeMutableBufferPointer<curl_slist>.allocate(capacity: 8)

  deinit {
    bytes.deallocate()
    nodes.deallocate()
  }

  /// Replaces the list; returns its first node, or nil if there are no lines.
  func fill(_ lines: HeaderLines) -> UnsafeMutablePointer<curl_slist>? {
    guard lines.count > 0, var node = room(for: lines), var line = bytes.baseAddress else {
      return nil
    }
    let first = node
    var starts = true
    for (index, byte) in lines.bytes.enumerated() {
      let position = line
      position.initialize(to: CChar(bitPattern: byte))
      if starts {
        node.initialize(to: curl_slist(data: position, next: nil))
      }
      starts = byte == 0
      line += 1
      guard starts, index + 1 < lines.bytes.count else { continue }
      node.pointee.next = node + 1
      node += 1
    }
    return first
  }

  private func room(for lines: HeaderLines) -> UnsafeMutablePointer<curl_slist>? {
    if bytes.count < lines.bytes.count {
      bytes.deallocate()
      bytes = .allocate(capacity: 2 * lines.bytes.count)
    }
    if nodes.count < lines.count {
      nodes.deallocate()
      nodes = .allocate(capacity: 2 * lines.count)
    }
    return nodes.baseAddress
  }
}
