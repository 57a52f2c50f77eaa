import GenesysCloud
import PatchbayJSON
import Testing

/// The sandbox reads most bodies without a tree of values.
///
/// A member with another object inside, which is ignored, keeps it from that: every body gets the same
/// answer with and without one.
struct UsualBodyTests {
  private static let agent = "00000000-0000-4000-8000-00000000000a"
  private static let interaction = "00000000-0000-4000-8000-00000000000b"

  /// What stands between the braces; `ID` is replaced.
  private static let events: [String] = {
    let ids = #""interaction_id":"\#(interaction)","agent_id":"\#(agent)""#
    let rest = #""state":"routing/agent/busy","event_type":"routing/agent/state""#
    let time = #""timestamp":"2026-01-31T09:30:00Z""#
    let usual = #""sequence_id":"ID",\#(time),\#(ids),\#(rest)"#
    return [
      usual,
      #" "sequence_id" : "ID" , \#(time), \#(ids) ,\#t\#(rest) "#,
      #"\#(rest),\#(ids),\#(time),"sequence_id":"ID""#,
      #"\#(usual),"note":"x","count":12,"flag":true,"none":null"#,
      #"\#(usual),"note":"a } and ] and , and \" and { inside""#,
      #"\#(usual),"note":"\u00e9\ud83d\ude00""#,
      #"\#(usual),"note":"\ud83d""#,
      #"\#(usual),"note":"1","note":"2""#,
      #"\#(usual),"state":"routing/agent/busy""#,
      #"\#(usual),"huge":1e999"#,
      #"\#(usual),"bad":01"#,
      #"\#(usual),"bad":tru"#,
      #"\#(usual),"#,
      #"\#(usual) "x":1"#,
      #"\#(usual),"tab":"\#t""#,
      usual.replacing("agent_id", with: #"agent\u005fid"#),
      usual.replacing("routing/agent/busy", with: #"routing\/agent\/busy"#),
      usual.replacing("routing/agent/busy", with: "routing/agent/lost"),
      usual.replacing(#""routing/agent/busy""#, with: "7"),
      usual.replacing("agent/state", with: "agent/State"),
      usual.replacing(agent, with: agent.uppercased()),
      usual.replacing(agent, with: "nobody"),
      usual.replacing(interaction, with: ""),
      usual.replacing("09:30:00Z", with: "09:30:00.123456789+02:00"),
      usual.replacing("09:30:00Z", with: "09:30:60Z"),
      usual.replacing("09:30:00Z", with: "09:30:00"),
      usual.replacing("T09:30:00Z", with: "t09:30:00z"),
      usual.replacing("2026-01-31", with: "2026-02-30"),
      usual.replacing(#""ID""#, with: #""""#),
      usual.replacing("ID", with: "ID" + String(repeating: "i", count: 130)),
      usual.replacing("ID", with: #"ID\n\u0000"#),
      usual.replacing(#""sequence_id":"ID","#, with: ""),
      "",
    ]
  }()

  private static let bodies: [String] =
    events.map { "[{\($0)}]" }
    + [
      " \n[ {EVENT} ,\r\n{EVENT2} ]\t", "[{EVENT},]", "[{EVENT}{EVENT2}]", "[{EVENT}]x", "[{EVENT}",
      "[{EVENT},{EVENT}]", "[{EVENT},7]", "[[{EVENT}]]", "[,{EVENT}]", "{EVENT}", "[]", "",
    ].map { body in
      body.replacing("EVENT2", with: events[0].replacing("ID", with: "ID-2"))
        .replacing("EVENT", with: events[0])
    }

  @Test func `a body gets one answer, however it is read`() async throws {
    try await withSandbox { client in
      let token = try await client.token()
      for (number, body) in Self.bodies.enumerated() {
        var answers: [String] = []
        for name in ["plain", "nested"] {
          let id = "\(name)-\(number)"
          let text = body.replacing("ID", with: id)
          let sent =
            name == "plain"
            ? text
            : text.replacing(#","event_type":"#, with: #","extra":{"a":1},"event_type":"#)
          let answer = try await client.send(
            "POST", WorkspaceAPI.eventsPath,
            ["Authorization": "Bearer \(token)", "Content-Type": "application/json"],
            body: Array(sent.utf8))
          // Where in a line a body breaks off is another place, of course.
          let words =
            answer.status == 200
            ? answer.text.replacing(id, with: "ID")
            : "\(try JSONValue(parsing: answer.text)["code"]?.string ?? "")"
          answers.append("\(answer.status) \(words)")
        }
        #expect(answers[0] == answers[1], "\(body)")
      }
    }
  }
}
