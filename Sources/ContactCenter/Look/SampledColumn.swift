import EventMapping
import PatchbayCore

/// A column, or a member of JSON records, with what stands there in the beginning of a file.
struct SampledColumn {
  /// What its values are.
  enum Kind: Equatable {
    /// Nothing stands there.
    case nothing
    /// Dates with times of day, or times since 1970, as the format says.
    case time(TimeFormat)
    /// Dates alone, as a pattern has them.
    case date(String)
    /// Times of day alone, as a pattern has them; those without a half of the day may be durations.
    case clock(String)
    case number
    case text
  }

  /// The column's name, or the path.
  let name: String
  /// In the order of the records; empty where nothing stands.
  let values: [String]
  let kind: Kind
  /// Another way in which its dates can be read as well; nil if there is none.
  let otherReading: String?

  init(name: String, values: [String]) {
    self.name = name
    self.values = values
    let present = values.filter { !Self.stands(forNothing: $0) }
    let (kind, other) = ColumnKinds.kind(of: present)
    self.kind = kind
    otherReading = other
  }

  /// The words of the name in small letters: `AvgTalkDuration` are three.
  var words: [String] { Self.words(in: name) }

  /// The words of a text in small letters.
  static func words(in name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isAfterSmall = false
    for character in name {
      let isBoundary = !character.isLetter || (character.isUppercase && isAfterSmall)
      if isBoundary, !word.isEmpty {
        words.append(word)
        word = ""
      }
      if character.isLetter { word += character.lowercased() }
      isAfterSmall = character.isLowercase
    }
    return word.isEmpty ? words : words + [word]
  }

  /// What stands there, each once, without what stands for nothing.
  var distinct: Set<String> { Set(values.filter { !Self.stands(forNothing: $0) }) }

  /// Whether a value is one that exports have where there is none.
  static func stands(forNothing value: String) -> Bool {
    ["", "-", "null", "NULL", "N/A", "n/a", "[None]", "None", "0:00:00", "00:00:00"].contains(value)
  }

  var isMoment: Bool { if case .time = kind { true } else { false } }
  var isDate: Bool { if case .date = kind { true } else { false } }
  var isClock: Bool { if case .clock = kind { true } else { false } }

  /// What stands there, in a sentence.
  var summary: String {
    let example = values.first { !Self.stands(forNothing: $0) } ?? ""
    let what =
      switch kind {
      case .nothing: "nothing"
      case .time(let format): "times, \(format.optionText)"
      case .date(let pattern): "dates, \(pattern)"
      case .clock(let pattern): "times of day or lengths, \(pattern)"
      case .number: "numbers"
      case .text: "\(distinct.count) different texts"
      }
    return "  \(name.quoted): \(what)"
      + (example.isEmpty ? "" : ", such as \(String(example.prefix(40)).quoted)")
  }
}
