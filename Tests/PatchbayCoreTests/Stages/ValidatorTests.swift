import PatchbayCore
import PatchbayJSON
import Testing

struct ValidatorTests {
  @Test func `a batch is judged event by event`() throws {
    var validator = AgentValidator(try NoOptions([:]))
    var batch = SampleEvents.batch(0..<2, symbols: SymbolTable())
    batch.append(EventFields(sequenceID: "x"), intended: SampleEvents.time)
    batch.append(SampleEvents.fields(3), intended: SampleEvents.time)

    validator.validate(&batch)

    #expect(validator.asked == 4)
    #expect(batch.marked == [.pass: ["s-0", "s-1", "s-3"], .divert: ["x"]])
    let outcome = batch.outcome(at: 2)
    #expect(outcome.kind == .rejected)
    #expect(batch.text(outcome.code) == "agent_id.missing")
    #expect(batch.text(outcome.reason) == "x has no agent")
    #expect(batch.outcome(at: 0).kind == .undecided)
  }

  @Test func `a batch that is accepted is left alone`() throws {
    var validator = AgentValidator(try NoOptions([:]))
    var batch = SampleEvents.batch(0..<3, symbols: SymbolTable())
    validator.validate(&batch)
    #expect(!batch.hasOutcomes)
    #expect(batch.marks == [])
  }
}
