import Foundation
import Testing

@testable import EventContracts

struct OpenFileTests {
    @Test("a closed file is not locked, even while a child process still has its descriptor")
    func lockEndsWithFile() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "event-contracts-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var first: OpenFile? = try OpenFile(path: path, flags: O_RDWR | O_CREAT)
        #expect(try first?.lock() == true)
        // As a child process has it between its start and its program.
        let copy = dup(try #require(first?.descriptor))
        defer { close(copy) }
        let second = try OpenFile(path: path, flags: O_RDWR)
        #expect(throws: SystemCallError(call: "flock", code: EWOULDBLOCK)) { try second.lock() }
        first = nil
        #expect(try second.lock())
    }
}
