import Foundation
import Testing

@testable import MessageEncryption

@Suite("Base64 for URLs")
struct Base64URLTests {
    @Test("texts of all sizes are those of Foundation, with and without padding")
    func foundation() {
        for size in 0...200 {
            let bytes = (0..<size).map { _ in UInt8.random(in: 0...255) }
            let expected = Data(bytes).base64EncodedString()
                .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            let (padded, bare) = (Base64URL.encode(bytes, isPadded: true), Base64URL.encode(bytes, isPadded: false))
            #expect(String(decoding: padded, as: UTF8.self) == expected)
            #expect(String(decoding: bare, as: UTF8.self) == expected.filter { $0 != "=" })
            #expect(Base64URL.decode(padded, isPadded: true) == bytes)
            #expect(Base64URL.decode(bare, isPadded: false) == bytes)
        }
    }
}
