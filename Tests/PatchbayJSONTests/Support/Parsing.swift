import PatchbayJSON

/// What reading a text says: the whole error, or that there is none.
func complaint(about bytes: [UInt8], limits: JSONLimits = JSONLimits()) -> String {
  do {
    _ = try JSONValue(parsing: bytes, limits: limits)
    return "accepted"
  } catch {
    return error.description
  }
}

func complaint(about text: String, limits: JSONLimits = JSONLimits()) -> String {
  complaint(about: Array(text.utf8), limits: limits)
}

extension JSONValue {
  /// The value as bytes: `String` takes texts as equal that only look alike.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    JSONWriter.append(self, to: &bytes)
    return bytes
  }
}
