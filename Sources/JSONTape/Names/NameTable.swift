/// Names that a contract states, each with its position: the members of a wide object, or the values of a wide enum.
///
/// A lookup hashes the bytes on the tape and compares them with one candidate, so its cost does not grow with the number
/// of names. Generated code uses a table where a `switch` over so many names would take the compiler too long.
public final class NameTable: Sendable {
    public let names: [String]
    /// The UTF-8 of all names, one after the other.
    private let bytes: [UInt8]
    /// The offset in ``bytes`` at which each name begins, and the end of the last.
    private let offsets: [Int]
    /// Open addressing: a position plus one, or 0 where the slot is free. The count is a power of two.
    private let slots: [Int32]

    /// - Parameter names: Different names, fewer than 2^30.
    public init(_ names: [String]) {
        var bytes: [UInt8] = []
        var offsets = [0]
        var capacity = 2
        while capacity < names.count * 2 { capacity *= 2 }
        var slots = [Int32](repeating: 0, count: capacity)
        for (position, name) in names.enumerated() {
            let utf8 = Array(name.utf8)
            var slot = utf8.withUnsafeBytes(Self.hash) & (capacity - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
            slots[slot] = Int32(position + 1)
            bytes += utf8
            offsets.append(bytes.count)
        }
        self.names = names
        self.bytes = bytes
        self.offsets = offsets
        self.slots = slots
    }

    /// The position of a string's value among the names; `nil` where it is none of them.
    ///
    /// - Parameter guess: The position to compare first. Members mostly come in the order of their schema.
    public func position(of node: JSONTape.Index, in tape: borrowing JSONTape, near guess: Int = 0) -> Int? {
        let node = tape.node(node)
        guard node.kind == .string else { return nil }
        return position(of: UnsafeRawBufferPointer(tape.text(of: node)), near: guess)
    }

    /// The position of a text among the names; `nil` where it is none of them.
    public func position(of text: String) -> Int? {
        var text = text
        return text.withUTF8 { position(of: UnsafeRawBufferPointer($0), near: 0) }
    }

    private func position(of text: UnsafeRawBufferPointer, near guess: Int) -> Int? {
        if guess < names.count, matches(text, at: guess) { return guess }
        var slot = Self.hash(text) & (slots.count - 1)
        // At most half of the slots are taken, so the search ends at a free one.
        while slots[slot] != 0 {
            let position = Int(slots[slot]) - 1
            if matches(text, at: position) { return position }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func matches(_ text: UnsafeRawBufferPointer, at position: Int) -> Bool {
        let start = offsets[position]
        guard text.count == offsets[position + 1] - start else { return false }
        return bytes.withUnsafeBytes { $0[start..<start + text.count].elementsEqual(text) }
    }

    /// FNV-1a, folded. The slots depend on the contract's names alone, so a message can't make a search longer.
    private static func hash(_ text: UnsafeRawBufferPointer) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 32)
    }
}
