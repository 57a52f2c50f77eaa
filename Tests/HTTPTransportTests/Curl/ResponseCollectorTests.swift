import HTTPTransport
import Testing

struct ResponseCollectorTests {
  @Test func `a response is held to its limits and its form`() {
    func receive(_ lines: String...) -> ResponseCollector {
      var response = ResponseCollector(maximumBodyBytes: 3)
      for line in lines {
        let bytes = Array((line + "\r\n").utf8)
        guard bytes.withUnsafeBytes({ response.receive(line: $0) }) else { break }
      }
      return response
    }
    #expect(receive("HTTP/1.1 200 OK", "").hasFinalHead)
    #expect(receive("HTTP/1.1 200", "").status == 200)
    #expect(!receive("HTTP/1.1 100 Continue", "").hasFinalHead)
    #expect(receive("HTTP/1.1 200 OK", "A:b", "", "Trailer: c").headers == ["A": "b"])
    for line in ["HTTP/1.1", "HTTP/1.1 2x0 OK", "HTTP/1.1 99 Low", "ICY 200 OK", ""] {
      guard case .malformed = receive(line).failure else {
        Issue.record("\(line) was accepted")
        continue
      }
    }
    guard case .malformed("a header line has no colon") = receive("HTTP/1.1 200 OK", "x").failure
    else {
      Issue.record("a header line without a colon was accepted")
      return
    }
    var response = receive("HTTP/1.1 200 OK", "")
    let accepts = [[1, 2], [3], [4]].map { (piece: [UInt8]) in
      piece.withUnsafeBytes { response.receive(body: $0) }
    }
    #expect(accepts == [true, true, false])
    #expect(response.body == [1, 2, 3])
  }
}
