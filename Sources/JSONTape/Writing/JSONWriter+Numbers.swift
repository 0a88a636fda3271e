extension JSONWriter {
    public mutating func write(_ value: Int) {
        write(Int64(value))
    }

    public mutating func write(_ value: Int64) {
        if value < 0 { write(byte: UInt8(ascii: "-")) }
        write(magnitude: value.magnitude)
    }

    private mutating func write(magnitude: UInt64) {
        reserve(20)
        var length = 1
        var bound: UInt64 = 10
        while magnitude >= bound, length < 20 {
            length &+= 1
            bound = bound &* 10
        }
        var end = bytes + count + length
        count &+= length
        var rest = magnitude
        while rest >= 100 {
            end -= 2
            let pair = DecimalDigits.two(UInt32(truncatingIfNeeded: rest % 100))
            UnsafeMutableRawPointer(end).storeBytes(of: pair.littleEndian, as: UInt16.self)
            rest /= 100
        }
        if rest >= 10 {
            let pair = DecimalDigits.two(UInt32(truncatingIfNeeded: rest))
            UnsafeMutableRawPointer(end - 2).storeBytes(of: pair.littleEndian, as: UInt16.self)
        } else {
            (end - 1).initialize(to: UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest))
        }
    }

    /// Writes the shortest text that reads back as this value.
    public mutating func write(_ value: Double) {
        if let thousandths = Int64(exactly: value * 1000), thousandths.magnitude < 1_000_000_000_000_000,
            Double(thousandths) / 1000 == value
        {
            write(thousandths: thousandths, isNegative: value.sign == .minus)
        } else if let integer = Int64(exactly: value), integer.magnitude < 1 << 53 {
            write(integer)
        } else if value.isFinite {
            write(raw: value.jsonDescription)
        } else {
            fail(.nonFiniteNumber)
            write(literal: "null")
        }
    }

    /// Writes a double that is this many thousandths, in at most 15 digits: no two such strings are one double, so that
    /// this is the shortest once its last zeros are cut off.
    private mutating func write(thousandths: Int64, isNegative: Bool) {
        if isNegative { write(byte: UInt8(ascii: "-")) }
        let whole = thousandths.magnitude / 1000
        let fraction = UInt32(truncatingIfNeeded: thousandths.magnitude &- whole &* 1000)
        write(magnitude: whole)
        guard fraction > 0 else { return }
        reserve(9)
        let end = bytes + count
        UnsafeMutableRawPointer(end).storeBytes(
            of: DecimalDigits.eight(fraction &* 100_000).littleEndian &<< 8, as: UInt64.self)
        end.initialize(to: UInt8(ascii: "."))
        count &+= fraction % 10 != 0 ? 4 : fraction % 100 != 0 ? 3 : 2
    }

    public mutating func write(_ value: JSONNumber) {
        if case .integer(let integer) = value.storage { write(integer) } else { write(raw: value.description) }
    }

    private mutating func write(raw text: String) {
        var text = text
        text.withUTF8 { buffer in
            guard let start = buffer.baseAddress else { return }
            reserve(buffer.count)
            (bytes + count).initialize(from: start, count: buffer.count)
            count += buffer.count
        }
    }
}
