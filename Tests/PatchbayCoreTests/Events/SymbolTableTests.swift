import PatchbayCore
import Testing

struct SymbolTableTests {
  @Test func `a text has one symbol`() {
    let table = SymbolTable()
    let talking = table.symbol("talking")
    #expect(talking == table.symbol("talking"))
    #expect(talking != table.symbol("idle"))
    #expect(talking.map(table.text) == "talking")
    #expect(talking?.isLocal == false)
  }

  @Test func `the empty text is the missing symbol`() {
    let table = SymbolTable(capacity: 1)
    #expect(table.symbol("") == .missing)
    #expect(table.text(.missing) == "")
  }

  @Test func `a full table refuses new texts and keeps the old ones`() {
    // The empty text takes a place.
    let table = SymbolTable(capacity: 3)
    let first = table.symbol("a")
    #expect(table.symbol("b") != nil)
    #expect(table.symbol("c") == nil)
    #expect(table.symbol("a") == first)
  }

  @Test func `a long text is refused by its bytes`() {
    let table = SymbolTable(longest: 4)
    #expect(table.symbol("abcd") != nil)
    #expect(table.symbol("abcde") == nil)
    #expect(table.symbol("éé") != nil)
    #expect(table.symbol("éée") == nil)
  }

  @Test func `the bounds are 4096 texts of 256 bytes`() {
    let table = SymbolTable()
    #expect(table.symbol(String(repeating: "a", count: 256)) != nil)
    #expect(table.symbol(String(repeating: "a", count: 257)) == nil)
    #expect((0..<5_000).count { table.symbol("\($0)") != nil } == 4_094)
  }

  @Test func `a symbol of another table has no text`() {
    #expect(SymbolTable().text(Symbol(index: 7)) == "")
    #expect(SymbolTable().text(.local(0)) == "")
  }

  @Test func `texts that only look alike have symbols of their own`() {
    let table = SymbolTable()
    #expect(table.symbol("\u{E9}") != table.symbol("e\u{301}"))
  }
}
