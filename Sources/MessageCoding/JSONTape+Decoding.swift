public import JSONTape

// The functions with which generated code reads a property: they return its Swift value, or throw an error with the place.

extension JSONTape {
    public func decode(_ type: String.Type, at index: Index) throws(JSONDecodingError) -> String {
        guard kind(at: index) == .string else { throw mismatch(at: index, expected: "a string") }
        return string(at: index)
    }

    public func decode(_ type: Bool.Type, at index: Index) throws(JSONDecodingError) -> Bool {
        switch kind(at: index) {
        case .true: true
        case .false: false
        case .null, .number, .string, .array, .object: throw mismatch(at: index, expected: "a boolean")
        }
    }

    public func decode(_ type: Int.Type, at index: Index) throws(JSONDecodingError) -> Int {
        guard let value = integer(at: index) else {
            throw mismatch(at: index, expected: "a whole number that fits 64 bits")
        }
        return value
    }

    public func decode(_ type: Double.Type, at index: Index) throws(JSONDecodingError) -> Double {
        guard let value = double(at: index) else { throw mismatch(at: index, expected: "a number that a double holds") }
        return value
    }

    public func decode(_ type: Timestamp.Type, at index: Index) throws(JSONDecodingError) -> Timestamp {
        guard let value = timestamp(at: index) else {
            // A date-time that the format allows may still be finer than what a timestamp holds.
            let isTooFine = string(at: index, has: .dateTime)
            throw mismatch(
                at: index,
                expected: isTooFine
                    ? "at most \(Timestamp.maximumFractionDigits) digits of a second's fraction"
                    : "an RFC 3339 date-time")
        }
        return value
    }

    public func decode(_ type: CalendarDate.Type, at index: Index) throws(JSONDecodingError) -> CalendarDate {
        guard let value = calendarDate(at: index) else { throw mismatch(at: index, expected: "an RFC 3339 date") }
        return value
    }

    public func decode(_ type: JSONValue.Type, at index: Index) throws(JSONDecodingError) -> JSONValue {
        try value(at: index)
    }

    public func decode(_ type: JSONObject.Type, at index: Index) throws(JSONDecodingError) -> JSONObject {
        try object(at: index)
    }

    /// Returns an array, each element read by a closure.
    public func decodeArray<Element>(
        at index: Index, _ element: (borrowing JSONTape, Index) throws(JSONDecodingError) -> Element
    ) throws(JSONDecodingError) -> [Element] {
        guard kind(at: index) == .array else { throw mismatch(at: index, expected: "an array") }
        var elements: [Element] = []
        elements.reserveCapacity(count(at: index))
        var item = first(in: index)
        let end = end(of: index)
        while item != end {
            elements.append(try element(self, item))
            item = self.end(of: item)
        }
        return elements
    }

    /// Returns an object with any names, each value read by a closure.
    ///
    /// Names that differ in JSON but are equal as Swift's strings (Unicode's canonical equivalence) are an error: a
    /// dictionary can't hold both. ``JSONObject`` can.
    public func decodeDictionary<Value>(
        at index: Index, _ value: (borrowing JSONTape, Index) throws(JSONDecodingError) -> Value
    ) throws(JSONDecodingError) -> [String: Value] {
        guard kind(at: index) == .object else { throw mismatch(at: index, expected: "an object") }
        var members: [String: Value] = [:]
        var key = first(in: index)
        let end = end(of: index)
        while key != end {
            let member = self.value(ofKey: key)
            let name = string(at: key)
            if let other = members.index(forKey: name) {
                let isSame = members.keys[other].hasSameScalars(as: name)
                throw JSONDecodingError(
                    isSame ? .duplicateMember(name) : .equivalentMembers(name), at: pointer(to: index))
            }
            do { members[name] = try value(self, member) } catch { throw hidingName(error, in: index) }
            key = self.end(of: member)
        }
        return members
    }
}
