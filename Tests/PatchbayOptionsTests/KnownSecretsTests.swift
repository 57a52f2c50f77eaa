import PatchbayJSON
import PatchbayOptions
import Testing

/// Each test has secrets of its own: they are the process's.
struct KnownSecretsTests {
  @Test func `a secret is masked wherever it stands, in each of its forms`() {
    KnownSecrets.add("pa\"ss/wörd &1")
    let escaped = JSONValue.string("pa\"ss/wörd &1").text()
    #expect(KnownSecrets.masked("<pa\"ss/wörd &1> \(escaped)") == "<<secret>> \"<secret>\"")
    #expect(KnownSecrets.masked("?q=pa%22ss%2Fw%C3%B6rd%20%261&x") == "?q=<secret>&x")
    #expect(KnownSecrets.masked("pa\"ss/wörd &2") == "pa\"ss/wörd &2")
  }

  @Test func `the longest is masked first`() {
    KnownSecrets.add("longest-first")
    KnownSecrets.add("longest-first-of-all")
    #expect(
      KnownSecrets.masked("longest-first-of-all longest-first longest-firs")
        == "<secret> <secret> longest-firs")
  }

  @Test func `what is short would be found in words, and isn't looked for`() {
    KnownSecrets.add("zebra")
    #expect(KnownSecrets.masked("a zebra") == "a zebra")
    KnownSecrets.add("zebras")
    #expect(KnownSecrets.masked("zebras, zebra") == "<secret>, zebra")
  }

  @Test func `passing secrets give way to newer ones`() {
    for number in 0..<300 { KnownSecrets.add("passing-\(1_000 + number)", isPassing: true) }
    #expect(KnownSecrets.masked("passing-1000") == "passing-1000")
    #expect(KnownSecrets.masked("passing-1299") == "<secret>")
  }

  @Test func `bytes at the ends, side by side, and none`() {
    KnownSecrets.add("edge-secret")
    #expect(KnownSecrets.masked("edge-secretedge-secret") == "<secret><secret>")
    #expect(KnownSecrets.masked("edge-secre") == "edge-secre")
    #expect(KnownSecrets.masked("") == "")
  }

  @Test func `a default that stands in the configuration is none`() {
    KnownSecrets.exempt("open-default")
    KnownSecrets.add("open-default")
    #expect(KnownSecrets.masked("open-default") == "open-default")
  }
}
