import Foundation
import Testing

@Suite("event-contracts keys") struct KeysCommandTests {
    @Test("a new key has its ID and 32 random bytes", arguments: ["aes-256-gcm", "fernet"])
    func new(scheme: String) throws {
        let made = try (0..<3).map { _ in try Tool.run("keys", "new", "--scheme", scheme, "--id", "2026-11") }
        for tool in made {
            #expect(tool.status == 0 && tool.errors.isEmpty)
            let text = tool.output.dropFirst("2026-11:".count).dropLast()
            #expect(tool.output == "2026-11:\(text)\n")
            let standard = String(text).replacing("-", with: "+").replacing("_", with: "/")
            #expect(Data(base64Encoded: String(standard))?.count == 32)
        }
        #expect(Set(made.map(\.output)).count == 3)
    }

    @Test("an ID that no token can carry is refused", arguments: ["", "a:b", "ä", String(repeating: "a", count: 65)])
    func invalidID(id: String) throws {
        let tool = try Tool.run("keys", "new", "--id", id)
        #expect(tool.status == 64 && tool.output.isEmpty)
        #expect(tool.errors.contains("expected 1 to 64 letters, digits, '.', '_' or '-' for --id"))
    }
}
