import PatchbayJSON

/// What a token stands for: the answer of `GET /api/v2/tokens/me`.
///
/// Members as in `models/token_info.py` of the official Python client, 269.0.0.
struct TokenInfo: Equatable {
  /// Where it is asked for.
  static let path = "/api/v2/tokens/me"

  /// The organisation's name.
  let organization: String
  /// The client's name, or its id; nil if the answer has neither.
  let client: String?

  /// Reads an answer's body; nil if it names no organisation.
  init?(parsing value: JSONValue) {
    guard let organization = value["organization"],
      let name = organization["name"]?.string ?? organization["id"]?.string
    else { return nil }
    self.organization = name
    let client = value["OAuthClient"]
    self.client = client?["name"]?.string ?? client?["id"]?.string
  }

  /// In one sentence.
  var summary: String {
    "answers for the organisation \"\(organization)\""
      + (client.map { " and the client \"\($0)\"" } ?? "")
  }
}
