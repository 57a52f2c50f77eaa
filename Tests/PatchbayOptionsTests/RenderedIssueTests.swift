import PatchbayJSON
import PatchbayOptions
import Testing

struct RenderedIssueTests {
  private let chat = OptionPath("sinks", "chat")
  private let inject = OptionPath("injectors", "inject")

  @Test func `all issues of a flat group are reported in document order`() throws {
    let text = """
      {
        "webhok": "${SLACK_WEBHOOK}",
        "detail": "ful",
        "limit": 0,
        "quiet": 60,
        "chanel": "#qa"
      }
      """
    #expect(
      try SlackSample.complaints(text, at: chat) == [
        #"config.json:2:3: error[PB0104]: sinks.chat.webhok: unknown option (did you mean "webhook"?)"#,
        #"config.json:3:13: error[PB0108]: sinks.chat.detail: expected one of "summary", "full", found "ful" (did you mean "full"?)"#,
        #"config.json:4:12: error[PB0102]: sinks.chat.limit: must be from 1 to 100, found the number 0"#,
        #"config.json:5:12: error[PB0101]: sinks.chat.quiet: expected a duration such as "30s", found the number 60 (did you mean "60s" or "60ms"?)"#,
        #"config.json:6:3: error[PB0104]: sinks.chat.chanel: unknown option (did you mean "channel"?)"#,
      ])
  }

  @Test func `all issues of nested groups are reported in document order`() throws {
    let text = """
      {
        "ur": "https://example.com",
        "method": "pots",
        "headers": { "X-Run": 7 },
        "timeout": 45,
        "retry": { "attempts": 99, "base": "1s", "cap": "2s", "jitter": true },
        "success": [200, "2xx"],
        "token": 5,
        "batch": { "events": 0, "byte": 1 }
      }
      """
    #expect(
      try HTTPSample.complaints(text, at: inject) == [
        #"config.json:2:3: error[PB0104]: injectors.inject.ur: unknown option (did you mean "url"?)"#,
        #"config.json:3:13: error[PB0108]: injectors.inject.method: expected one of "post", "put", "patch", found "pots" (did you mean "post"?)"#,
        #"config.json:4:25: error[PB0101]: injectors.inject.headers.X-Run: expected a string, found the number 7 (did you mean "7"?)"#,
        #"config.json:5:14: error[PB0101]: injectors.inject.timeout: expected a duration such as "30s", found the number 45 (did you mean "45s" or "45ms"?)"#,
        #"config.json:6:26: error[PB0102]: injectors.inject.retry.attempts: must be from 0 to 10, found the number 99"#,
        #"config.json:6:57: error[PB0104]: injectors.inject.retry.jitter: unknown option"#,
        #"config.json:7:20: error[PB0101]: injectors.inject.success[1]: expected an integer, found "2xx""#,
        #"config.json:8:12: error[PB0101]: injectors.inject.token: expected a string, found a number"#,
        #"config.json:9:24: error[PB0102]: injectors.inject.batch.events: must be from 1 to 10000, found the number 0"#,
        #"config.json:9:27: error[PB0104]: injectors.inject.batch.byte: unknown option (did you mean "bytes"?)"#,
      ])
  }

  @Test(arguments: [
    (
      #"{"url":"https://a","time_limit":"5s"}"#,
      [#"config.json:1:20: warning[PB0105]: injectors.inject.time_limit: is now called "timeout""#]
    ),
    (
      #"{"url":"https://a","retry":{"base":"40s","cap":"10s"}}"#,
      [
        "config.json:1:48: error[PB0107]: injectors.inject.retry.cap: "
          + "must not be shorter than base, 40s"
      ]
    ),
    (
      #"{"url":"https://a","retry":{"base":"40s"}}"#,
      [
        "config.json:1:28: error[PB0107]: injectors.inject.retry.cap: "
          + "must not be shorter than base, 40s"
      ]
    ),
    (
      #"{"url":"https://a","method":"put"}"#,
      [
        "config.json:1:1: error[PB0107]: injectors.inject.batch: "
          + "a PUT carries one event; set batch.events to 1"
      ]
    ),
    (
      #"{"url":"https://a","method":"${METHOD}"}"#,
      [
        #"config.json:1:29: error[PB0108]: injectors.inject.method: expected one of "post", "put", "patch", found a string from a variable"#
      ]
    ),
    (
      #"{"url":"https://a","timeout":"11m"}"#,
      [
        #"config.json:1:30: error[PB0102]: injectors.inject.timeout: must be from 1ms to 10m, found "11m""#
      ]
    ),
    (
      #"{"url":"https://a","timeout":"${TIMEOUT}"}"#,
      [
        "config.json:1:30: error[PB0102]: injectors.inject.timeout: "
          + "must be from 1ms to 10m, found a string from a variable"
      ]
    ),
    (
      #"{"url":"https://a","success":[]}"#,
      ["config.json:1:30: error[PB0102]: injectors.inject.success: must not be empty"]
    ),
    (
      #"{"url":"https://a","success":[200,99]}"#,
      [
        "config.json:1:35: error[PB0102]: injectors.inject.success[1]: "
          + "must be from 100 to 599, found the number 99"
      ]
    ),
    (
      #"{"url":"https://a","success":99}"#,
      [
        "config.json:1:30: error[PB0102]: injectors.inject.success: "
          + "must be from 100 to 599, found the number 99"
      ]
    ),
    (
      #"{}"#,
      [
        "config.json:1:1: error[PB0103]: injectors.inject.url: "
          + #"required option is missing: a URL such as "https://example.com/events""#
      ]
    ),
    (
      #"7"#,
      ["config.json:1:1: error[PB0101]: injectors.inject: expected an object, found a number"]
    ),
    (
      #"{"url":"https://a","batch":[]}"#,
      [
        "config.json:1:28: error[PB0101]: injectors.inject.batch: expected an object, found an array"
      ]
    ),
    (
      #"{"url":null}"#,
      [
        "config.json:1:8: error[PB0101]: injectors.inject.url: "
          + #"expected a URL such as "https://example.com", found null"#
      ]
    ),
    (
      #"{"url":"https://a","headers":{"two words":1}}"#,
      [
        #"config.json:1:43: error[PB0101]: injectors.inject.headers["two words"]: expected a string, found the number 1 (did you mean "1"?)"#
      ]
    ),
  ])
  func `an issue says where, what was expected and what was found`(
    text: String, expected: [String]
  ) throws {
    let environment = ["METHOD": "hunter2", "TIMEOUT": "11m"]
    #expect(try HTTPSample.complaints(text, at: inject, environment: environment) == expected)
  }

  @Test func `a check waits for its group to be right`() throws {
    let texts = [
      #"{"method":"put"}"#, #"{"url":"https://a","method":"put","token":1}"#,
      #"{"url":"https://a","method":"put","batch":{"bytes":"1B"}}"#,
      #"{"url":"https://a","method":"put","batchs":{"events":1}}"#,
    ]
    for text in texts {
      #expect(try HTTPSample.complaints(text).count == 1)
      #expect(try !HTTPSample.complaints(text).joined().contains("a PUT carries"))
    }
  }

  @Test func `an option set under two names is refused once`() throws {
    #expect(
      try HTTPSample.complaints(#"{"url":"https://a","timeout":"1s","time_limit":"2s"}"#) == [
        "config.json:1:35: error[PB0106]: time_limit: "
          + #"is set twice; first in line 1, column 20 as "timeout""#
      ])
    #expect(
      try HTTPSample.complaints(#"{"url":"https://a","time_limit":"1s","timeout":"2s"}"#) == [
        "config.json:1:38: error[PB0106]: timeout: "
          + #"is set twice; first in line 1, column 20 as "time_limit""#
      ])
  }

  @Test func `a long text is cut and an unprintable one escaped`() throws {
    let long = String(repeating: "x", count: 100)
    #expect(
      try SlackSample.complaints(#"{"webhook":"w","detail":"\#(long)"}"#) == [
        #"config.json:1:25: error[PB0108]: detail: expected one of "summary", "full", found ""#
          + long.prefix(57) + #"...""#
      ])
    #expect(
      try SlackSample.complaints(#"{"webhook":"w","detail":"a\u001bb\u202ec"}"#) == [
        #"config.json:1:25: error[PB0108]: detail: expected one of "summary", "full", "#
          + #"found "a\u001bbU+202Ec""#
      ])
  }
}
