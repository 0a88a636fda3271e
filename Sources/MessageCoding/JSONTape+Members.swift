public import JSONTape

// The functions with which generated code reads nullable values, unions, tuples and unnamed members.

extension JSONTape {
    /// Returns whether a value is `null`.
    @inlinable
    public func isNull(at index: Index) -> Bool { kind(at: index) == .null }

    /// Returns a value, or `nil` for `null`.
    public func decodeOptional<Value>(
        at index: Index, _ value: (borrowing JSONTape, Index) throws(JSONDecodingError) -> Value
    ) throws(JSONDecodingError) -> Value? {
        isNull(at: index) ? nil : try value(self, index)
    }

    /// Returns the value of a member that is present, or `null`.
    public func decodeNullable<Value>(
        at index: Index, _ value: (borrowing JSONTape, Index) throws(JSONDecodingError) -> Value
    ) throws(JSONDecodingError) -> Nullable<Value> {
        isNull(at: index) ? .null : .value(try value(self, index))
    }

    public func decode(_ type: JSONNull.Type, at index: Index) throws(JSONDecodingError) -> JSONNull {
        try JSONNull(json: self, at: index)
    }

    public func decode(_ type: JSONNumber.Type, at index: Index) throws(JSONDecodingError) -> JSONNumber {
        guard kind(at: index) == .number else { throw mismatch(at: index, expected: "a number") }
        return number(at: index)
    }

    public func decode(_ type: UInt64.Type, at index: Index) throws(JSONDecodingError) -> UInt64 {
        guard kind(at: index) == .number, let value = number(at: index).uint64Value else {
            throw mismatch(at: index, expected: "a whole number from 0 that fits 64 bits")
        }
        return value
    }

    /// Returns the value of an object's member; of several with the name, the last. `nil` for other values.
    public func member(_ name: StaticString, of object: Index) -> Index? {
        guard kind(at: object) == .object else { return nil }
        var found: Index?
        var key = first(in: object)
        let end = end(of: object)
        while key != end {
            let value = self.value(ofKey: key)
            if count(at: key) == name.utf8CodeUnitCount, string(at: key, is: name) { found = value }
            key = self.end(of: value)
        }
        return found
    }

    /// Returns whether a value is a certain string.
    public func isString(at index: Index, _ text: StaticString) -> Bool {
        kind(at: index) == .string && string(at: index, is: text)
    }

    /// Returns the elements of an array.
    public func elements(of array: Index) throws(JSONDecodingError) -> [Index] {
        try decodeArray(at: array) { (_, element) throws(JSONDecodingError) in element }
    }

    /// Returns the members of an object that a table does not name, each value read by a closure.
    public func decodeMembers<Value>(
        of object: Index, besides names: NameTable,
        _ value: (borrowing JSONTape, Index) throws(JSONDecodingError) -> Value
    ) throws(JSONDecodingError) -> [String: Value] {
        var members: [String: Value] = [:]
        var key = first(in: object)
        let end = end(of: object)
        while key != end {
            let member = self.value(ofKey: key)
            if names.position(of: key, in: self) == nil {
                let name = string(at: key)
                guard members.index(forKey: name) == nil else {
                    throw JSONDecodingError(.equivalentMembers(name), at: pointer(to: object))
                }
                do { members[name] = try value(self, member) } catch { throw hidingName(error, in: object) }
            }
            key = self.end(of: member)
        }
        return members
    }

    /// Returns the members of an object that a table does not name.
    public func decodeMembers(
        of object: Index, besides names: NameTable
    ) throws(JSONDecodingError) -> JSONObject {
        var members = JSONObject()
        var key = first(in: object)
        let end = end(of: object)
        while key != end {
            let member = self.value(ofKey: key)
            if names.position(of: key, in: self) == nil {
                do { members[string(at: key)] = try self.value(at: member) } catch {
                    throw hidingName(error, in: object)
                }
            }
            key = self.end(of: member)
        }
        return members
    }
}
