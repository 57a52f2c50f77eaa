import HTTPTransport
import Testing

struct HTTPHeadersTests {
  private let headers: HTTPHeaders = ["Accept": "a", "X-One": "1", "accept": "b"]

  @Test func `names are found in any case`() {
    #expect(headers.first("ACCEPT") == "a")
    #expect(headers.all("Accept") == ["a", "b"])
    #expect(headers.first("X-Two") == nil)
    #expect(headers.all("X-Two") == [])
  }

  @Test func `names are listed once, in order, as first written`() {
    #expect(headers.names == ["Accept", "X-One"])
  }

  @Test func `fields keep their order and spelling`() {
    #expect(headers.map(\.name) == ["Accept", "X-One", "accept"])
    #expect(headers.map(\.value) == ["a", "1", "b"])
    #expect(headers[1] == HTTPHeader(name: "X-One", value: "1"))
  }

  @Test func `appending keeps fields of the same name, replacing removes them`() {
    var changed = headers
    changed.append("X-One", "2")
    #expect(changed.all("X-One") == ["1", "2"])
    changed.replace("ACCEPT", with: "c")
    #expect(changed == ["X-One": "1", "X-One": "2", "ACCEPT": "c"])
  }
}
