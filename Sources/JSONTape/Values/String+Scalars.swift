// JSON's notion of equal strings. Swift's own also regards canonical equivalence, which would make two members of an
// object into one, and costs a normalization for each comparison.

extension String {
    package func hasSameScalars(as other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
    }

    /// Hashes what ``hasSameScalars(as:)`` compares.
    func hashScalars(into hasher: inout Hasher) {
        var text = self
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        // No UTF-8 has this byte, so that it separates one string from the next.
        hasher.combine(0xFF as UInt8)
    }
}

/// A name or another text that is compared as in JSON, for example as a key of a dictionary.
package struct JSONName: Hashable, Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package static func == (lhs: JSONName, rhs: JSONName) -> Bool {
        lhs.text.hasSameScalars(as: rhs.text)
    }

    package func hash(into hasher: inout Hasher) {
        text.hashScalars(into: &hasher)
    }
}
