import Testing

@testable import EventContracts

@Suite("Murmur2")
struct Murmur2Tests {
    @Test(
        "hashes as Kafka's own client does (UtilsTest.testMurmur2)",
        arguments: [
            ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
            ("a-little-bit-longer-string", -1_486_304_829),
            ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971), ("abc", 479_470_107),
        ] as [(String, Int32)])
    func knownValues(text: String, hash: Int32) {
        #expect(Murmur2.hash(Array(text.utf8)) == hash)
    }

    @Test("hashes keys of every length up to two words, including the empty one")
    func lengths() {
        let hashes = (0...8).map { Murmur2.hash(Array(repeating: 0xFF, count: $0)) }
        #expect(Set(hashes).count == 9)
        #expect(hashes[0] == 275_646_681)
    }
}
