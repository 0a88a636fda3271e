// The forms that the generator writes regular expressions in. A value that is not a string matches none.

extension JSONTape {
    /// Returns whether a string matches a regular expression in the form of a table.
    public func string(at index: Index, matches table: borrowing PatternTable) -> Bool {
        let node = node(index)
        return node.kind == .string && table.matches(text(of: node))
    }

    /// Returns whether a string matches a regular expression of a fixed length.
    public func string(at index: Index, matches shape: borrowing PatternShape) -> Bool {
        let node = node(index)
        return node.kind == .string && shape.matches(text(of: node))
    }

    /// Returns whether a string matches a regular expression that is too large for a table.
    public func string(at index: Index, matches simulation: borrowing PatternSimulation) -> Bool {
        let node = node(index)
        return node.kind == .string && simulation.matches(text(of: node))
    }

    /// Returns whether a string matches a compiled regular expression.
    package func string(at index: Index, matches pattern: borrowing StringPattern) -> Bool {
        let node = node(index)
        return node.kind == .string && pattern.matches(text(of: node))
    }

    /// Returns whether a string consists of a number of ASCII characters of one set.
    ///
    /// - Parameters:
    ///   - low: A bit for each of the characters 0 to 63 in the set, the lowest for 0.
    ///   - high: A bit for each of the characters 64 to 127.
    public func string(
        at index: Index, consistsOf low: UInt64, _ high: UInt64, least: Int = 0, most: Int = .max
    ) -> Bool {
        let node = node(index)
        return node.kind == .string
            && TextMatcher.consists(text(of: node), low: low, high: high, least: least, most: most)
    }

    /// Returns whether a string begins with a string.
    @inlinable
    public func string(at index: Index, hasPrefix prefix: StaticString) -> Bool {
        let node = node(index)
        guard node.kind == .string, Int(node.length) >= prefix.utf8CodeUnitCount else { return false }
        return equal(
            UnsafeRawPointer(bytes + Int(node.offset)), UnsafeRawPointer(prefix.utf8Start),
            count: prefix.utf8CodeUnitCount)
    }

    /// Returns whether a string ends with a string.
    @inlinable
    public func string(at index: Index, hasSuffix suffix: StaticString) -> Bool {
        let node = node(index)
        let count = suffix.utf8CodeUnitCount
        guard node.kind == .string, Int(node.length) >= count else { return false }
        return equal(
            UnsafeRawPointer(bytes + Int(node.offset) + Int(node.length) - count), UnsafeRawPointer(suffix.utf8Start),
            count: count)
    }

    /// Returns whether a string is part of a string.
    public func string(at index: Index, contains part: StaticString) -> Bool {
        let node = node(index)
        let part = UnsafeBufferPointer(start: part.utf8Start, count: part.utf8CodeUnitCount)
        return node.kind == .string && TextMatcher.contains(text(of: node), part)
    }
}
