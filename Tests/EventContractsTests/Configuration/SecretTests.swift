import EventContracts
import Foundation
import Testing

@Suite("Secrets")
struct SecretTests {
    @Test("nothing shows a secret but reveal()")
    func redaction() throws {
        struct Holder: Encodable { let password = Secret("hunter2") }
        let holder = Holder()
        var dumped = ""
        dump(holder, to: &dumped)
        let json = String(decoding: try JSONEncoder().encode(holder), as: UTF8.self)
        for text in [
            "\(holder.password)", String(describing: holder), String(reflecting: holder), dumped, json,
            String(reflecting: holder.password), "\(Mirror(reflecting: holder.password).children.count)",
        ] {
            #expect(!text.contains("hunter2"))
        }
        #expect(json == #"{"password":"<redacted>"}"#)
        #expect(holder.password.reveal() == "hunter2")
    }
}
