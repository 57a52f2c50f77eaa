import PatchbayJSON
import PatchbayOptions
import Testing

struct DeclarationProblemsTests {
  @Test func `sound declarations have none`() {
    #expect(SlackSample.declarationProblems() == [])
    #expect(HTTPSample.declarationProblems() == [])
    #expect(WalkSample.Options.declarationProblems() == [])
    #expect(NoOptions.declarationProblems() == [])
  }

  @Test func `names and docs are looked at, at any depth`() {
    struct Inner: OptionGroup {
      init(from options: inout OptionReader) {
        _ = options.value("upperCase", default: 1, doc: "A number.")
        _ = options.value("plain", default: 1, doc: " ")
      }
    }
    struct Sample: OptionGroup {
      init(from options: inout OptionReader) {
        let _: [Inner] = options.list("inner", doc: "Some.")
        let _: [String: Inner]? = options.optional("map", doc: "Some.")
        _ = options.value("twice", default: 1, doc: "A number.")
        _ = options.value("twice", default: 1, doc: "A number.")
        _ = options.value("other", default: 1, formerly: ["twice"], doc: "Two\nlines.")
        _ = options.value("9th", default: 1, doc: "A number.")
        _ = options.value("kebab-case", default: 1, doc: "A number.")
        _ = options.group("group", doc: "") { $0.value("", default: 1, doc: "A number.") }
      }
    }
    #expect(
      Sample.declarationProblems() == [
        "inner[].upperCase: the name is not in snake case",
        "inner[].plain: the doc is empty",
        "map.<name>.upperCase: the name is not in snake case",
        "map.<name>.plain: the doc is empty",
        "twice: two options have this name",
        "other: the doc has more than one line",
        "9th: the name is not in snake case",
        "kebab-case: the name is not in snake case",
        "group: the doc is empty",
        "group.: the name is not in snake case",
      ])
  }

  @Test func `defaults and examples must pass their own rules`() {
    struct Broken: OptionText {
      static let grammar: (name: String, example: String, pattern: String?) = ("thing", "x", nil)
      var optionText: String { "y" }
      init() {}
      init?(optionText: String) { if optionText != "z" { return nil } }
    }
    struct Sample: OptionGroup {
      init(from options: inout OptionReader) {
        _ = options.value("low", default: 0, .range(1...9), doc: "A number.")
        _ = options.required("high", example: 10, .range(1...9), doc: "A number.")
        let _: [Int] = options.value("none", default: [], .nonEmpty, doc: "Numbers.")
        _ = options.oneOrMany("some", default: [1, 0], .each(.atLeast(1)), doc: "Numbers.")
        _ = options.value("ago", default: Duration.seconds(-5), doc: "A time.")
        _ = options.required("url", example: "https://a" as EndpointURL, doc: "An address.")
        _ = options.value("address", default: "a" as EndpointURL, doc: "An address.")
        _ = options.value("nothing", default: Double.nan, doc: "A number.")
        _ = options.value("broken", default: Broken(), doc: "A thing.")
        _ = options.reference("to", to: "thing", default: "", doc: "A thing.")
      }
    }
    #expect(
      Sample.declarationProblems() == [
        "low: the default 0 breaks its rule: from 1 to 9",
        "high: the example 10 breaks its rule: from 1 to 9",
        "none: the default [] breaks its rule: not empty",
        "some: the default [1,0] breaks its rule: each at least 1",
        #"ago: the default "-5s" is refused: expected a duration such as "30s", found "-5s""#,
        #"address: the default "a" is refused: expected a URL such as "https://example.com", "#
          + #"found "a", which must start with http:// or https://"#,
        "nothing: the default null is refused: expected a number, found the number null",
        #"broken: the default "y" is refused: expected a thing such as "x", found "y""#,
        #"broken: the type's example "x" is refused: expected a thing such as "x", found "x""#,
        #"to: the default "" breaks its rule: not empty"#,
      ])
  }

  @Test func `unions must have cases with names and docs of their own, and a possible default`() {
    enum Same: OptionUnion {
      case one

      static let cases: [OptionCase<Same>] = [
        .init("one", .one, doc: "The one."), .init("one", .one, doc: ""),
      ]
    }
    struct Sample: OptionGroup {
      init(from options: inout OptionReader) {
        let _: Same = options.required("same", doc: "Which one.")
        let _: WalkSample = options.value("walk", default: "random", doc: "How.")
        let _: WalkSample = options.value("stroll", default: "slow", doc: "How.")
      }
    }
    #expect(
      Sample.declarationProblems() == [
        "same.one: two cases have this name",
        "same.one: the doc is empty",
        #"walk: the default "random" is refused: random.steps: "#
          + "required option is missing: an integer such as 100",
        #"stroll: the default "slow" is refused: expected one of "cover", "random", "once", "#
          + #"found "slow""#,
      ])
  }

  @Test func `a check points at an option, and the example passes it`() {
    struct Sample: OptionGroup {
      init(from options: inout OptionReader) {
        let least = options.required("least", example: 5, doc: "A number.")
        let most = options.required("most", example: 4, doc: "A number.")
        options.check(least <= most, at: "most", "must not be less than least")
      }
    }
    struct Astray: OptionGroup {
      init(from options: inout OptionReader) {
        options.check(true, at: "nowhere", "can't be")
      }
    }
    #expect(
      Sample.declarationProblems() == [
        "the example configuration is refused: most: must not be less than least"
      ])
    #expect(
      Astray.declarationProblems() == [
        "nowhere: a check points at it, but there is no such option"
      ])
  }

  @Test func `an option must be declared whatever others say`() {
    struct Inner: OptionGroup {
      init(from options: inout OptionReader) {
        let on = options.value("on", default: false, doc: "Whether.")
        if on { _ = options.value("how", default: 1, doc: "A number.") }
      }
    }
    struct Sample: OptionGroup {
      init(from options: inout OptionReader) {
        let mode = options.value("mode", default: HTTPSample.Method.post, doc: "How.")
        if mode == .put { _ = options.value("extra", default: 1, doc: "A number.") }
        let token: Secret? = options.optional("token", doc: "A token.")
        if token == nil { _ = options.value("user", default: "ann", doc: "A name.") }
        let count = options.value("count", default: 5, .range(0...9), doc: "A number.")
        if count > 0 { _ = options.value("each", default: 1, doc: "A number.") }
        let _: [Inner] = options.list("inner", doc: "Some.")
        let walk: WalkSample = options.value("walk", default: "cover", doc: "How.")
        if case .once = walk { _ = options.value("when", default: 1, doc: "A number.") }
      }
    }
    #expect(
      Sample.declarationProblems() == [
        #"extra: declared only sometimes, as with { "mode": "put" }"#,
        #"user: declared only sometimes, as with { "token": "${SECRET}" }"#,
        #"each: declared only sometimes, as with { "count": 0 }"#,
        #"inner[0].how: declared only sometimes, as with { "inner": [{"on":true}] }"#,
        #"when: declared only sometimes, as with { "walk": "once" }"#,
      ])
  }
}
