import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting

/// Reads one test file and finds everything that is wrong with it.
struct TestReader {
  private let path: String
  private let text: [UInt8]
  private let registry: StageRegistry
  private let directory: String
  private(set) var sources: [SourceText]
  private var list = IssueList()

  init(path: String, text: [UInt8], registry: StageRegistry, directory: String) {
    self.path = path
    self.text = text
    self.registry = registry
    self.directory = directory
    sources = [SourceText(name: path, bytes: text)]
  }

  /// What was found, each once.
  var issues: [ConfigIssue] {
    var seen: Set<String> = []
    return list.inDocumentOrder.filter { seen.insert("\($0.position.source) \($0)").inserted }
  }

  mutating func read() throws -> [CaseRunner] {
    guard let (file, root) = decode() else { return [] }
    let config = IncludeReader.path(file.config, from: path)
    checkTestNames(root)
    let configText = try InputFile.contents(of: config, upTo: Planner.longestText + 1)
    return file.tests.enumerated().compactMap { index, test in
      let path = OptionPath("tests").appending(index)
      let node = root.member("tests").flatMap { tests -> JSONNode? in
        guard case .array(let elements) = tests.value.content else { return nil }
        return elements[index]
      }
      return makeRunner(
        test, at: path, node ?? root, file, config: SourceText(name: config, bytes: configText))
    }
  }

  /// Each test has a name of its own, by which results name it.
  private mutating func checkTestNames(_ root: JSONNode) {
    guard case .array(let tests)? = root.member("tests")?.value.content else { return }
    var first: [String: JSONPosition] = [:]
    for (index, test) in tests.enumerated() {
      guard let node = test.member("name")?.value, let name = node.value.string else { continue }
      guard let earlier = first[name] else {
        first[name] = node.position
        continue
      }
      list.report(
        .nameInUse, at: node.position,
        path: OptionPath("tests").appending(index).appending("name"),
        message: "the test in line \(earlier.line) has the name \(name.quoted), too")
    }
  }

  private mutating func decode() -> (TestFile, JSONNode)? {
    guard let root = list.parse(text) else { return nil }
    if root.member("tests") == nil, root.member("sinks") != nil || root.member("sources") != nil {
      list.report(
        .missingOption, at: root.position, path: OptionPath("tests"),
        message: "this is a configuration and no file of tests; `patchbay validate` checks it")
      return nil
    }
    let decoded = TestFile.decode(root.without(TestFile.hintName), at: OptionPath())
    list.append(contentsOf: decoded.issues)
    return decoded.value.map { ($0, root) }
  }

  /// Plans the configuration as a test wants it, and checks that the test fits it.
  private mutating func makeRunner(
    _ test: TestCase, at path: OptionPath, _ node: JSONNode, _ file: TestFile, config: SourceText
  ) -> CaseRunner? {
    let planner = Planner(
      registry: registry, variables: file.variables.merging(test.variables) { $1 })
    var overrides = ConfigurationOverrides()
    overrides.profiles = test.profiles
    overrides.only = test.only
    if let changes = test.changes?.node {
      overrides.patches = [.init(changes, from: sources[0])]
    }
    overrides.settings = [
      "run.clock=virtual", "run.directory=\(JSONValue.string(directory).text())",
    ]
    let result = planner.plan(config.bytes, named: config.name, overrides: overrides)
    add(result, of: test, node)
    guard var plan = result.plan?.withoutSpools else { return nil }
    checkNames(of: test, in: node, at: path, plan)
    for (name, entries) in test.given {
      // That it is a source was checked with the names.
      let source = plan.stages.first { $0.name == name && $0.role == .source }
      try? plan.replace(
        name,
        with: GivenSource(
          name: name, entries: entries.map(\.node.value),
          mapping: source?.options["mapping"]?.string))
    }
    contain(&plan, of: test, node)
    var scripts: [RequestPattern: [Reply]] = [:]
    for (text, replies) in test.replies {
      if let pattern = RequestPattern(text) { scripts[pattern] = replies }
    }
    return CaseRunner(test: test, plan: plan, scripts: scripts, directory: directory)
  }

  /// Takes over what is wrong with the configuration, its texts behind those known so far.
  private mutating func add(_ result: PlanResult, of test: TestCase, _ node: JSONNode) {
    for issue in result.issues where issue.severity == .error {
      let source = result.sources[issue.position.source]
      var issue = issue
      if issue.code == .unsetVariable {
        issue.message += "; tests give it under \"variables\""
      }
      // What the command line would say stands in the test here.
      let option = ["--profile": "profiles", "--only": "only"][source.name]
      if let member = option.flatMap({ node.member($0) }) {
        issue.position = member.value.position
      } else if let index = sources.firstIndex(of: source) {
        issue.position.source = index
      } else {
        sources.append(source)
        issue.position.source = sources.count - 1
      }
      issue.message += " (in the test \"\(test.name)\")"
      list.append(issue)
    }
  }

  /// Names in a test that mean something in the configuration, and texts with a grammar.
  private mutating func checkNames(
    of test: TestCase, in node: JSONNode, at path: OptionPath, _ plan: Plan
  ) {
    let sourceNames = plan.stages.filter { $0.role == .source }.map(\.name)
    let sinkNames = plan.stages.filter { $0.role == .sink }.map(\.name)
    check(node.member("given"), at: path.appending("given"), "source", among: sourceNames)
    let expect = node.member("expect")?.value
    let expectPath = path.appending("expect")
    check(expect?.member("sinks"), at: expectPath.appending("sinks"), "sink", among: sinkNames)
    checkOutside(node.member("outside"), at: path.appending("outside"), plan)
    checkPatterns(node.member("replies"), at: path.appending("replies"))
    checkPatterns(expect?.member("requests"), at: expectPath.appending("requests"))
    checkTimes(expect?.member("requests"), at: expectPath.appending("requests"))
    for metric in expect?.member("metrics")?.value.members ?? [] {
      let value = metric.value.value
      let isFine =
        value.number != nil || value == .null
        || value.string.map { Threshold(metric: metric.name, condition: $0) != nil } ?? false
      if isFine {
        checkMetric(metric, at: expectPath.appending("metrics"), plan)
        continue
      }
      list.report(
        .malformedThreshold, at: metric.value.position,
        path: expectPath.appending("metrics").appending(metric.name),
        message: "expected a number, a condition such as \">= 0.99\", or null, found "
          + metric.value.kind)
    }
    for (source, entries) in test.given {
      for (index, entry) in entries.enumerated() {
        checkGiven(entry.node, at: path.appending("given").appending(source).appending(index))
      }
    }
  }

  /// Keeps a test from touching anything outside that it doesn't name: puts recorders in the place of
  /// sinks that would, and refuses other stages.
  private mutating func contain(_ plan: inout Plan, of test: TestCase, _ node: JSONNode) {
    for stage in plan.stages where !test.outside.contains(stage.name) {
      let deed: String
      switch (stage.reach, stage.role) {
      case (.context, _): continue
      case (.outside, .sink):
        // What it is given is noted by the test's observer.
        try? plan.replace(stage.name, with: RecordingSink())
        continue
      case (.outside(let text), _): deed = text
      case (.unstated, _): deed = "doesn't say what it touches outside"
      }
      let cure =
        (stage.role == .source
          ? "give its events under \"given\"" : "leave it out with \"only\" or \"changes\"")
        + ", or name it under \"outside\" to have it run for real"
      list.report(
        .untestableStage, at: node.position, path: OptionPath(stage.role.section, stage.name),
        message: "\(stage.type) \(deed); \(cure) (in the test \(test.name.quoted))")
    }
  }

  private mutating func checkMetric(
    _ metric: JSONNode.Member, at path: OptionPath, _ plan: Plan
  ) {
    let known = plan.metricNames
    if known.contains(metric.name) || metric.value.value == .null { return }
    let nearest = MetricNames.nearest(to: metric.name, among: known)
    list.report(
      .unknownMetric, at: metric.position, path: path.appending(metric.name),
      message: "nothing in this pipeline produces the metric"
        + (nearest.map { " (did you mean \($0.quoted)?)" } ?? ""))
  }

  /// Times of requests are durations since the start of the run.
  private mutating func checkTimes(_ requests: JSONNode.Member?, at path: OptionPath) {
    for pattern in requests?.value.members ?? [] {
      for list in ["exactly", "contains", "lacks"] {
        guard case .array(let entries)? = pattern.value.member(list)?.value.content else {
          continue
        }
        for (index, entry) in entries.enumerated() {
          guard let at = entry.member("at")?.value, at.value != .null else { continue }
          if at.value.string.flatMap({ Duration(optionText: $0) }) != nil { continue }
          self.list.report(
            .wrongType, at: at.position,
            path: path.appending(pattern.name).appending(list).appending(index).appending("at"),
            message: "expected the time since the start such as \"30s\", found \(at.kind)")
        }
      }
    }
  }

  private mutating func checkGiven(_ node: JSONNode, at path: OptionPath) {
    switch node.content {
    case .string: return
    case .object(let members):
      guard members.count == 1, let member = members.first, member.name == "wait" else { return }
      if GivenSource.wait(node.value) == nil {
        list.report(
          .wrongType, at: member.value.position, path: path.appending("wait"),
          message: "expected a duration such as \"30s\", found \(member.value.value.text())")
      }
    case .null, .bool, .integer, .number, .array:
      list.report(
        .wrongType, at: node.position, path: path,
        message: "expected an event, a raw line or {\"wait\": \"30s\"}, found \(node.kind)")
    }
  }

  /// Stages that are to run for real.
  private mutating func checkOutside(
    _ member: JSONNode.Member?, at path: OptionPath, _ plan: Plan
  ) {
    guard let node = member?.value else { return }
    let entries: [JSONNode] =
      if case .array(let elements) = node.content { elements } else { [node] }
    let names = plan.stages.map(\.name)
    for entry in entries {
      guard let name = entry.value.string, !names.contains(name) else { continue }
      let nearest = NearestName.of(name, among: names)
      list.report(
        .unknownInput, at: entry.position, path: path,
        message: "the configuration has no stage \(name.quoted)"
          + (nearest.map { " (did you mean \"\($0)\"?)" } ?? ""))
    }
  }

  private mutating func check(
    _ member: JSONNode.Member?, at path: OptionPath, _ noun: String, among names: [String]
  ) {
    for entry in member?.value.members ?? [] where !names.contains(entry.name) {
      let nearest = NearestName.of(entry.name, among: names)
      list.report(
        .unknownInput, at: entry.position, path: path.appending(entry.name),
        message: "the configuration has no \(noun) of that name"
          + (nearest.map { " (did you mean \"\($0)\"?)" } ?? ""))
    }
  }

  private mutating func checkPatterns(_ member: JSONNode.Member?, at path: OptionPath) {
    for entry in member?.value.members ?? [] where RequestPattern(entry.name) == nil {
      list.report(
        .wrongType, at: entry.position, path: path.appending(entry.name),
        message: "expected a method and a path or URL such as \"POST /api/v2/events\"")
    }
  }
}
