import PatchbayCore

/// Whether a source waits for what is appended to its file.
enum FollowChoice: String, OptionChoice {
  case no
  case fromStart = "from-start"
  case fromEnd = "from-end"

  var doc: String {
    switch self {
    case .no: "It ends with its file."
    case .fromStart: "It tells what is there, and then what comes, until the run is stopped."
    case .fromEnd: "It tells what comes from now on, until the run is stopped."
    }
  }
}
