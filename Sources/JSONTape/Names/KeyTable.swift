/// Names, or other strings, each with its position, for a lookup by the bytes of a string on a tape.
///
/// The first eight bytes and the length of a name are compared, and hashed, as two words: most names are found by one
/// probe without a loop.
// Sendable, because nothing changes after `init`.
package final class KeyTable: @unchecked Sendable {
    struct Slot {
        /// The first eight bytes, the rest zero.
        var head: UInt64
        var length: UInt32
        /// The name's position plus one; 0 where the slot is free.
        var position: UInt32
        /// The offset in the view's tails of the bytes after the first eight.
        var tail: UInt32
    }

    /// The memory of a table, without a reference to it: valid as long as the table.
    package struct View {
        /// Open addressing; the count is a power of two, and at least half of the slots are free.
        let slots: UnsafePointer<Slot>
        let mask: Int
        /// The slots in the order of the names, for a guess.
        let order: UnsafePointer<UInt32>
        package let count: Int
        /// The bytes of long names after their first eight.
        let tails: UnsafePointer<UInt8>
    }

    package let names: [String]
    private let slots: UnsafeMutablePointer<Slot>
    private let mask: Int
    private let order: UnsafeMutablePointer<UInt32>
    private let tails: UnsafeMutablePointer<UInt8>

    /// Creates a table of names.
    ///
    /// - Parameter names: Different names, fewer than 2^30, of less than 4 GiB.
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
                head: head, length: UInt32(bytes.count), position: UInt32(position + 1), tail: UInt32(tails.count))
            order.append(UInt32(index))
            tails += bytes.dropFirst(8)
        }
        self.names = names
        self.slots = Self.copy(slots)
        mask = capacity - 1
        self.order = Self.copy(order)
        self.tails = Self.copy(tails)
    }

    deinit {
        slots.deallocate()
        order.deallocate()
        tails.deallocate()
    }

    /// Returns a copy in memory of its own. The elements are trivial, so that it needs no deinitialization.
    private static func copy<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
        let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
        copy.initialize(from: elements, count: elements.count)
        return copy
    }

    package var view: View {
        View(
            slots: UnsafePointer(slots), mask: mask, order: UnsafePointer(order), count: names.count,
            tails: UnsafePointer(tails))
    }

    package var isEmpty: Bool { names.isEmpty }

    /// Returns the position of a string's value among the names; -1 where it is not one of them.
    ///
    /// - Parameter guess: The position that is compared first: members often have the order of their schema.
    package func position(of node: JSONTape.Index, in tape: borrowing JSONTape, near guess: Int = 0) -> Int {
        view.position(of: node, in: tape, near: guess)
    }

    /// Returns the position of a string among the names; `nil` where it is not one of them.
    package func position(of text: String) -> Int? {
        var head: UInt64 = 0
        for (index, byte) in text.utf8.prefix(8).enumerated() { head |= UInt64(byte) << UInt64(8 * index) }
        var index = Self.hash(head, UInt32(truncatingIfNeeded: text.utf8.count)) & mask
        // At least half of the slots are free, so that the search ends at one.
        while slots[index].position != 0 {
            let position = Int(slots[index].position) - 1
            if slots[index].head == head, JSONName(names[position]) == JSONName(text) { return position }
            index = (index + 1) & mask
        }
        return nil
    }

    /// Returns the hash of a name. The slots depend on the schema's names alone, so a message can't make a search longer.
    @inline(__always)
    static func hash(_ head: UInt64, _ length: UInt32) -> Int {
        let mixed = (head ^ UInt64(length) &* 0x9E37_79B9_7F4A_7C15) &* 0xFF51_AFD7_ED55_8CCD
        return Int(truncatingIfNeeded: mixed ^ (mixed &>> 32))
    }
}

extension KeyTable.View {
    /// Returns the position of a string's value among the names; -1 where it is not one of them.
    ///
    /// - Parameter guess: The position that is compared first: members often have the order of their schema.
    package func position(of node: JSONTape.Index, in tape: borrowing JSONTape, near guess: Int) -> Int {
        let node = tape.node(node)
        guard node.kind == .string, count > 0 else { return -1 }
        let start = UnsafeRawPointer(tape.bytes + Int(node.offset))
        // In bounds: the tape's bytes have a padding of more than eight.
        var head = start.loadUnaligned(as: UInt64.self).littleEndian
        if node.length < 8 { head &= (1 &<< (UInt64(node.length) &* 8)) &- 1 }
        if guess < count, matches(slots[Int(order[guess])], head, node.length, start, tape) { return guess }
        var index = KeyTable.hash(head, node.length) & mask
        // At least half of the slots are free, so that the search ends at one.
        while slots[index].position != 0 {
            if matches(slots[index], head, node.length, start, tape) { return Int(slots[index].position) - 1 }
            index = (index + 1) & mask
        }
        return -1
    }

    /// Returns the value of an object's first member whose name the table has; `nil` where there is none.
    package func firstValue(of object: JSONTape.Index, in tape: borrowing JSONTape) -> JSONTape.Index? {
        var key = tape.first(in: object)
        let end = tape.end(of: object)
        while key != end {
            let value = tape.value(ofKey: key)
            if position(of: key, in: tape, near: 0) >= 0 { return value }
            key = tape.end(of: value)
        }
        return nil
    }

    @inline(__always)
    private func matches(
        _ slot: KeyTable.Slot, _ head: UInt64, _ length: UInt32, _ start: UnsafeRawPointer, _ tape: borrowing JSONTape
    ) -> Bool {
        guard slot.head == head, slot.length == length else { return false }
        return length <= 8 || tape.equal(UnsafeRawPointer(tails) + Int(slot.tail), start + 8, count: Int(length) - 8)
    }
}
