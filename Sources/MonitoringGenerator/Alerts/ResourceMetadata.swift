/// The metadata of a Kubernetes resource beside its name.
package struct ResourceMetadata: Sendable {
    /// A label, by which an operator selects resources: `release=monitoring`.
    package struct Label: Hashable, Sendable {
        package var name: String
        package var value: String

        /// Reads `name=value`; `nil` where Kubernetes would reject it.
        package init?(_ text: String) {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let value = parts.last, let key = parts.first, Self.isName(key),
                value.isEmpty || Self.isWord(value)
            else { return nil }
            name = key
            self.value = value
        }

        /// Returns a word, which a DNS subdomain and a slash may precede.
        private static func isName(_ text: String) -> Bool {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard let word = parts.last, parts.count <= 2, isWord(word) else { return false }
            return parts.count == 1 || isSubdomain(parts[0])
        }

        private static func isSubdomain(_ text: String) -> Bool {
            text.utf8.count <= 253
                && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isDNSLabel(String($0)) }
        }

        /// Returns whether a string has only letters, digits, `-`, `_` and `.`, with a letter or digit at either end.
        private static func isWord(_ text: String) -> Bool {
            guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= 63 else { return false }
            return isLetterOrDigit(first) && isLetterOrDigit(last)
                && text.utf8.allSatisfy { isLetterOrDigit($0) || "-_.".utf8.contains($0) }
        }
    }

    /// A namespace's name: a DNS label.
    package struct Namespace: Hashable, Sendable {
        package var name: String

        /// Creates the metadata of a resource.
        ///
        /// - Returns: `nil` where Kubernetes would reject the name.
        package init?(_ name: String) {
            guard isDNSLabel(name) else { return nil }
            self.name = name
        }
    }

    package var namespace: Namespace?
    package var labels: [Label]

    package init(namespace: Namespace? = nil, labels: [Label] = []) {
        self.namespace = namespace
        self.labels = labels
    }
}

/// Returns whether a string is a DNS label (RFC 1123): lower case letters, digits and inner hyphens.
private func isDNSLabel(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= 63 else { return false }
    let hyphen = UInt8(ascii: "-")
    return first != hyphen && last != hyphen && text == text.lowercased()
        && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == hyphen }
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
}
