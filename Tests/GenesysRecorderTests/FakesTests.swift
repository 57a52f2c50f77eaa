import GenesysRecorder
import PatchbayCore
import PatchbayJSON
import Testing

/// What a recording tells of a person is a fake, and stays the same one.
struct FakesTests {
  @Test func `secrets are left out, persons and ids replaced, words of the API kept`() {
    var fakes = Fakes()
    let body: JSONValue = [
      "id": "6513270e-269e-4d37-b2a7-4de452e6b438", "name": "Ann", "email": "ann@example.com",
      "state": "active", "ani": "tel:+49 30 123456", "startTime": "2026-01-31T09:30:00.000Z",
      "presenceDefinition": [
        "id": "e08eaf1b-ee47-4fa9-a231-1200e284798f", "systemPresence": "On Queue",
      ],
      "selfUri": "/api/v2/users/6513270e-269e-4d37-b2a7-4de452e6b438", "version": 3,
      "attributes": ["6513270e-269e-4d37-b2a7-4de452e6b438": "Ann", "vip": "yes"],
      "access_token": "abc", "password": "def", "free": "Ann called about 12", "held": true,
      "nothing": "",
    ]
    let fake = fakes.replace(in: body)
    let id = "00000000-0000-4000-8000-000000000001"
    #expect(
      fake == [
        "id": .string(id), "name": "fake b", "email": "fake-1@sandbox.invalid",
        "state": "active", "ani": "tel:+441632960001", "startTime": "2026-01-31T09:30:00.000Z",
        "presenceDefinition": [
          "id": "e08eaf1b-ee47-4fa9-a231-1200e284798f", "systemPresence": "On Queue",
        ],
        "selfUri": .string("/api/v2/users/\(id)"), "version": 3,
        "attributes": .object([.init(id, "fake b"), .init("vip", "fake c")]), "access_token": "***",
        "password": "***", "free": "fake bn", "held": true, "nothing": "",
      ])
    #expect(fakes.replace(in: body) == fake)
  }

  @Test func `targets lose what persons wrote into them, and keep what they ask for`() {
    var fakes = Fakes()
    #expect(
      fakes.replace(
        inTarget: "/api/v2/users/6513270e-269e-4d37-b2a7-4de452e6b438?expand=skills%2Cpresence")
        == "/api/v2/users/00000000-0000-4000-8000-000000000001?expand=skills,presence")
    #expect(
      fakes.replace(inTarget: "/api/v2/routing/queues?name=Support%20DE&pageSize=5")
        == "/api/v2/routing/queues?name=fake%20b&pageSize=5")
  }

  @Test func `a login's code and state are secrets, a wrap-up's code is none`() {
    var fakes = Fakes()
    let form: JSONValue = ["grant_type": "authorization_code", "code": "abc", "code_verifier": "d"]
    #expect(
      fakes.replace(in: form, isOAuth: true) == [
        "grant_type": "authorization_code", "code": "***", "code_verifier": "***",
      ])
    let wrapUp: JSONValue = ["code": "6513270e-269e-4d37-b2a7-4de452e6b438"]
    #expect(
      fakes.replace(in: wrapUp) == ["code": "00000000-0000-4000-8000-000000000001"])
  }

  @Test func `fakes sort as the texts do, in whatever order these come`() {
    for seed in 0..<50 as Range<UInt64> {
      var random = KeyedRandom(seed: seed, purpose: "fakes")
      var fakes = OrderedFakes()
      let texts = (0..<200).map { _ in String(Int.random(in: 0...9_999, using: &random) + 10_000) }
      for text in texts { _ = fakes.fake(of: text) }
      let inOrder = Set(texts).sorted().map { fakes.fake(of: $0) }
      #expect(inOrder == inOrder.sorted())
      #expect(Set(inOrder).count == Set(texts).count)
    }
  }

  @Test func `lists that come in order keep their fakes short`() {
    var fakes = OrderedFakes()
    let last = (0..<5_000).map { fakes.fake(of: String($0 + 10_000)) }.last
    #expect(last?.utf8.count ?? .max < 250)
  }
}
