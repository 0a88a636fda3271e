// JSON equality (JSON Schema 2020-12 core, section 4.2.2): numbers by value, strings scalar by scalar, objects without
// regard to order.

extension JSONTape {
    /// Returns whether a value on the tape is equal to another value.
    ///
    /// The recursion is as deep as `value` is.
    public func value(at index: Index, equals value: JSONValue) -> Bool {
        switch (kind(at: index), value) {
        case (.null, .null): return true
        case (.false, .bool(let value)): return !value
        case (.true, .bool(let value)): return value
        case (.number, .number(let value)): return number(at: index) == value
        case (.string, .string(let value)): return string(at: index, equals: value)
        case (.array, .array(let values)):
            guard count(at: index) == values.count else { return false }
            var element = first(in: index)
            for value in values {
                guard self.value(at: element, equals: value) else { return false }
                element = end(of: element)
            }
            return true
        case (.object, .object(let object)):
            guard count(at: index) == object.count else { return false }
            var key = first(in: index)
            let end = end(of: index)
            while key != end {
                let member = self.value(ofKey: key)
                guard let value = object[string(at: key)], self.value(at: member, equals: value) else { return false }
                key = self.end(of: member)
            }
            return true
        default: return false
        }
    }

    /// Returns whether two values on the tape are equal.
    public func value(at left: Index, equals right: Index) -> Bool {
        guard left != right else { return true }
        let kind = kind(at: left)
        guard kind == self.kind(at: right) else { return false }
        switch kind {
        case .null, .true, .false: return true
        case .number: return number(at: left) == number(at: right)
        case .string: return string(at: left, equalsStringAt: right)
        case .array:
            guard count(at: left) == count(at: right) else { return false }
            var element = first(in: left)
            var other = first(in: right)
            let end = end(of: left)
            while element != end {
                guard value(at: element, equals: other) else { return false }
                element = self.end(of: element)
                other = self.end(of: other)
            }
            return true
        case .object: return objectsAreEqual(left, right)
        }
    }

    private func string(at left: Index, equalsStringAt right: Index) -> Bool {
        let left = node(left)
        let right = node(right)
        guard left.length == right.length else { return false }
        return equal(
            UnsafeRawPointer(bytes + Int(left.offset)), UnsafeRawPointer(bytes + Int(right.offset)),
            count: Int(left.length))
    }

    /// Compares objects member by member: by a sort of the names' indices, so that wide objects stay cheap.
    private func objectsAreEqual(_ left: Index, _ right: Index) -> Bool {
        guard count(at: left) == count(at: right) else { return false }
        let leftKeys = sortedKeys(of: left)
        let rightKeys = sortedKeys(of: right)
        for (key, other) in zip(leftKeys, rightKeys) {
            guard string(at: key, equalsStringAt: other),
                value(at: value(ofKey: key), equals: value(ofKey: other))
            else { return false }
        }
        return true
    }

    private func sortedKeys(of object: Index) -> [Index] {
        var keys: [Index] = []
        keys.reserveCapacity(count(at: object))
        var key = first(in: object)
        let end = end(of: object)
        while key != end {
            keys.append(key)
            key = self.end(of: value(ofKey: key))
        }
        // `sort` takes an escaping view of the tape's bytes: good while the tape is borrowed here.
        let nodes = nodes
        let bytes = bytes
        keys.sort { left, right in
            let left = nodes[Int(left.raw)]
            let right = nodes[Int(right.raw)]
            let leftText = UnsafeBufferPointer(start: bytes + Int(left.offset), count: Int(left.length))
            let rightText = UnsafeBufferPointer(start: bytes + Int(right.offset), count: Int(right.length))
            return leftText.lexicographicallyPrecedes(rightText)
        }
        return keys
    }
}
