import PatchbayJSON
import Testing

struct ValueTests {
  private static let values: [JSONValue] = [
    .null, true, 7, 7.5, "a", [1, 2], ["a": 1, "b": .null],
  ]

  @Test func `an accessor answers for its own kind alone`() {
    #expect(Self.values.map(\.bool) == [nil, true, nil, nil, nil, nil, nil])
    #expect(Self.values.map(\.integer) == [nil, nil, 7, nil, nil, nil, nil])
    #expect(Self.values.map(\.number) == [nil, nil, 7, 7.5, nil, nil, nil])
    #expect(Self.values.map(\.string) == [nil, nil, nil, nil, "a", nil, nil])
    #expect(Self.values.map { $0.array?.count } == [nil, nil, nil, nil, nil, 2, nil])
    #expect(Self.values.map { $0.object?.count } == [nil, nil, nil, nil, nil, nil, 2])
  }

  @Test(
    arguments: [
      (JSONValue.number(3), 3), (.number(-0.0), 0), (.number(3.5), nil), (.number(1e300), nil),
      (.number(.infinity), nil), (.number(.nan), nil), (.integer(.min), Int.min),
    ] as [(JSONValue, Int?)])
  func `a number without fraction counts as whole`(value: JSONValue, integer: Int?) {
    #expect(value.integer == integer)
  }

  @Test func `subscripts find members and elements`() {
    let value: JSONValue = ["a": [10, 20], "b": .null]
    #expect(value["a"]?[1] == 20)
    #expect(value["a"]?[2] == nil)
    #expect(value["a"]?[-1] == nil)
    #expect(value["a"]?["b"] == nil)
    #expect(value["b"] == .null)
    #expect(value["c"] == nil)
    #expect(value[0] == nil)
  }

  @Test func `an object keeps its members' order`() throws {
    let value = try JSONValue(parsing: #"{"z":1,"a":2,"m":3}"#)
    #expect(value.object?.map(\.name) == ["z", "a", "m"])
    #expect(value == ["z": 1, "a": 2, "m": 3])
    #expect(value != ["a": 2, "m": 3, "z": 1])
  }

  @Test func `whole and floating-point numbers are different cases`() {
    #expect(JSONValue.integer(1) != .number(1))
    #expect(JSONValue.integer(1).canonical() == JSONValue.number(1).canonical())
  }

  @Test func `literals make values`() {
    let name = "x"
    let value: JSONValue = [true, 1, 1.5, "a\(name)", [], [:]]
    #expect(
      value
        == .array([
          .bool(true), .integer(1), .number(1.5), .string("ax"), .array([]), .object([]),
        ]))
  }
}
