extension JSONTape {
    /// Returns a value in a few words, for a failure's message. A long string or number is cut short.
    package func summary(of index: Index) -> String {
        switch kind(at: index) {
        case .null: "null"
        case .true: "true"
        case .false: "false"
        case .array: "an array"
        case .object: "an object"
        case .number: abbreviated(index)
        case .string: "'\(abbreviated(index))'"
        }
    }

    private func abbreviated(_ index: Index) -> String {
        count(at: index) <= 64 ? string(at: index) : prefix(ofStringAt: index, bytes: 61) + "..."
    }
}
