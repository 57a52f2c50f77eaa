import HTTPTransport
import Testing

@Suite(.enabled(if: Nginx.isInstalled, "nginx and openssl"), .timeLimit(.minutes(2)))
struct NginxTests {
  @Test func `requests of all kinds are answered over one connection`() async throws {
    try await Nginx.run { nginx in
      try await withClient { client in
        let get = try await client.send(HTTPRequest(url: nginx.url + "/plain"))
        #expect(get.status == 200)
        #expect(get.text == "GET  ")
        #expect(get.headers.first("server")?.hasPrefix("nginx") == true)
        let body = Array(#"[{"event":"one"}]"#.utf8)
        for _ in 0..<20 {
          let post = try await client.send(
            HTTPRequest(method: "POST", url: nginx.url + "/accepted", body: body))
          #expect(post.status == 202)
          #expect(post.timings.reusedConnection)
        }
        let empty = try await client.send(HTTPRequest(method: "POST", url: nginx.url + "/plain"))
        #expect(empty.text == "POST 0 ")
        #expect(empty.timings.reusedConnection)
        let head = try await client.send(HTTPRequest(method: "HEAD", url: nginx.url + "/plain"))
        #expect(head.body == [])
        #expect(head.headers.first("Content-Length") == "6")
      }
    }
  }

  @Test func `a large body is sent with the server's consent or without`() async throws {
    let body = [UInt8](repeating: 0x61, count: 8 << 20)
    try await Nginx.run { nginx in
      try await withClient { client in
        for headers: HTTPHeaders in [["Expect": "100-continue"], [:]] {
          let response = try await client.send(
            HTTPRequest(method: "POST", url: nginx.url + "/upload", headers: headers, body: body))
          #expect(response.status == 200)
          #expect(response.text == "POST \(body.count) ")
          #expect(response.timings.send != nil)
          #expect(response.timings.wait != nil)
        }
      }
    }
  }

  @Test func `a body that the server refuses unread is answered`() async throws {
    try await Nginx.run { nginx in
      try await withClient { client in
        let response = try await client.send(
          HTTPRequest(
            method: "POST", url: nginx.url + "/small", headers: ["Expect": "100-continue"],
            body: [UInt8](repeating: 0x61, count: 1 << 20)))
        #expect(response.status == 413)
        #expect(response.timings.send == nil)
      }
    }
  }

  @Test func `a server that doesn't keep connections alive gets new ones`() async throws {
    try await Nginx.run { nginx in
      try await withClient { client in
        for _ in 0..<5 {
          let response = try await client.send(HTTPRequest(url: nginx.url + "/old"))
          #expect(response.text == "old")
          #expect(!response.timings.reusedConnection)
        }
      }
    }
  }

  @Test func `HTTP/1.1 is spoken also if the server prefers another version`() async throws {
    try await Nginx.run { nginx in
      let configuration = HTTPClientConfiguration(caFile: nginx.authority.caFile)
      try await withClient(configuration) { client in
        for url in [nginx.url, nginx.tlsURL] {
          let response = try await client.send(HTTPRequest(url: url + "/protocol"))
          #expect(response.text == "HTTP/1.1")
        }
      }
    }
  }

  @Test func `a server that closes while a body is sent may have acted`() async throws {
    try await Nginx.run { nginx in
      let configuration = HTTPClientConfiguration(caFile: nginx.authority.caFile)
      try await withClient(configuration) { client in
        for url in [nginx.url, nginx.tlsURL] {
          let error = try await failure(
            of: client,
            HTTPRequest(
              method: "POST", url: url + "/closed",
              body: [UInt8](repeating: 0x61, count: 8 << 20)))
          #expect(error.kind == .dropped)
          #expect(error.mayHaveReachedServer)
          #expect(error.timings?.send == nil)
        }
      }
    }
  }

  @Test func `a private authority is trusted if it is named`() async throws {
    try await Nginx.run { nginx in
      let configuration = HTTPClientConfiguration(caFile: nginx.authority.caFile)
      try await withClient(configuration) { client in
        let first = try await client.send(HTTPRequest(url: nginx.tlsURL + "/plain"))
        #expect(first.text == "GET  ")
        #expect(first.timings.nameLookup == nil)
        let connect = try #require(first.timings.connect)
        let tls = try #require(first.timings.tls)
        #expect(connect > .zero)
        #expect(tls > .zero)
        #expect(connect + tls < first.timings.total)
        let second = try await client.send(
          HTTPRequest(method: "POST", url: nginx.tlsURL + "/accepted", body: [1]))
        #expect(second.status == 202)
        #expect(second.timings.reusedConnection)
        #expect(second.timings.connect == nil)
        #expect(second.timings.tls == nil)
        for timings in [first.timings, second.timings] {
          let send = try #require(timings.send)
          let wait = try #require(timings.wait)
          let receive = try #require(timings.receive)
          #expect(send > .zero && wait > .zero && receive > .zero)
          #expect(send + wait + receive < timings.total)
        }
      }
    }
  }

  @Test func `a private authority is not trusted unless it is named`() async throws {
    try await Nginx.run { nginx in
      try await withClient { client in
        let error = try await failure(of: client, HTTPRequest(url: nginx.tlsURL + "/plain"))
        #expect(error.kind == .tls)
        let authority = try HTTPURL(nginx.tlsURL).authority
        #expect(
          error.message
            == "\(authority): cannot establish TLS: "
            + "SSL certificate problem: unable to get local issuer certificate")
        #expect(!error.mayHaveReachedServer)
      }
    }
  }

  @Test func `a missing file of authorities is told`() async throws {
    try await Nginx.run { nginx in
      let configuration = HTTPClientConfiguration(caFile: "/nonexistent/ca.pem")
      try await withClient(configuration) { client in
        let error = try await failure(of: client, HTTPRequest(url: nginx.tlsURL + "/plain"))
        #expect(error.kind == .tls)
        #expect(error.message.contains("/nonexistent/ca.pem"))
        #expect(!error.mayHaveReachedServer)
      }
    }
  }

  @Test func `a certificate for another host is not trusted`() async throws {
    try await Nginx.run { nginx in
      // The same server by an address that its certificate doesn't have.
      let url = nginx.tlsURL.replacing("127.0.0.1", with: "[::ffff:127.0.0.1]") + "/plain"
      let configuration = HTTPClientConfiguration(caFile: nginx.authority.caFile)
      try await withClient(configuration) { client in
        let error = try await failure(of: client, HTTPRequest(url: url))
        #expect(error.kind == .tls)
        #expect(
          error.message
            == "\(try HTTPURL(url).authority): cannot establish TLS: SSL: "
            + "no alternative certificate subject name matches target host name "
            + "'::ffff:127.0.0.1'")
      }
      let unverified = HTTPClientConfiguration(allowsUnverifiedLoopback: true)
      try await withClient(unverified) { client in
        let response = try await client.send(HTTPRequest(url: url))
        #expect(response.status == 200)
      }
    }
  }

  @Test func `loopback hosts can go unverified`() async throws {
    try await Nginx.run { nginx in
      let configuration = HTTPClientConfiguration(allowsUnverifiedLoopback: true)
      try await withClient(configuration) { client in
        let response = try await client.send(HTTPRequest(url: nginx.tlsURL + "/plain"))
        #expect(response.status == 200)
      }
    }
  }
}
