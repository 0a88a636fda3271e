import JSONTape

extension JSONTape.Kind {
    static let all: [JSONTape.Kind] = [.null, .false, .true, .number, .string, .array, .object]

    /// Returns the literal of a set of kinds, one bit for each.
    static func mask(_ kinds: some Sequence<JSONTape.Kind>) -> String {
        let bits = kinds.reduce(UInt8(0)) { $0 | 1 << $1.rawValue }
        return "0b" + String(bits, radix: 2)
    }
}
