#if SQLiteSink
  import PatchbayKit
  import PatchbayTesting
  import SQLiteSink
  import Testing

  struct ContractTests {
    @Test func `it keeps the contract of a sink`() async throws {
      let place = try TemporaryPlace()
      func problems<Tested: Sink>(_ type: Tested.Type) async -> [String] {
        await Conformance(type, options: ["path": .string(place.database)]).problems(
          kept: { _ in
            // As a blob, since texts are read up to a NUL in them.
            try place.rows(
              """
              SELECT CAST(coalesce(sequence_id, '') AS BLOB) FROM events
              WHERE run = (SELECT max(id) FROM runs)
              """)
          })
      }
      for type in PluginEntry.stages.compactMap({ $0 as? any Sink.Type }) {
        let found = await problems(type)
        #expect(found == [])
      }
    }
  }
#endif
