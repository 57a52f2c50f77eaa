import GenesysCloud
import PatchbayJSON
import Testing

@Suite struct WireTests {
  @Test func `an error keeps everything on its way through JSON`() throws {
    var error = PlatformError(
      .tooManyRequests, "Rate limit", contextID: "c",
      details: [.init(errorCode: "x", fieldName: "f", entityID: "1", entityName: "n"), .init()],
      limit: .init(key: "k", namespace: "platform.api", value: 300))
    error.entityID = "id"
    error.entityName = "name"
    error.messageWithParams = "Rate {what}"
    error.messageParams = [.init("what", "limit")]
    error.errors = [PlatformError("other", status: nil, "inner")]
    let json = error.json
    #expect(PlatformError(parsing: json) == error)
    #expect(
      json.text()
        == #"{"message":"Rate limit","code":"too.many.requests","status":429,"entityId":"id","#
        + #""entityName":"name","messageWithParams":"Rate {what}","#
        + #""messageParams":{"what":"limit"},"contextId":"c","#
        + #""details":[{"errorCode":"x","fieldName":"f","entityId":"1","entityName":"n"},{}],"#
        + #""errors":[{"message":"inner","code":"other","details":[],"errors":[]}],"#
        + #""limit":{"key":"k","namespace":"platform.api","value":300}}"#)
  }

  @Test func `an error is read leniently`() throws {
    let error = try #require(
      PlatformError(
        parsing: [
          "message": "m", "code": 7, "status": "x", "details": [:], "errors": [1, ["code": "c"]],
          "messageParams": ["n": 1], "limit": [], "contextId": .null,
        ]))
    #expect(error.message == "m")
    #expect(error.code == "")
    #expect(error.status == nil)
    #expect(error.details == [])
    #expect(error.errors.map(\.code) == ["c"])
    #expect(error.messageParams == [.init("n", "1")])
    #expect(error.limit == nil)
    for other in [.null, [], "<html>", ["status": 404]] as [JSONValue] {
      #expect(PlatformError(parsing: other) == nil)
    }
  }

  @Test func `a token is read and not printed`() throws {
    let token = TokenResponse(accessToken: "hidden", expiresIn: 5)
    #expect(TokenResponse(parsing: token.json) == token)
    #expect("\(token)" == "bearer token, expires in 5 s")
    #expect(String(reflecting: token) == "bearer token, expires in 5 s")
    var dumped = ""
    dump(token, to: &dumped)
    #expect(!dumped.contains("hidden"))
    #expect(TokenResponse(parsing: ["access_token": ""]) == nil)
    #expect(TokenResponse(parsing: ["token_type": "bearer"]) == nil)
    #expect(TokenResponse(parsing: ["access_token": "a"])?.expiresIn == nil)
  }

  @Test func `a refused token is read in both spellings`() {
    #expect(TokenError(parsing: TokenError("e", "x").json) == TokenError("e", "x"))
    #expect(TokenError(parsing: ["error": "e", "description": "d"]) == TokenError("e", "d"))
    #expect(TokenError(parsing: ["error": "e"]) == TokenError("e", ""))
    #expect(TokenError(parsing: ["message": "e"]) == nil)
  }

  @Test func `a receipt is read back`() {
    let receipt = WorkspaceReceipt(accepted: ["a", "b"], duplicates: ["b"])
    #expect(WorkspaceReceipt(parsing: receipt.json) == receipt)
    #expect(WorkspaceReceipt(parsing: [:]) == nil)
  }

  // RFC 4648 §10 and RFC 7617 §2.
  @Test(arguments: [
    ("", "", "Basic Og=="), ("Aladdin", "open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
    ("test", "123£", "Basic dGVzdDoxMjPCow=="), ("a", "\u{3FF}~?>", "Basic YTrPv34/Pg=="),
  ])
  func `basic credentials have their form`(id: String, secret: String, header: String) throws {
    let credentials = BasicCredentials(id: id, secret: secret)
    #expect(credentials.headerValue == header)
    let read = try #require(BasicCredentials(headerValue: header))
    #expect(read.id == id)
    #expect(read.secret == secret)
    #expect("\(credentials)" == "client \(id)")
  }

  @Test(arguments: [
    "Basic", "Basic ", "Basic Og=", "Basic Og", "Basic O===", "Basic Oh==", "Basic =g==",
    "Basic Og==Og==", "Basic /w==", "Basic QQ==", "Bearer Og==", "Basic O\u{1F600}==",
  ])
  func `what isn't basic credentials is none`(header: String) {
    #expect(BasicCredentials(headerValue: header) == nil)
  }

  @Test func `every code has a status`() {
    for code in PlatformErrorCode.allCases {
      #expect((400..<600).contains(code.status))
    }
  }
}
