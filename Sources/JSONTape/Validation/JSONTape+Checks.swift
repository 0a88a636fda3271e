// Conditions that generated validators ask for again and again.

extension JSONTape {
    // MARK: Kinds

    /// Returns whether a value's kind is one of a set.
    ///
    /// - Parameter kinds: A bit for each kind, the lowest for the kind with the raw value 0.
    @inlinable @inline(__always)
    public func kind(at index: Index, isIn kinds: UInt8) -> Bool {
        kinds &>> kind(at: index).rawValue & 1 != 0
    }

    // MARK: Strings

    /// Returns the first eight bytes of a string as a little-endian word; of a shorter string, the rest is zero.
    @inlinable @inline(__always)
    public func head(of index: Index) -> UInt64 {
        let node = node(index)
        // In bounds: the text has a padding of more than eight bytes.
        let word = UnsafeRawPointer(bytes + Int(node.offset)).loadUnaligned(as: UInt64.self).littleEndian
        return node.length >= 8 ? word : word & ((1 &<< (UInt64(node.length) &* 8)) &- 1)
    }

    /// Returns the last eight bytes of a string of at least eight bytes, as a little-endian word; 0 for a shorter one.
    @inlinable @inline(__always)
    public func tail(of index: Index) -> UInt64 {
        let node = node(index)
        guard node.length >= 8 else { return 0 }
        return UnsafeRawPointer(bytes + Int(node.offset) + Int(node.length) - 8).loadUnaligned(as: UInt64.self)
            .littleEndian
    }

    /// Returns whether a value is a string of up to eight bytes with a string.
    ///
    /// - Parameter head: The text's bytes as a little-endian word.
    @inlinable @inline(__always)
    public func string(at index: Index, is head: UInt64, length: Int) -> Bool {
        kind(at: index) == .string && count(at: index) == length && self.head(of: index) == head
    }

    /// Returns the value of an object's member with a name of up to eight bytes; `nil` where it has none.
    ///
    /// - Parameter head: The name's bytes as a little-endian word.
    public func member(of object: Index, named head: UInt64, length: Int) -> Index? {
        guard kind(at: object) == .object else { return nil }
        var key = first(in: object)
        let end = end(of: object)
        while key != end {
            let value = value(ofKey: key)
            if count(at: key) == length, self.head(of: key) == head { return value }
            key = self.end(of: value)
        }
        return nil
    }

    /// Returns whether a string of nine to sixteen bytes has a string of the same length.
    ///
    /// - Parameters:
    ///   - head: The text's first eight bytes as a little-endian word.
    ///   - tail: The text's last eight bytes.
    @inlinable @inline(__always)
    public func text(at index: Index, is head: UInt64, _ tail: UInt64) -> Bool {
        self.head(of: index) == head && self.tail(of: index) == tail
    }

    /// Returns whether a string has a longer text of the same length.
    ///
    /// - Parameter head: The text's first eight bytes as a little-endian word.
    @inlinable @inline(__always)
    public func text(at index: Index, is head: UInt64, _ text: StaticString) -> Bool {
        self.head(of: index) == head && self.text(at: index, is: text)
    }

    /// Returns whether a string is equal to a longer text.
    @inline(never)
    public func text(at index: Index, is literal: StaticString) -> Bool {
        string(at: index, is: literal)
    }

    /// Returns whether a string has at least some number of Unicode scalars.
    @inlinable @inline(__always)
    public func string(at index: Index, hasAtLeast count: Int) -> Bool {
        let length = self.count(at: index)
        // A scalar has one to four bytes.
        return length >= count && (length &>> 2 >= count || scalarCount(at: index) >= count)
    }

    /// Returns whether a string has at most some number of Unicode scalars.
    @inlinable @inline(__always)
    public func string(at index: Index, hasAtMost count: Int) -> Bool {
        self.count(at: index) <= count || scalarCount(at: index) <= count
    }

    // MARK: Numbers

    /// Returns whether a value is a number equal to an integer.
    public func number(at index: Index, is value: Int64) -> Bool {
        guard kind(at: index) == .number else { return false }
        return compare(index, to: value) == 0
    }

    /// Returns whether a number is not less than an integer.
    public func number(at index: Index, isAtLeast limit: Int64) -> Bool { compare(index, to: limit) >= 0 }

    /// Returns whether a number is not greater than an integer.
    public func number(at index: Index, isAtMost limit: Int64) -> Bool { compare(index, to: limit) <= 0 }

    /// Returns whether a number is greater than an integer.
    public func number(at index: Index, isMoreThan limit: Int64) -> Bool { compare(index, to: limit) > 0 }

    /// Returns whether a number is less than an integer.
    public func number(at index: Index, isLessThan limit: Int64) -> Bool { compare(index, to: limit) < 0 }

    private func compare(_ index: Index, to limit: Int64) -> Int {
        if let found = shortInteger(at: index) { return found < limit ? -1 : found == limit ? 0 : 1 }
        let found = number(at: index)
        let limit = JSONNumber(limit)
        return found < limit ? -1 : found == limit ? 0 : 1
    }

    /// Returns whether a number is a whole number of times an integer.
    public func number(at index: Index, isMultipleOf divisor: Int64) -> Bool {
        if let found = shortInteger(at: index) { return divisor != 0 && found.isMultiple(of: divisor) }
        return number(at: index).isMultiple(of: JSONNumber(divisor))
    }

    // MARK: Containers

    /// Returns whether no two elements of an array are equal.
    public func hasDifferentElements(_ array: Index) -> Bool { firstDuplicate(in: array) == nil }

    /// Returns the number of an array's elements or an object's members; 0 for other values.
    public func childCount(of index: Index) -> Int {
        kind(at: index, isIn: 0b110_0000) ? count(at: index) : 0
    }
}

/// A value that a schema states, read from JSON once.
public struct PreparedValue: Sendable {
    private let value: JSONValue

    /// Reads a value that the generator has written.
    public init(_ json: StaticString) {
        let text = UnsafeBufferPointer(start: json.utf8Start, count: json.utf8CodeUnitCount)
        // The generator writes values that are valid and have no duplicate members; another text is equal to no value of
        // a message that a reader would accept.
        value = (try? JSONTape(parsing: text).value(at: .root)) ?? .null
    }

    /// Returns whether a value on a tape is equal to the prepared one.
    public func equals(_ node: JSONTape.Index, of tape: borrowing JSONTape) -> Bool {
        tape.value(at: node, equals: value)
    }
}
