import PatchbayJSON

/// How an operation is described, beside its code.
struct OperationDoc: Sendable {
  /// A query parameter.
  struct Parameter: Sendable {
    var name: String
    var schema: Schema
    var doc: String

    init(_ name: String, _ schema: Schema, doc: String) {
      self.name = name
      self.schema = schema
      self.doc = doc
    }
  }

  /// The name of the operation, unique.
  var id: String
  var summary: String
  var tag: String
  var query: [Parameter] = []
  /// The body; nil where none is read.
  var body: Schema?
  /// The body, where it is a form; nil where it isn't.
  var form: Schema?
  /// Whether a browser shows what it answers, also what it refuses: a page.
  var isPage = false
  /// Whether the body may be left out.
  var isBodyOptional = false
  /// Statuses of success and what they carry; nil for nothing.
  var success: [Int: Schema?]
  /// Statuses of refusals beside those that every operation has.
  var refusals: [Int] = []

  init(
    _ id: String, _ summary: String, tag: String, query: [Parameter] = [], body: Schema? = nil,
    form: Schema? = nil, isPage: Bool = false, isBodyOptional: Bool = false,
    success: [Int: Schema?], refusals: [Int] = []
  ) {
    self.id = id
    self.summary = summary
    self.tag = tag
    self.query = query
    self.body = body
    self.form = form
    self.isPage = isPage
    self.isBodyOptional = isBodyOptional
    self.success = success
    self.refusals = refusals
  }
}
