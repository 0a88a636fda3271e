/// Names for what generated code declares for itself.
enum SwiftLocal {
    /// Returns the first of some names that is not taken; where all are, the last with a number.
    static func name(_ names: [String], besides taken: Set<String>) -> String {
        let last = names.last ?? "value"
        // One more than can be taken: one of them is free.
        let numbered = (2...taken.count + 2).lazy.map { "\(last)\($0)" }
        return names.first { !taken.contains($0) } ?? numbered.first { !taken.contains($0) } ?? last
    }
}
