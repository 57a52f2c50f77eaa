import PatchbayJSON
import PatchbayOptions
import Testing

struct OptionGroupTests {
  @Test func `defaults fill what isn't set`() throws {
    let options = try HTTPSample(["url": "https://example.com"])
    #expect(options.url.host == "example.com")
    #expect(options.method == .post)
    #expect(options.headers.isEmpty)
    #expect(options.timeout == .seconds(30))
    #expect(options.retry.attempts == 3)
    #expect(options.success == [200, 202])
    #expect(options.token == nil)
    #expect(options.batch.events == 256)
    #expect(options.batch.bytes == .kibibytes(64))
  }

  @Test func `every option can be set`() throws {
    let options = try HTTPSample([
      "url": "https://example.com", "method": "put", "headers": ["X-Run": "7"],
      "time_limit": "5s", "retry": ["attempts": 0, "cap": "1h"], "success": 201,
      "token": "t", "batch": ["events": 1.0, "bytes": "1MiB"],
    ])
    #expect(options.method == .put)
    #expect(options.headers == ["X-Run": "7"])
    #expect(options.timeout == .seconds(5))
    #expect(options.retry.attempts == 0)
    #expect(options.retry.base == .seconds(1))
    #expect(options.retry.cap == .seconds(3600))
    #expect(options.success == [201])
    #expect(options.token?.reveal() == "t")
    #expect(options.batch.events == 1)
    #expect(options.batch.bytes == .mebibytes(1))
  }

  @Test func `the effective configuration uses new names and normal forms`() throws {
    let decoded = try HTTPSample.decode(
      #"{"success":201,"url":"https://a","time_limit":"90s","headers":{"b":"1","a":"2"}}"#)
    #expect(
      decoded.effective == [
        "url": "https://a", "method": "post", "headers": ["b": "1", "a": "2"], "timeout": "1m30s",
        "retry": ["attempts": 3, "base": "1s", "cap": "30s"], "success": [201],
        "batch": ["events": 256, "bytes": "64KiB"],
      ])
    let again = HTTPSample.decode(JSONNode(decoded.effective), at: OptionPath())
    #expect(again.effective == decoded.effective)
  }

  @Test func `numbers and Booleans may come from the environment`() throws {
    let decoded = try HTTPSample.decode(
      #"{"url":"${URL}","success":["${STATUS}"],"retry":{"attempts":"${N}"}}"#,
      environment: ["URL": "http://a", "STATUS": "204", "N": "7"])
    #expect(decoded.issues.isEmpty)
    #expect(decoded.effective["success"] == [204])
    #expect(decoded.effective["retry"]?["attempts"] == 7)
  }

  @Test func `invalid options throw everything that is wrong`() {
    let error = #expect(throws: InvalidOptions.self) {
      try HTTPSample(["method": "get", "timeout": 5])
    }
    #expect(
      error?.description == """
        method: expected one of "post", "put", "patch", found "get"
        timeout: expected a duration such as "30s", found the number 5 (did you mean "5s" or "5ms"?)
        url: required option is missing: a URL such as "https://example.com/events"
        """)
    #expect(error?.issues.count == 3)
  }

  @Test func `a stand-in keeps the initialiser going after an issue`() throws {
    struct Sample: OptionGroup {
      let interval: Int
      let first: RetrySample
      let whole: String

      init(from options: inout OptionReader) {
        let rate = options.required("rate", example: 10, .range(1...1000), doc: "How often.")
        interval = 1000 / rate
        let retries: [RetrySample] = options.list("retries", minimum: 1, doc: "At least one.")
        first = retries[0]
        let words = options.value("words", default: ["a"], .nonEmpty, doc: "Some words.")
        whole = words[0]
      }
    }
    #expect(
      try Sample.complaints("{}") == [
        "config.json:1:1: error[PB0103]: rate: required option is missing: an integer such as 10",
        "config.json:1:1: error[PB0103]: retries: required option is missing: an array",
      ])
    #expect(
      try Sample.complaints(#"{"rate":0,"retries":[],"words":[]}"#) == [
        "config.json:1:9: error[PB0102]: rate: must be from 1 to 1000, found the number 0",
        "config.json:1:21: error[PB0102]: retries: must not be empty",
        "config.json:1:32: error[PB0102]: words: must not be empty",
      ])
    #expect(Sample.declarationProblems() == [])
    #expect(Sample.options.exampleConfiguration() == ["rate": 10, "retries": [[:]]])
  }

  @Test func `a list says how many elements it lacks`() throws {
    struct Sample: OptionGroup {
      let names: [String]
      let ports: [String: Int]

      init(from options: inout OptionReader) {
        names = options.list("names", minimum: 2, doc: "Names.")
        ports = options.value("ports", default: ["a": 1], .count(atLeast: 1), doc: "Ports.")
      }
    }
    #expect(
      try Sample.complaints(#"{"names":["a"],"ports":{}}"#) == [
        "config.json:1:10: error[PB0102]: names: must have at least 2 elements, found 1",
        "config.json:1:24: error[PB0102]: ports: must not be empty",
      ])
  }

  @Test func `a missing option of a group that isn't set is missing in it`() throws {
    struct Sample: OptionGroup {
      let auth: String

      init(from options: inout OptionReader) {
        auth = options.group("auth", doc: "Who asks.") { auth in
          auth.required("name", example: "ann", doc: "The name.")
        }
      }
    }
    #expect(
      try Sample.complaints("{}") == [
        "config.json:1:1: error[PB0103]: auth.name: "
          + #"required option is missing: a string such as "ann""#
      ])
    #expect(Sample.options.schemaDocument(title: "t")["required"] == ["auth"])
    #expect(Sample.options.exampleConfiguration() == ["auth": ["name": "ann"]])
  }

  @Test func `a group can have other defaults in another place`() throws {
    struct Backoff: OptionGroup {
      let attempts: Int

      init(from options: inout OptionReader) { self.init(from: &options, attempts: 3) }

      init(from options: inout OptionReader, attempts: Int) {
        self.attempts = options.value("attempts", default: attempts, doc: "How often.")
      }
    }
    struct Sample: OptionGroup {
      let backoff: Backoff

      init(from options: inout OptionReader) {
        backoff = options.group("backoff", doc: "When.") { Backoff(from: &$0, attempts: 8) }
      }
    }
    #expect(try Sample([:]).backoff.attempts == 8)
    #expect(
      Sample.options.schemaDocument(title: "t")["properties"]?["backoff"]?["properties"]?[
        "attempts"]?["default"] == 8)
  }

  @Test func `a metatype is enough to describe and decode`() throws {
    let types: [any OptionGroup.Type] = [SlackSample.self, HTTPSample.self, NoOptions.self]
    #expect(types.map { $0.options.options.count } == [5, 8, 0])
    let decoded = types.map { $0.decodeErased(JSONNode(["webhook": "w"]), at: OptionPath("x")) }
    #expect(decoded.map { $0.value != nil } == [true, false, false])
    #expect(decoded[0].value is SlackSample)
    #expect(decoded[0].effective["limit"] == 20)
    #expect(
      decoded[2].issues.map(\.description) == ["1:1: error[PB0104]: x.webhook: unknown option"])
  }

  @Test func `an option that is declared only for some values is refused`() throws {
    struct Sample: OptionGroup {
      let extra: Int

      init(from options: inout OptionReader) {
        let method = options.value("method", default: HTTPSample.Method.post, doc: "How.")
        extra = method == .put ? options.value("extra", default: 1, doc: "More.") : 0
      }
    }
    #expect(
      try Sample.complaints(#"{"method":"put","extra":2}"#, at: OptionPath("sinks", "x")) == [
        "config.json:1:1: error[PB0109]: sinks.x.extra: "
          + "the stage declares extra only for some values; tell its author"
      ])
    #expect(
      try Sample.complaints(#"{"extra":2}"#) == [
        "config.json:1:2: error[PB0104]: extra: unknown option"
      ])
    #expect(try Sample.complaints("{}") == [])
  }
}
