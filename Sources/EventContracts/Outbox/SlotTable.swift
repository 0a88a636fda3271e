/// The messages that have no final outcome yet, each in a slot with a number.
///
/// Slots are reused; a number is not: it consists of the slot's index and of how often the slot was used, so that an old
/// number never finds a newer message.
package struct SlotTable<Content: Sendable>: Sendable {
    private struct Slot: Sendable {
        var generation: UInt32 = 1
        var content: Content?
    }

    private var slots: [Slot] = []
    private var free: [UInt32] = []

    package init() {}

    package var count: Int { slots.count - free.count }

    package mutating func insert(_ content: Content) -> RecordID {
        if let index = free.popLast() {
            slots[Int(index)].content = content
            return Self.id(index, slots[Int(index)].generation)
        }
        slots.append(Slot(content: content))
        return Self.id(UInt32(slots.count - 1), 1)
    }

    /// Returns the content of a slot; `nil` for a number that is no longer in use.
    package subscript(id: RecordID) -> Content? {
        guard let index = index(of: id) else { return nil }
        return slots[index].content
    }

    /// Reads from the content of a slot without a copy; `nil` for a number that is no longer in use.
    package func read<Value>(_ id: RecordID, _ value: (borrowing Content) -> Value) -> Value? {
        guard let index = index(of: id) else { return nil }
        // Never nil: `index(of:)` finds only slots with a content.
        // swift-format-ignore: NeverForceUnwrap
        return value(slots[index].content!)
    }

    package func contains(_ id: RecordID) -> Bool { index(of: id) != nil }

    /// Changes the content of a slot in place; does nothing for a number that is no longer in use.
    package mutating func update<Value>(_ id: RecordID, _ change: (inout Content) -> Value) -> Value? {
        guard let index = index(of: id) else { return nil }
        // Never nil: `index(of:)` finds only slots with a content. In place, since a content is large.
        // swift-format-ignore: NeverForceUnwrap
        return change(&slots[index].content!)
    }

    /// Takes out the content of a slot where a condition holds.
    package mutating func remove(_ id: RecordID, where condition: (borrowing Content) -> Bool) -> Content? {
        guard let index = index(of: id) else { return nil }
        // Never nil: `index(of:)` finds only slots with a content.
        // swift-format-ignore: NeverForceUnwrap
        guard condition(slots[index].content!) else { return nil }
        return remove(id)
    }

    @discardableResult
    package mutating func remove(_ id: RecordID) -> Content? {
        guard let index = index(of: id), let content = slots[index].content.take() else { return nil }
        slots[index].generation = slots[index].generation == .max ? 1 : slots[index].generation + 1
        free.append(UInt32(index))
        return content
    }

    /// The numbers in use, from the lowest index.
    package var ids: [RecordID] {
        slots.indices.compactMap { index in
            slots[index].content == nil ? nil : Self.id(UInt32(index), slots[index].generation)
        }
    }

    private func index(of id: RecordID) -> Int? {
        let index = Int(id.rawValue & 0xFFFF_FFFF)
        guard index < slots.count, slots[index].generation == UInt32(id.rawValue >> 32), slots[index].content != nil
        else { return nil }
        return index
    }

    private static func id(_ index: UInt32, _ generation: UInt32) -> RecordID {
        RecordID(rawValue: UInt64(generation) << 32 | UInt64(index))
    }
}
