import PatchbayJSON
import PatchbayOptions
import Testing

struct RenderedOptionsTests {
  @Test func `the schema says what the reader demands`() throws {
    let expected = try JSONValue(
      parsing: #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "slack sink",
          "type": "object",
          "properties": {
            "webhook": {
              "description": "The incoming webhook's address.",
              "type": "string",
              "writeOnly": true,
              "x-secret": true,
              "minLength": 1
            },
            "channel": {
              "description": "The channel posted to.",
              "type": "string",
              "minLength": 1,
              "default": "#qa"
            },
            "detail": {
              "description": "How much of an event is shown.",
              "anyOf": [{ "enum": ["summary", "full"] }, { "$ref": "#/$defs/variable" }],
              "default": "summary"
            },
            "limit": {
              "description": "The most posts per batch.",
              "anyOf": [
                { "type": "integer", "minimum": 1, "maximum": 100 },
                { "$ref": "#/$defs/variable" }
              ],
              "default": 20
            },
            "quiet": {
              "description": "The pause after a post.",
              "anyOf": [
                { "type": "string", "pattern": "^([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h|d))+$" },
                { "$ref": "#/$defs/variable" }
              ],
              "default": "1m"
            }
          },
          "required": ["webhook"],
          "additionalProperties": false,
          "$defs": {
            "variable": { "type": "string", "pattern": "\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}" }
          }
        }
        """#)
    let schema = SlackSample.options.schemaDocument(title: "slack sink")
    #expect(schema.text(.pretty) == expected.text(.pretty))
  }

  @Test func `help shows every option in two lines`() {
    #expect(
      SlackSample.options.help() == """
        Options:
          webhook  secret, required
                   The incoming webhook's address.
          channel  string, default "#qa", not empty
                   The channel posted to.
          detail   choice, default "summary", summary | full
                   How much of an event is shown.
          limit    integer, default 20, from 1 to 100
                   The most posts per batch.
          quiet    duration, default "1m"
                   The pause after a post.

        """)
  }

  @Test func `the table escapes what would end a cell`() {
    #expect(
      SlackSample.options.markdown() == #"""
        | Option | Type | Default | Description |
        | --- | --- | --- | --- |
        | `webhook` | secret | **required** | The incoming webhook's address. |
        | `channel` | string | `"#qa"` | The channel posted to. (not empty) |
        | `detail` | choice | `"summary"` | How much of an event is shown. (summary \| full) |
        | `limit` | integer | `20` | The most posts per batch. (from 1 to 100) |
        | `quiet` | duration | `"1m"` | The pause after a post. |

        """#)
  }

  @Test func `the example is the smallest configuration`() {
    #expect(SlackSample.options.exampleConfiguration() == ["webhook": "${SLACK_WEBHOOK}"])
    #expect(WalkSample.Options.options.exampleConfiguration() == ["walk": ["cover": [:]]])
    #expect(NoOptions.options.exampleConfiguration() == [:])
  }

  @Test func `the effective configuration has all defaults and no secret`() throws {
    let decoded = try SlackSample.decode(#"{ "limit": 5, "webhook": "https://hooks/T0" }"#)
    #expect(
      decoded.effective.text(.pretty) == """
        {
          "webhook": "<secret>",
          "channel": "#qa",
          "detail": "summary",
          "limit": 5,
          "quiet": "1m"
        }
        """)
  }

  @Test func `nested options have dotted names in help`() {
    #expect(
      HTTPSample.options.help() == """
        Options:
          url             URL, required
                          Where events are sent.
          method          choice, default "post", post | put | patch
                          The method of a request.
          headers         map of string
                          Headers added to every request.
          timeout         duration, default "30s", from 1ms to 10m, formerly time_limit
                          How long one request may take, from connect to last byte.
          retry           object
                          What happens after 429 and 5xx.
          retry.attempts  integer, default 3, from 0 to 10
                          How often a request is sent again.
          retry.base      duration, default "1s"
                          The first pause.
          retry.cap       duration, default "30s"
                          The longest pause.
          success         integer or array, default [200,202], not empty, each from 100 to 599
                          The statuses that count as delivered.
          token           secret, optional
                          The bearer token.
          batch           object
                          How many events one request carries.
          batch.events    integer, default 256, from 1 to 10000
                          The most events.
          batch.bytes     byte count, default "64KiB", at least 512B
                          The most body bytes.

        """)
  }

  @Test func `forms of a union and elements of a list have rows of their own`() {
    #expect(
      WalkSample.Options.options.markdown() == #"""
        | Option | Type | Default | Description |
        | --- | --- | --- | --- |
        | `walk` | choice | **required** | How states are visited. (cover \| random \| once) |
        | `walk.cover` | object |  | Every transition once. |
        | `walk.cover.rounds` | integer | `1` | How often. (at least 1) |
        | `walk.random` | object |  | A random walk. |
        | `walk.random.steps` | integer | **required** | How far. (at least 1) |
        | `walk.once` | word |  | The shortest path. |
        | `fallback` | choice | `"cover"` | What to do then. (cover \| random \| once) |
        | `fallback.cover` | object |  | Every transition once. |
        | `fallback.cover.rounds` | integer | `1` | How often. (at least 1) |
        | `fallback.random` | object |  | A random walk. |
        | `fallback.random.steps` | integer | **required** | How far. (at least 1) |
        | `fallback.once` | word |  | The shortest path. |
        | `targets` | array of object | `[]` | Where to go. |
        | `targets[].attempts` | integer | `3` | How often a request is sent again. (from 0 to 10) |
        | `targets[].base` | duration | `"1s"` | The first pause. |
        | `targets[].cap` | duration | `"30s"` | The longest pause. |

        """#)
  }

  @Test func `a stage without options says so`() {
    #expect(NoOptions.options.help() == "No options.\n")
    #expect(
      NoOptions.options.schemaDocument(title: "none").text()
        == #"{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"none","#
        + #""type":"object","properties":{},"additionalProperties":false}"#)
  }
}
