/// A search of bytes for one of several strings, in one pass.
package struct ByteSearch: Sendable {
    /// The strings by their first byte.
    private var texts = [[[UInt8]]](repeating: [], count: 256)

    package init(_ texts: [String]) {
        for text in texts {
            guard let first = text.utf8.first else { continue }
            self.texts[Int(first)].append(Array(text.utf8))
        }
    }

    /// Returns whether a string contains one of the texts.
    package func isFound(in text: String) -> Bool { isFound(in: Array(text.utf8)[...]) }

    func isFound(in bytes: ArraySlice<UInt8>) -> Bool {
        bytes.indices.contains { index in
            texts[Int(bytes[index])].contains { bytes[index...].starts(with: $0) }
        }
    }
}
