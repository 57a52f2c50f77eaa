import PatchbayCore

/// The page on which somebody says whom they are.
struct LoginPage {
  private let request: AuthorizationRequest
  private let organization: Organization

  /// How many users it offers.
  private static let limit = 500

  init(_ request: AuthorizationRequest, _ organization: Organization) {
    self.request = request
    self.organization = organization
  }

  var answer: Answer {
    var answer = Answer(status: 200)
    answer.page = Self.page("Log in to the sandbox", body)
    answer.fields = Self.fields(formAction: "'self' \(request.origin)")
    return answer
  }

  /// A page that says what is wrong.
  static func refusal(_ problem: String) -> Answer {
    var answer = Answer(status: 400)
    answer.page = page("Not logged in", "<p role=\"alert\">\(problem.escaped)</p>")
    answer.fields = fields(formAction: "'none'")
    return answer
  }

  private var body: String {
    let users = organization.agents.values.filter(\.profile.isActive)
      .sorted { ($0.name, $0.id.high, $0.id.low) < ($1.name, $1.id.high, $1.id.low) }
    if users.isEmpty {
      return """
        <p role="alert">The organisation has no users; start the sandbox with <code>--agents</code> or \
        <code>--seed-data</code>.</p>
        """
    }
    let hidden = [
      ("response_type", "code"), ("client_id", request.client),
      ("redirect_uri", request.redirectURI), ("state", request.state),
      ("code_challenge", request.challenge),
      ("code_challenge_method", request.challenge.map { _ in "S256" }),
    ].compactMap { name, value in
      value.map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0.escaped)\">" }
    }
    let buttons = users.prefix(Self.limit).map { user in
      "<li><button name=\"user\" value=\"\(user.id)\">\(user.name.escaped)"
        + "<small>\(user.email.escaped)</small></button></li>"
    }
    let more = users.count > Self.limit ? "<p>and \(users.count - Self.limit) more</p>" : ""
    return """
      <p>\(request.origin.escaped) wants to act for somebody. For whom?</p>
      <form method="post" action="/oauth/authorize">
      \(hidden.joined())
      <ul>\(buttons.joined(separator: "\n"))</ul>
      </form>\(more)
      """
  }

  private static func fields(formAction: String) -> [(name: String, value: String)] {
    [
      (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; "
          + "form-action \(formAction)"
      ),
      // Not less: a form's Origin would be null.
      ("Referrer-Policy", "same-origin"), ("X-Content-Type-Options", "nosniff"),
    ]
  }

  private static func page(_ title: String, _ body: String) -> String {
    """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>\(title)</title>
    <style>
    :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
    body { max-width: 32rem; margin: 3rem auto; padding: 0 1rem; }
    ul { list-style: none; padding: 0; display: grid; gap: .5rem; }
    button { width: 100%; padding: .6rem .8rem; font: inherit; text-align: start; cursor: pointer;
      border: 1px solid color-mix(in srgb, CanvasText 25%, Canvas); border-radius: .4rem;
      background: Canvas; color: CanvasText; }
    button:hover, button:focus-visible { outline: 2px solid Highlight; outline-offset: 1px; }
    small { display: block; opacity: .7; overflow-wrap: anywhere; }
    </style>
    <main>
    <h1>\(title)</h1>
    \(body)
    </main>
    </html>

    """
  }
}

extension String {
  /// The text as a part of a page.
  fileprivate var escaped: String {
    var text = ""
    for character in unicodeScalars {
      switch character {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      default: text.unicodeScalars.append(character)
      }
    }
    return text
  }
}
