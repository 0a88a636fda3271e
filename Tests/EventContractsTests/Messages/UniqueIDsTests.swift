import Foundation
import Synchronization
import Testing

@testable import EventContracts

#if canImport(Glibc)
import Glibc
#endif

@Suite("Unique ids", .timeLimit(.minutes(20)))
struct UniqueIDsTests {
    @Test("the hash is SipHash-2-4 with 128 bits, by its authors' test vector")
    func testVector() {
        var hash = SipHash(0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)
        let digest = hash.digest(of: 0x0706_0504_0302_0100)
        #expect(digest == (0x61F5_5862_BAA9_623B, 0xB497_14F3_64E2_830F))
    }

    @Test("an id is a UUID of version 4 in lower case")
    func format() throws {
        for _ in 0..<1000 {
            let id = MessageContext.randomID()
            #expect(id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
            #expect(UUID(uuidString: id)?.uuidString.lowercased() == id)
        }
    }

    @Test("an id's text has the digits of its halves in their order")
    func text() {
        #expect(
            RandomID(first: 0x0123_4567_89AB_CDEF, second: 0xFEDC_BA98_7654_3210).description
                == "01234567-89ab-cdef-fedc-ba9876543210")
        #expect(RandomID(first: 0, second: .max).description == "00000000-0000-0000-ffff-ffffffffffff")
    }

    @Test("ids of many threads are all different")
    func threads() async {
        let ids = await withTaskGroup(of: [String].self) { group in
            for _ in 0..<8 { group.addTask { (0..<20_000).map { _ in MessageContext.randomID() } } }
            return await group.reduce(into: Set<String>()) { $0.formUnion($1) }
        }
        #expect(ids.count == 160_000)
    }

    #if canImport(Glibc)
    @Test("a process that forks and its child make different ids")
    func fork() async {
        await #expect(processExitsWith: .success) {
            _ = MessageContext.randomID()
            let pipe = Pipe()
            let child = Glibc.fork()
            guard child != 0 else {
                let id = Array(MessageContext.randomID().utf8)
                _ = write(pipe.fileHandleForWriting.fileDescriptor, id, id.count)
                _exit(0)
            }
            let id = MessageContext.randomID()
            var other = [UInt8](repeating: 0, count: 36)
            guard read(pipe.fileHandleForReading.fileDescriptor, &other, 36) == 36 else { exit(2) }
            exit(String(decoding: other, as: UTF8.self) == id ? 3 : 0)
        }
    }
    #endif

    @Test("the time is the system's, to the microsecond")
    func now() {
        let before = Date()
        let now = Timestamp.now()
        #expect(now.fractionDigits == 6)
        #expect(now.attoseconds % 1_000_000_000_000 == 0)
        #expect(abs(now.date.timeIntervalSince(before)) < 60)
    }
}
