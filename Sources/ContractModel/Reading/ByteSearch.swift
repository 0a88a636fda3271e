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

    package func isFound(in text: String) -> Bool {
        var text = text
        return text.withUTF8 { isFound(in: $0) }
    }

    func isFound(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        // A loop over the indices takes several times as long in a debug build.
        while index < bytes.count {
            for text in texts[Int(bytes[index])] where bytes[index...].starts(with: text) { return true }
            index += 1
        }
        return false
    }
}
