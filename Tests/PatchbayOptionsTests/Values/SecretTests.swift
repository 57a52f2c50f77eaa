import PatchbayJSON
import PatchbayOptions
import Testing

struct SecretTests {
  private struct Sample: OptionGroup {
    let key: Secret
    let headers: [String: Secret]
    let more: [Secret]
    let inner: Inner

    struct Inner: OptionGroup {
      let word: Secret?
      init(from options: inout OptionReader) {
        word = options.optional("word", doc: "A word.")
      }
    }

    init(from options: inout OptionReader) {
      key = options.secret("key", variable: "KEY", doc: "The key.")
      headers = options.value("headers", default: [:], doc: "Sent along.")
      more = options.list("more", doc: "More of them.")
      inner = options.group("inner", doc: "Inside.")
    }
  }

  @Test func `only reveal gives the text`() {
    let secret = Secret("hunter2")
    #expect(secret.reveal() == "hunter2")
    #expect(secret == Secret("hunter2"))
    #expect(secret != Secret("hunter3"))
    #expect("\(secret)" == "<secret>")
    #expect(String(reflecting: secret) == "<secret>")
    #expect(secret.json == "<secret>")
    #expect(Mirror(reflecting: secret).children.isEmpty)
    #expect(!((secret as Any) is any Encodable))
  }

  @Test func `nothing that is printed of a group shows a secret`() throws {
    let decoded = try Sample.decode(
      #"{"key":"hunter2","headers":{"a":"hunter2"},"more":["hunter2"],"inner":{"word":"hunter2"}}"#)
    let value = try #require(decoded.value)
    #expect(value.headers["a"]?.reveal() == "hunter2")
    var dumped = ""
    dump(decoded, to: &dumped)
    dump(value, to: &dumped)
    let texts = [
      dumped, "\(value)", String(reflecting: decoded), decoded.effective.text(),
      "\(Optional(value.key) as Any)", "\([value.key])", "\(["a": value.key])",
    ]
    for text in texts {
      #expect(!text.contains("hunter2"))
      #expect(text.contains("<secret>"))
    }
    #expect(
      decoded.effective == [
        "key": "<secret>", "headers": ["a": "<secret>"], "more": ["<secret>"],
        "inner": ["word": "<secret>"],
      ])
  }

  @Test(arguments: [
    #"{"key":["hunter2"]}"#, #"{"key":{"hunter2":1}}"#, #"{"key":"k","headers":"hunter2"}"#,
    #"{"key":"k","headers":["hunter2"]}"#, #"{"key":"k","more":"hunter2"}"#,
    #"{"key":"k","inner":"hunter2"}"#, #"{"key":"k","inner":{"word":["hunter2"]}}"#,
    #""hunter2""#,
  ])
  func `no message quotes what may be a secret`(text: String) throws {
    let complaints = try Sample.complaints(text)
    #expect(complaints.count == 1)
    #expect(!complaints.joined().contains("hunter2"))
  }

  @Test func `a number where a secret belongs isn't quoted either`() throws {
    #expect(
      try Sample.complaints(#"{"key":271828,"headers":{"a":271828},"more":[271828]}"#) == [
        "config.json:1:8: error[PB0101]: key: expected a string, found a number",
        "config.json:1:30: error[PB0101]: headers.a: expected a string, found a number",
        "config.json:1:46: error[PB0101]: more[0]: expected a string, found a number",
      ])
  }

  @Test func `a missing secret shows how to give it`() throws {
    #expect(
      try Sample.complaints("{}") == [
        "config.json:1:1: error[PB0103]: key: "
          + #"required option is missing: a string such as "${KEY}""#
      ])
  }

  @Test func `help, table, schema and example know no default of a secret`() {
    #expect(
      Sample.options.help() == """
        Options:
          key         secret, required
                      The key.
          headers     map of secret
                      Sent along.
          more        array of secret, default []
                      More of them.
          inner       object
                      Inside.
          inner.word  secret, optional
                      A word.

        """)
    #expect(Sample.options.exampleConfiguration() == ["key": "${KEY}"])
  }
}
