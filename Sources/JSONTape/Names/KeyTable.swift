/// Names, or other strings, each with its position, for a lookup by the bytes of a string on a tape.
///
/// The first eight bytes and the length of a name are compared, and hashed, as two words: most names are found by one
/// probe without a loop.
package struct KeyTable: Sendable {
    private struct Slot {
        /// The first eight bytes, the rest zero.
        var head: UInt64
        var length: UInt32
        /// The name's position plus one; 0 where the slot is free.
        var position: UInt32
        /// The offset in ``KeyTable/tails`` of the bytes after the first eight.
        var tail: Int
    }

    package let names: [String]
    /// The bytes of long names after their first eight.
    private let tails: [UInt8]
    /// Open addressing; the count is a power of two, and at least half of the slots are free.
    private let slots: [Slot]
    /// The slots in the order of the names, for a guess.
    private let order: [UInt32]

    /// - Parameter names: Different names, fewer than 2^30.
    package init(_ names: [String]) {
        var tails: [UInt8] = []
        var capacity = 2
        while capacity < names.count * 2 { capacity *= 2 }
        var slots = [Slot](repeating: Slot(head: 0, length: 0, position: 0, tail: 0), count: capacity)
        var order: [UInt32] = []
        for (position, name) in names.enumerated() {
            let bytes = Array(name.utf8)
            var head: UInt64 = 0
            for (index, byte) in bytes.prefix(8).enumerated() { head |= UInt64(byte) << UInt64(8 * index) }
            var index = Self.hash(head, UInt32(bytes.count)) & (capacity - 1)
            while slots[index].position != 0 { index = (index + 1) & (capacity - 1) }
            slots[index] = Slot(
                head: head, length: UInt32(bytes.count), position: UInt32(position + 1), tail: tails.count)
            order.append(UInt32(index))
            tails += bytes.dropFirst(8)
        }
        self.names = names
        self.tails = tails
        self.slots = slots
        self.order = order
    }

    package var isEmpty: Bool { names.isEmpty }

    /// The position of a string's value among the names; -1 where it is not one of them.
    ///
    /// - Parameter guess: The position that is compared first: members often have the order of their schema.
    package func position(of node: JSONTape.Index, in tape: borrowing JSONTape, near guess: Int = 0) -> Int {
        let node = tape.node(node)
        guard node.kind == .string, !names.isEmpty else { return -1 }
        let start = tape.bytes + Int(node.offset)
        // In bounds: the tape's bytes have a padding of more than eight.
        var head = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self).littleEndian
        if node.length < 8 { head &= (1 &<< (UInt64(node.length) &* 8)) &- 1 }
        if guess < order.count {
            let slot = slots[Int(order[guess])]
            if slot.head == head, slot.length == node.length, tailMatches(slot, start, tape) { return guess }
        }
        var index = Self.hash(head, node.length) & (slots.count - 1)
        while true {
            let slot = slots[index]
            if slot.position == 0 { return -1 }
            if slot.head == head, slot.length == node.length, tailMatches(slot, start, tape) {
                return Int(slot.position) - 1
            }
            index = (index + 1) & (slots.count - 1)
        }
    }

    @inline(__always)
    private func tailMatches(_ slot: Slot, _ start: UnsafeMutablePointer<UInt8>, _ tape: borrowing JSONTape) -> Bool {
        guard slot.length > 8 else { return true }
        return tails.withUnsafeBytes { tails in
            guard let base = tails.baseAddress else { return false }
            return tape.equal(base + slot.tail, UnsafeRawPointer(start + 8), count: Int(slot.length) - 8)
        }
    }

    /// The slots depend on the schema's names alone, so a message can't make a search longer than they do.
    @inline(__always)
    private static func hash(_ head: UInt64, _ length: UInt32) -> Int {
        let mixed = (head ^ UInt64(length) &* 0x9E37_79B9_7F4A_7C15) &* 0xFF51_AFD7_ED55_8CCD
        return Int(truncatingIfNeeded: mixed ^ (mixed &>> 32))
    }
}
