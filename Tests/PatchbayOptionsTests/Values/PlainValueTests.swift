import PatchbayJSON
import PatchbayOptions
import Testing

struct PlainValueTests {
  private func read<Value: OptionElement>(
    _ type: Value.Type, _ value: JSONValue, from origin: JSONNode.Origin = .text
  ) -> DecodedOptions<Value> {
    Value.decode(JSONNode(JSONNode(value).content, at: .start, origin: origin), at: OptionPath("x"))
  }

  @Test func `an integer is a number without fraction that fits`() {
    #expect(read(Int.self, 7).value == 7)
    #expect(read(Int.self, 1.0).value == 1)
    #expect(read(Int.self, -1e3).value == -1000)
    #expect(read(Int.self, .integer(.max)).value == .max)
    #expect(read(Int.self, 1.5).value == nil)
    #expect(read(Int.self, 1e300).value == nil)
    #expect(read(Int.self, .number(.nan)).value == nil)
    #expect(read(Int.self, .number(-.infinity)).value == nil)
  }

  @Test func `a number may be whole and is finite`() {
    #expect(read(Double.self, 7).value == 7)
    #expect(read(Double.self, 0.5).value == 0.5)
    #expect(read(Double.self, .number(.nan)).value == nil)
    #expect(read(Double.self, .number(.infinity)).value == nil)
  }

  @Test(arguments: [
    ("8080", 8080), ("1.0", 1), ("-5", -5), ("1e3", 1000),
  ])
  func `text from the environment may be an integer`(text: String, expected: Int) {
    #expect(read(Int.self, .string(text), from: .environment).value == expected)
    #expect(read(Int.self, .string(text), from: .text).value == nil)
    #expect(read(Int.self, .string(text), from: .program).value == nil)
  }

  @Test(arguments: ["", "+5", "5x", "0x10", "1.5", "true", "null", "[5]", "\"5\"", "5 6", "05"])
  func `other text from the environment is no integer`(text: String) {
    let decoded = read(Int.self, .string(text), from: .environment)
    #expect(
      decoded.issues.map(\.description) == [
        "1:1: error[PB0101]: x: expected an integer, found a string from a variable"
      ])
  }

  @Test func `text from the environment may be a number or a Boolean`() {
    #expect(read(Double.self, "0.5", from: .environment).value == 0.5)
    #expect(read(Double.self, "half", from: .environment).value == nil)
    #expect(read(Double.self, "nan", from: .environment).value == nil)
    #expect(read(Bool.self, "true", from: .environment).value == true)
    #expect(read(Bool.self, "false", from: .environment).value == false)
    for text in ["TRUE", "1", "yes", "", "\"true\""] {
      #expect(read(Bool.self, .string(text), from: .environment).value == nil)
    }
    #expect(read(String.self, "8080", from: .environment).value == "8080")
    #expect(read([Int].self, ["1"], from: .environment).value == nil)
  }

  @Test func `a value of another type is told with what was probably meant`() {
    func complaints<Value: OptionElement>(_ type: Value.Type, _ value: JSONValue) -> [String] {
      read(type, value).issues.map(\.message)
    }
    #expect(
      complaints(Int.self, "8080") == [
        #"expected an integer, found "8080" (did you mean 8080?)"#
      ])
    #expect(complaints(Int.self, 1.5) == ["expected an integer, found the number 1.5"])
    #expect(complaints(Int.self, true) == ["expected an integer, found true"])
    #expect(
      complaints(Double.self, "0.5") == [#"expected a number, found "0.5" (did you mean 0.5?)"#])
    #expect(
      complaints(Bool.self, "True") == [
        #"expected true or false, found "True" (did you mean true?)"#
      ])
    #expect(complaints(Bool.self, 1) == ["expected true or false, found the number 1"])
    #expect(complaints(String.self, .null) == ["expected a string, found null"])
    #expect(complaints(String.self, ["a"]) == ["expected a string, found an array"])
    #expect(complaints([Int].self, 5) == ["expected an array, found the number 5"])
    #expect(complaints([String: Int].self, "a") == [#"expected an object, found "a""#])
    #expect(
      complaints(ByteCount.self, 100) == [
        #"expected a byte count such as "64KiB", found the number 100 (did you mean "100B"?)"#
      ])
    #expect(
      complaints(Rate.self, "5") == [
        #"expected a rate such as "300/min", found "5" (did you mean "5/s"?)"#
      ])
    #expect(
      complaints(Duration.self, -5) == [
        #"expected a duration such as "30s", found the number -5"#
      ])
    #expect(
      complaints(EndpointURL.self, "example.com") == [
        #"expected a URL such as "https://example.com", found "example.com", which must start with "#
          + "http:// or https://"
      ])
  }

  @Test func `values are written back as they are read`() {
    #expect([1, 2].json == [1, 2])
    #expect(["b": true, "a": false].json == ["a": false, "b": true])
    #expect([Duration.seconds(1)].json == ["1s"])
    #expect(0.5.json == 0.5)
  }

  @Test func `a map keeps the order of the text and the first of two like names`() throws {
    let decoded = read([String: Int].self, ["z": 1, "a": 2, "z": 3])
    #expect(decoded.value == ["z": 1, "a": 2])
    #expect(decoded.effective == ["z": 1, "a": 2])
  }
}
