#if os(Linux)
import EventContracts
import Foundation
import Testing

@testable import MessageEncryption

// One test at a time: the buffer of a search has copies of what the others' keys are in.
@Suite("Memory of keys", .serialized)
struct KeyMemoryTests {
    private static let place = ValuePlace(contract: "C", topic: "t", message: "M", field: "", messageID: "")

    @Test("no memory of the process has a key's bytes after its release", arguments: EncryptionScheme.allCases)
    func released(scheme: EncryptionScheme) throws {
        // The only copy that the test keeps, at an address that the search leaves out.
        let secret = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 32)
        defer { secret.deallocate() }
        // Without zeros, which memory is full of: the search looks at each place of the first byte.
        for index in secret.indices { secret.initializeElement(at: index, to: .random(in: 1...255)) }
        // Fernet's two keys are halves of the secret.
        let halves = [0..<16, 16..<32].map { UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(secret)[$0]) }

        var key: EncryptionKey? = try EncryptionKey(id: "1", scheme: scheme, bytes: secret)
        try Self.use(try #require(key))
        #expect(try halves.allSatisfy { try ProcessMemory.holds($0) }, "the search must find a key that is in use")
        key = nil
        for half in halves { #expect(try !ProcessMemory.holds(half)) }
    }

    @Test("nor the states of the digests that were made of it")
    func releasedStates() throws {
        var key: EncryptionKey? = try EncryptionKey.random(id: "1", scheme: .fernet)
        try Self.use(try #require(key))
        let states = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 16)
        defer { states.deallocate() }
        try Self.copyStates(of: try #require(key), to: states)
        let halves = [0..<32, 32..<64].map { UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(states)[$0]) }
        #expect(try halves.allSatisfy { try ProcessMemory.holds($0) }, "the search must find states that are in use")
        key = nil
        for half in halves { #expect(try !ProcessMemory.holds(half)) }
    }

    /// Copies the digest's words, which are the first 32 bytes of each state.
    @inline(never)
    private static func copyStates(of key: EncryptionKey, to states: UnsafeMutableRawBufferPointer) throws {
        guard case .fernet(_, let signing) = key.cipher else {
            Issue.record("a key of another scheme")
            return
        }
        for (start, secret) in [(0, signing.inner), (32, signing.outer)] {
            secret.withBytes { state in
                UnsafeMutableRawBufferPointer(rebasing: states[start..<start + 32])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: state[..<32]))
            }
        }
    }

    @inline(never)
    private static func use(_ key: EncryptionKey) throws {
        let plain = Array("secret".utf8)
        switch key.scheme {
        case .aes256GCM:
            let token = try AESGCM.encrypt(plain, for: place, with: key)
            #expect(try AESGCM.decrypt(token, for: place, with: key) == plain)
        case .fernet:
            let token = try Fernet.encrypt(plain, at: 1, with: key)
            #expect(try Fernet.decrypt(token, at: 1, with: [key]) == plain)
        }
    }
}

/// The memory of this process, as the kernel has it.
private enum ProcessMemory {
    private static let windowSize = 1 << 20
    private static let pageSize = 4096

    /// Returns whether writable memory has the bytes at another place too.
    static func holds(_ pattern: UnsafeRawBufferPointer) throws -> Bool {
        let file = open("/proc/self/mem", O_RDONLY)
        try #require(file >= 0)
        defer { close(file) }
        let window = UnsafeMutableRawBufferPointer.allocate(byteCount: windowSize, alignment: 16)
        defer {
            // It has copies of the memory, and so of keys that are in use.
            window.initializeMemory(as: UInt8.self, repeating: 0)
            window.deallocate()
        }
        let ignored = [addresses(of: pattern), addresses(of: UnsafeRawBufferPointer(window))]
        for region in try writableRegions() {
            var start = region.lowerBound
            while start < region.upperBound {
                let size = pread(file, window.baseAddress, min(windowSize, region.upperBound - start), start)
                guard size > 0 else {
                    // Released meanwhile, but perhaps not all of the region.
                    start += pageSize
                    continue
                }
                // Windows overlap, so that each occurrence is whole in one of them.
                defer { start += start + size < region.upperBound ? max(size - pattern.count, 1) : size }
                let found = occurrences(of: pattern, in: UnsafeRawBufferPointer(rebasing: window[..<size]))
                if found.contains(where: { at in !ignored.contains { $0.contains(start + at) } }) { return true }
            }
        }
        return false
    }

    private static func addresses(of buffer: UnsafeRawBufferPointer) -> Range<Int> {
        let start = Int(bitPattern: buffer.baseAddress)
        return start..<start + buffer.count
    }

    private static func occurrences(of pattern: UnsafeRawBufferPointer, in memory: UnsafeRawBufferPointer) -> [Int] {
        guard let start = memory.baseAddress, let text = pattern.baseAddress else { return [] }
        var (positions, from): ([Int], Int) = ([], 0)
        while from + pattern.count <= memory.count,
            let found = memchr(start + from, CInt(pattern[0]), memory.count - pattern.count - from + 1)
        {
            if memcmp(found, text, pattern.count) == 0 { positions.append(start.distance(to: found)) }
            from = start.distance(to: found) + 1
        }
        return positions
    }

    /// Reads a file of the kernel's, of which Foundation takes the first part for the whole: it has no size.
    private static func text(ofFile path: String) throws -> String {
        let file = open(path, O_RDONLY)
        try #require(file >= 0)
        defer { close(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(file, &part, part.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += part[..<count]
        }
    }

    private static func writableRegions() throws -> [Range<Int>] {
        try text(ofFile: "/proc/self/maps").split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 1, fields[1].hasPrefix("rw") else { return nil }
            let bounds = fields[0].split(separator: "-").compactMap { Int($0, radix: 16) }
            return bounds.count == 2 ? bounds[0]..<bounds[1] : nil
        }
    }
}
#endif
