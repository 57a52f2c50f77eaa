import PatchbayJSON
import PatchbayOptions
import Testing

struct OptionUnionTests {
  private let inject = OptionPath("injectors", "inject")

  @Test(arguments: [
    (
      #"{"walk": "randm"}"#,
      #"config.json:1:10: error[PB0108]: injectors.inject.walk: expected one of "cover", "random", "once", found "randm" (did you mean "random"?)"#
    ),
    (
      #"{"walk": {"randm": {}}}"#,
      #"config.json:1:11: error[PB0108]: injectors.inject.walk: expected one of "cover", "random", "once", found "randm" (did you mean "random"?)"#
    ),
    (
      #"{"walk":{"random":{"steps":9},"cover":{}}}"#,
      #"config.json:1:9: error[PB0101]: injectors.inject.walk: expected one of "cover", "random", "once" as the only key, found 2 keys"#
    ),
    (
      #"{"walk":{}}"#,
      #"config.json:1:9: error[PB0101]: injectors.inject.walk: expected one of "cover", "random", "once" as the only key, found 0 keys"#
    ),
    (
      #"{"walk":{"random":{}}}"#,
      "config.json:1:19: error[PB0103]: injectors.inject.walk.random.steps: "
        + "required option is missing: an integer such as 100"
    ),
    (
      #"{"walk":"random"}"#,
      "config.json:1:9: error[PB0103]: injectors.inject.walk.random.steps: "
        + "required option is missing: an integer such as 100"
    ),
    (
      #"{"walk":{"once":{}}}"#,
      "config.json:1:17: error[PB0101]: injectors.inject.walk.once: "
        + #"takes no options; write "once" instead of an object"#
    ),
    (
      #"{"walk":7}"#,
      #"config.json:1:9: error[PB0101]: injectors.inject.walk: expected one of "cover", "random", "once", found the number 7"#
    ),
    (
      #"{"walk":"${WALK}"}"#,
      #"config.json:1:9: error[PB0108]: injectors.inject.walk: expected one of "cover", "random", "once", found a string from a variable"#
    ),
    (
      #"{}"#,
      "config.json:1:1: error[PB0103]: injectors.inject.walk: "
        + #"required option is missing: one of "cover", "random", "once""#
    ),
    (
      #"{"walk":"once","targets":[{"attempts": -1}]}"#,
      "config.json:1:40: error[PB0102]: injectors.inject.targets[0].attempts: "
        + "must be from 0 to 10, found the number -1"
    ),
  ])
  func `a form that can't be taken is refused`(text: String, expected: String) throws {
    let complaints = try WalkSample.Options.complaints(
      text, at: inject, environment: ["WALK": "randm"])
    #expect(complaints == [expected])
  }

  @Test func `a form is a word, or an object with one key`() throws {
    func form(_ json: JSONValue) throws -> String {
      switch try WalkSample.Options(["walk": json]).walk {
      case .cover(let cover): "cover of \(cover.rounds) rounds"
      case .random(let random): "random of \(random.steps) steps"
      case .once: "once"
      }
    }
    #expect(try form(["random": ["steps": 9]]) == "random of 9 steps")
    #expect(try form(["cover": ["rounds": 2]]) == "cover of 2 rounds")
    #expect(try form("cover") == "cover of 1 rounds")
    #expect(try form("once") == "once")
  }

  @Test func `the effective configuration spells a form out`() throws {
    let decoded = try WalkSample.Options.decode(#"{"walk":"once"}"#)
    #expect(
      decoded.effective == [
        "walk": "once", "fallback": ["cover": ["rounds": 1]], "targets": [],
      ])
  }

  @Test func `a word may come from the environment`() throws {
    let decoded = try WalkSample.Options.decode(
      #"{"walk":"${WALK}"}"#, environment: ["WALK": "cover"])
    #expect(decoded.effective["walk"] == ["cover": ["rounds": 1]])
  }

  @Test func `a union may be left out where it is optional`() throws {
    struct Sample: OptionGroup {
      let walk: WalkSample?

      init(from options: inout OptionReader) {
        walk = options.optional("walk", doc: "How, if at all.")
      }
    }
    #expect(try Sample([:]).walk == nil)
    #expect(try Sample(["walk": "once"]).walk != nil)
  }
}
