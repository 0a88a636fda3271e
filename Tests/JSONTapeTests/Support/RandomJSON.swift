import TestSupport

import JSONTape

extension SeededGenerator {
    /// Any JSON value, with strings and numbers of all sorts.
    mutating func value(depth: Int = 4) -> JSONValue {
        switch below(depth > 0 ? 8 : 5) {
        case 0: .null
        case 1: .bool(Bool.random(using: &self))
        case 2, 3: .number(number())
        case 4: .string(string())
        case 5: .array((0..<below(5)).map { _ in value(depth: depth - 1) })
        default: .object(JSONObject((0..<below(5)).map { _ in (string(), value(depth: depth - 1)) }))
        }
    }

    mutating func number() -> JSONNumber {
        switch below(5) {
        case 0: return JSONNumber(below(2000) - 1000)
        case 1: return JSONNumber(Int64(truncatingIfNeeded: next()))
        case 2: return JSONNumber(next())
        case 3: return JSONNumber(Double(bitPattern: next())) ?? 0.5
        default: return JSONNumber(literal: numberText()) ?? 0
        }
    }

    /// A number as the grammar of RFC 8259, section 6 has it, in any notation.
    mutating func numberText() -> String {
        var text = pick(["", "-"])
        text += pick(["0", "\(1 + below(9))" + digits(below(25))])
        if Bool.random(using: &self) { text += "." + digits(1 + below(20)) }
        if Bool.random(using: &self) { text += pick(["e", "E"]) + pick(["", "+", "-"]) + digits(1 + below(3)) }
        return text
    }

    mutating func digits(_ count: Int) -> String {
        String((0..<count).map { _ in Character("\(below(10))") })
    }

    mutating func string() -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<pick([0, 1, 3, 7, 8, 9, 20]) {
            let limit: UInt32 = pick([0x20, 0x80, 0x80, 0x80, 0x800, 0x10000, 0x110000])
            if let scalar = Unicode.Scalar(UInt32(below(Int(limit)))) { text.append(scalar) }
        }
        return String(text)
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    /// A few random changes to a text: bytes set, removed, doubled, or put in from JSON's own alphabet.
    mutating func mutate(_ text: [UInt8]) -> [UInt8] {
        var bytes = text
        let alphabet =
            Array(#"{}[]:,"\/-+.0123456789eEtrufalsn bd"#.utf8) + [0x00, 0x0A, 0x1F, 0x7F, 0x80, 0xC3, 0xED, 0xFF]
        for _ in 0..<(1 + below(3)) {
            guard !bytes.isEmpty else { return [pick(alphabet)] }
            let place = below(bytes.count)
            switch below(5) {
            case 0: bytes[place] = pick(alphabet)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(pick(alphabet), at: place)
            case 3: bytes.removeSubrange(place...)
            default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + below(8))], at: place)
            }
        }
        return bytes
    }
}
