import JSONTape

/// A generator of the same numbers in each run (SplitMix64), so that a failure can be met again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Random JSON values and damaged texts.
enum RandomJSON {
    static func value(depth: Int = 4, using generator: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .number(JSONNumber(Int64.random(in: .min ... .max, using: &generator)))
        case 3: return .number(number(using: &generator))
        case 4, 5: return .string(string(using: &generator))
        case 6:
            return .array(
                (0..<Int.random(in: 0...4, using: &generator)).map { _ in value(depth: depth - 1, using: &generator) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                object[string(using: &generator)] = value(depth: depth - 1, using: &generator)
            }
            return .object(object)
        }
    }

    static func number(using generator: inout SeededGenerator) -> JSONNumber {
        while true {
            let bits = Double(bitPattern: generator.next())
            let value =
                Bool.random(using: &generator) ? bits : Double(Int.random(in: -9999...9999, using: &generator)) / 8
            if let number = JSONNumber(value) { return number }
        }
    }

    static func string(using generator: inout SeededGenerator) -> String {
        let alphabet: [Unicode.Scalar] = [
            "a", "Z", "0", " ", "\"", "\\", "/", "\n", "\u{1}", "\u{7F}", "é", "漢", "😀", "\u{200D}",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0...20, using: &generator) {
            let scalar = alphabet.randomElement(using: &generator) ?? "a"
            text.unicodeScalars.append(scalar)
        }
        return text
    }

    /// A text with some of its bytes changed, removed, doubled or cut off.
    static func damaged(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: bytes.indices, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
            case 1: bytes[index] = Array("{}[]\",:\\u0tfn-.eE1 \0".utf8).randomElement(using: &generator) ?? 0
            case 2: bytes.remove(at: index)
            case 3: bytes.insert(bytes[index], at: index)
            default: bytes.removeSubrange(index...)
            }
        }
        return bytes
    }
}
