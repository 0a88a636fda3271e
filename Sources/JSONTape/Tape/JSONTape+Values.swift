// The values of nodes, which are computed on demand.

extension JSONTape {
    // MARK: Strings

    /// Returns the bytes of a string or another scalar. In bounds, because `offset` and `length` are what the parser
    /// stepped over (a container's length, a count of values, is less than its bytes); good until the tape parses
    /// again.
    @inlinable
    func text(of node: Node) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes + Int(node.offset), count: Int(node.length))
    }

    /// Returns a string's value, or the text of another scalar; empty for an array or object.
    @inlinable
    public func string(at index: Index) -> String {
        let node = node(index)
        guard node.kind != .array, node.kind != .object else { return "" }
        return String(decoding: text(of: node), as: UTF8.self)
    }

    /// Returns the result of ``string(at:)``, truncated to a maximum number of bytes of UTF-8 after a whole scalar.
    package func prefix(ofStringAt index: Index, bytes limit: Int) -> String {
        let node = node(index)
        guard node.length > limit, node.kind != .array, node.kind != .object else { return string(at: index) }
        let text = text(of: node)
        var end = limit
        while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: text[..<end], as: UTF8.self)
    }

    /// Returns whether a string has exactly these bytes. Meant for literals: the comparison becomes a few loads.
    @inlinable @inline(__always)
    public func string(at index: Index, is literal: StaticString) -> Bool {
        let node = node(index)
        guard node.kind == .string, Int(node.length) == literal.utf8CodeUnitCount else { return false }
        return equal(
            UnsafeRawPointer(bytes + Int(node.offset)), UnsafeRawPointer(literal.utf8Start),
            count: literal.utf8CodeUnitCount)
    }

    /// Returns whether a string has exactly the bytes of another.
    public func string(at index: Index, equals other: String) -> Bool {
        let node = node(index)
        guard node.kind == .string, Int(node.length) == other.utf8.count else { return false }
        let same = other.utf8.withContiguousStorageIfAvailable { other in
            guard let start = other.baseAddress else { return true }
            return equal(UnsafeRawPointer(bytes + Int(node.offset)), UnsafeRawPointer(start), count: other.count)
        }
        return same ?? text(of: node).elementsEqual(other.utf8)
    }

    /// Compares with loads of up to eight bytes, the last of which overlaps the one before, so none passes the end.
    @inlinable @inline(__always)
    func equal(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, count: Int) -> Bool {
        if count >= 8 {
            var offset = 0
            while offset &+ 8 <= count {
                guard matches(left, right, at: offset, as: UInt64.self) else { return false }
                offset &+= 8
            }
            return offset == count || matches(left, right, at: count &- 8, as: UInt64.self)
        }
        if count >= 4 {
            return matches(left, right, at: 0, as: UInt32.self) && matches(left, right, at: count &- 4, as: UInt32.self)
        }
        if count >= 2 {
            return matches(left, right, at: 0, as: UInt16.self) && matches(left, right, at: count &- 2, as: UInt16.self)
        }
        return count == 0 || matches(left, right, at: 0, as: UInt8.self)
    }

    @inlinable @inline(__always)
    func matches<Word: FixedWidthInteger & BitwiseCopyable>(
        _ left: UnsafeRawPointer, _ right: UnsafeRawPointer, at offset: Int, as word: Word.Type
    ) -> Bool {
        left.loadUnaligned(fromByteOffset: offset, as: word) == right.loadUnaligned(fromByteOffset: offset, as: word)
    }

    /// Returns a string's length in Unicode scalars: what `minLength` and `maxLength` count (JSON Schema 2020-12
    /// validation, section 6.3).
    public func scalarCount(at index: Index) -> Int {
        let node = node(index)
        guard node.kind == .string, node.flags & Node.isSpecial != 0 else { return Int(node.length) }
        return text(of: node).reduce(0) { $0 &+ ($1 & 0xC0 != 0x80 ? 1 : 0) }
    }

    /// Returns a string's value in a format; `nil` where it has another.
    public func timestamp(at index: Index) -> Timestamp? {
        let node = node(index)
        guard node.kind == .string else { return nil }
        return Timestamp(text(of: node))
    }

    /// Returns a day in RFC 3339's `full-date`; `nil` if the value is not one.
    package func calendarDate(at index: Index) -> CalendarDate? {
        let node = node(index)
        guard node.kind == .string else { return nil }
        return CalendarDate(text(of: node))
    }

    /// Returns whether a string has a format.
    public func string(at index: Index, has format: StringFormat) -> Bool {
        let node = node(index)
        return node.kind == .string && format.matches(text(of: node))
    }

    // MARK: Numbers

    /// Returns whether a number has no fraction: `1`, but also `1.0` and `1e3` (JSON Schema 2020-12 core, section 4.2.3).
    @inlinable
    public func isInteger(at index: Index) -> Bool {
        let node = node(index)
        guard node.kind == .number else { return false }
        return node.flags == 0 || number(at: index).isInteger
    }

    /// Returns whether a number is written without fraction and exponent: an integer of JSON Schema's draft 4 (validation,
    /// section 3.5).
    @inlinable
    public func isIntegerLiteral(at index: Index) -> Bool {
        let node = node(index)
        return node.kind == .number && node.flags == 0
    }

    /// Returns a number's exact value; 0 if the value is not a number.
    public func number(at index: Index) -> JSONNumber {
        let node = node(index)
        guard node.kind == .number else { return 0 }
        let text = text(of: node)
        if let value = shortInteger(text) { return JSONNumber(value) }
        guard let decimal = Decimal(text) else { return 0 }
        return JSONNumber(decimal, literal: String(decoding: text, as: UTF8.self))
    }

    /// Returns a whole number's value; `nil` where it has a fraction or does not fit.
    public func integer(at index: Index) -> Int? {
        let node = node(index)
        guard node.kind == .number else { return nil }
        if node.flags == 0, let value = shortInteger(text(of: node)) { return Int(exactly: value) }
        return number(at: index).int64Value.flatMap(Int.init(exactly:))
    }

    /// Returns the value of a number of up to 18 digits without fraction and exponent; `nil` for another.
    package func shortInteger(at index: Index) -> Int64? {
        let node = node(index)
        guard node.kind == .number, node.flags == 0 else { return nil }
        return shortInteger(text(of: node))
    }

    /// Returns a number's nearest double; `nil` where it is beyond every finite one.
    public func double(at index: Index) -> Double? {
        let node = node(index)
        guard node.kind == .number else { return nil }
        let text = text(of: node)
        if let value = shortDouble(text) { return value }
        guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    /// Returns an integer of up to 18 digits, which can't overflow.
    private func shortInteger(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        let isNegative = text.first == UInt8(ascii: "-")
        let start = isNegative ? 1 : 0
        guard text.count - start <= 18 else { return nil }
        var value: Int64 = 0
        for byte in text[start...] {
            guard byte &- 0x30 < 10 else { return nil }
            value = value &* 10 &+ Int64(byte &- 0x30)
        }
        return isNegative ? -value : value
    }

    /// Returns a plain decimal whose digits and power of ten are both exact doubles, so that one division rounds right
    /// (Clinger, "How to Read Floating Point Numbers Accurately", 1990).
    private func shortDouble(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        let isNegative = text.first == UInt8(ascii: "-")
        let start = isNegative ? 1 : 0
        guard text.count - start <= 16 else { return nil }
        var digits: UInt64 = 0
        var fractionDigits = 0
        var inFraction = false
        for byte in text[start...] {
            if byte == UInt8(ascii: ".") {
                inFraction = true
                continue
            }
            guard byte &- 0x30 < 10 else { return nil }
            digits = digits &* 10 &+ UInt64(byte &- 0x30)
            if inFraction { fractionDigits += 1 }
        }
        guard digits < 1 << 53 else { return nil }
        let value = Double(digits) / powerOfTen(fractionDigits)
        return isNegative ? -value : value
    }

    private func powerOfTen(_ exponent: Int) -> Double {
        var power = 1.0
        for _ in 0..<exponent { power *= 10 }
        return power
    }

    // MARK: Anything

    /// Returns a value of any kind, with all it holds.
    public func value(at index: Index) throws(JSONDecodingError) -> JSONValue {
        switch kind(at: index) {
        case .null: .null
        case .false: .bool(false)
        case .true: .bool(true)
        case .number: .number(number(at: index))
        case .string: .string(string(at: index))
        case .array: .array(try array(at: index))
        case .object: .object(try object(at: index))
        }
    }

    private func array(at index: Index) throws(JSONDecodingError) -> [JSONValue] {
        var elements: [JSONValue] = []
        elements.reserveCapacity(count(at: index))
        var element = first(in: index)
        let end = end(of: index)
        while element != end {
            elements.append(try value(at: element))
            element = self.end(of: element)
        }
        return elements
    }

    /// Returns an object with all it holds. Two members of one name are an error: which of them a reader would get is
    /// anyone's guess (RFC 8259, section 4).
    public func object(at index: Index) throws(JSONDecodingError) -> JSONObject {
        guard kind(at: index) == .object else { throw mismatch(at: index, expected: "an object") }
        var object = JSONObject()
        var key = first(in: index)
        let end = end(of: index)
        while key != end {
            let name = string(at: key)
            guard object[name] == nil else {
                throw JSONDecodingError(.duplicateMember(name), at: pointer(to: index))
            }
            let value = value(ofKey: key)
            do { object[name] = try self.value(at: value) } catch { throw hidingName(error, in: index) }
            key = self.end(of: value)
        }
        return object
    }
}
