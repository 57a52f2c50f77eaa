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

  @Test func `a reserved text has a symbol in a full table, however long it is`() {
    let table = SymbolTable(capacity: 2, longest: 4)
    #expect(table.symbol("a") != nil)
    #expect(table.symbol("b") == nil)
    let long = table.reserve("a long text")
    #expect(table.symbol("a long text") == long)
    #expect(table.reserve("a long text") == long)
    #expect(table.text(long) == "a long text")
    #expect(!long.isLocal)
  }

  @Test func `reserved texts take no room from others`() {
    let table = SymbolTable(capacity: 2)
    for number in 0..<10 { _ = table.reserve("\(number)") }
    #expect(table.symbol("a") != nil)
    #expect(table.symbol("b") == nil)
  }

  @Test func `reserving a text that has a symbol keeps it`() {
    let table = SymbolTable()
    let idle = table.symbol("idle")
    #expect(table.reserve("idle") == idle)
    #expect(table.reserve("") == .missing)
  }
}
