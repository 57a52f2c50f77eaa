import PatchbayJSON
import PatchbayOptions
import Testing

struct OptionSchemaTests {
  private let http = HTTPSample.options.schemaDocument(title: "http")
  private let walk = WalkSample.Options.options.schemaDocument(title: "walk")

  @Test func `what a schema can't say stands in the description`() {
    #expect(
      http["properties"]?["timeout"]?["description"]
        == "How long one request may take, from connect to last byte. (from 1ms to 10m)")
    #expect(
      http["properties"]?["batch"]?["properties"]?["bytes"]?["description"]
        == "The most body bytes. (at least 512B)")
  }

  @Test func `a former name is deprecated and excludes the new one`() throws {
    let former = try #require(http["properties"]?["time_limit"])
    #expect(former["description"] == "Renamed to timeout.")
    #expect(former["deprecated"] == true)
    #expect(former["anyOf"] == http["properties"]?["timeout"]?["anyOf"])
    #expect(http["required"] == ["url"])
    #expect(http["allOf"] == [["not": ["required": ["timeout", "time_limit"]]]])
  }

  @Test func `a required option may be set under a former name`() {
    struct Sample: OptionGroup {
      let url: EndpointURL

      init(from options: inout OptionReader) {
        url = options.required(
          "url", example: "https://a", formerly: ["address"], doc: "Where to.")
      }
    }
    let schema = Sample.options.schemaDocument(title: "sample")
    #expect(schema["required"] == nil)
    #expect(
      schema["allOf"] == [
        ["anyOf": [["required": ["url"]], ["required": ["address"]]]],
        ["not": ["required": ["url", "address"]]],
      ])
  }

  @Test func `one or many is a value or an array of such values`() {
    #expect(
      http["properties"]?["success"]?["anyOf"] == [
        ["type": "integer", "minimum": 100, "maximum": 599],
        ["$ref": "#/$defs/variable"],
        [
          "type": "array",
          "items": [
            "anyOf": [
              ["type": "integer", "minimum": 100, "maximum": 599],
              ["$ref": "#/$defs/variable"],
            ]
          ],
          "minItems": 1,
        ],
      ])
  }

  @Test func `a union is a word or an object with one key`() {
    let steps: JSONValue = [
      "description": "How far.",
      "anyOf": [["type": "integer", "minimum": 1], ["$ref": "#/$defs/variable"]],
    ]
    let branches = walk["properties"]?["walk"]?["anyOf"]
    #expect(branches?[0] == ["enum": ["cover", "once"]])
    #expect(branches?[1]?["required"] == ["cover"])
    #expect(
      branches?[2] == [
        "description": "A random walk.",
        "type": "object",
        "properties": [
          "random": [
            "type": "object", "properties": ["steps": steps], "required": ["steps"],
            "additionalProperties": false,
          ]
        ],
        "required": ["random"],
        "additionalProperties": false,
      ])
    #expect(branches?[3] == ["$ref": "#/$defs/variable"])
    #expect(branches?.array?.count == 4)
    #expect(walk["properties"]?["fallback"]?["default"] == "cover")
  }

  @Test func `maps, references and long texts have schemas`() {
    struct Sample: OptionGroup {
      let headers: [String: Secret]
      let connection: String
      let code: String
      let any: Bool
      let ratio: Double?

      init(from options: inout OptionReader) {
        headers = options.value("headers", default: [:], doc: "Sent along.")
        connection = options.reference("connection", to: "connection", doc: "Where to.")
        code = options.value("code", default: "ABCDEF", .count(atLeast: 6), doc: "A code.")
        any = options.value("any", default: false, doc: "Whether.")
        ratio = options.optional("ratio", .that("below 1") { $0 < 1 }, doc: "How much.")
      }
    }
    let properties = Sample.options.schemaDocument(title: "sample")["properties"]
    #expect(
      properties == [
        "headers": [
          "description": "Sent along.", "type": "object",
          "additionalProperties": ["type": "string", "writeOnly": true, "x-secret": true],
          "default": [:],
        ],
        "connection": ["description": "Where to.", "type": "string", "minLength": 1],
        "code": [
          "description": "A code.",
          "anyOf": [["type": "string", "minLength": 6], ["$ref": "#/$defs/variable"]],
          "default": "ABCDEF",
        ],
        "any": [
          "description": "Whether.",
          "anyOf": [["type": "boolean"], ["$ref": "#/$defs/variable"]], "default": false,
        ],
        "ratio": [
          "description": "How much. (below 1)",
          "anyOf": [["type": "number"], ["$ref": "#/$defs/variable"]],
        ],
      ])
  }
}
