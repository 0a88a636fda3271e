package import JSONTape
import StringFormats

/// The manifest's `encryption`: how the categories of sensitive values are encrypted.
package struct EncryptionDeclaration: Sendable {
    /// The keys of a category.
    package struct Keys: Hashable, Sendable {
        package var scheme: Scheme
        /// The name of the keys.
        package var name: String
    }

    package enum Scheme: String, CaseIterable, Sendable {
        case aes256GCM = "aes-256-gcm"
        case fernet
    }

    package struct Category: Sendable {
        package var name: Located<String>
        /// `nil` where values are sent in clear.
        package var keys: Keys?
    }

    package var location: SourceLocation
    /// Whether all sensitive values are sent in clear.
    package var isNone = false
    package var categories: [Category] = []
    /// The property that is `true` where values are encrypted.
    package var marker: Located<JSONPointer>?

    /// The keys of all categories, each once.
    package var keys: [Keys] {
        var seen: Set<Keys> = []
        return categories.compactMap(\.keys).filter { seen.insert($0).inserted }
    }
}

/// A sensitive property, as the manifest declares it.
package struct SensitiveDeclaration: Sendable {
    /// A pointer to a property, or `#` and a pointer to a schema.
    package var place: Located<String>
    package var category: String

    /// The category of what is declared sensitive without one.
    package static let defaultCategory = "sensitive"
}

// MARK: - Reading

extension EncryptionDeclaration {
    private static let none = "none"
    private static let markerKey = "marker"
    private static let ruleKeys = ["scheme", "key"]

    /// Reads `encryption`: `none`, or the keys of each category.
    static func read(_ manifest: ManifestMapping, diagnostics: inout Diagnostics) -> Self? {
        guard let node = manifest["encryption"] else { return nil }
        var declaration = EncryptionDeclaration(location: node.location)
        if case .string(let text) = node.content {
            guard text == none else {
                diagnostics.error(
                    .invalidValue, at: node.location, "'encryption' can't be '\(text)'",
                    hint: "write none, or the key of each category: {pii: {key: customer-data}}")
                return nil
            }
            declaration.isNone = true
            return declaration
        }
        guard let mapping = ManifestMapping(node, "'encryption'", keys: nil, diagnostics: &diagnostics) else {
            return nil
        }
        declaration.marker = mapping.string(markerKey, diagnostics: &diagnostics)?.pointer(diagnostics: &diagnostics)
        let entries = mapping.entries.filter { $0.key.value != markerKey }
        if entries.isEmpty {
            diagnostics.error(
                .invalidValue, at: node.location, "'encryption' is empty; expected at least one category")
        }
        // An entry with an error of its own stays, so that its category is known.
        declaration.categories = entries.map {
            category($0, diagnostics: &diagnostics) ?? Category(name: $0.key, keys: nil)
        }
        declaration.checkSchemes(diagnostics: &diagnostics)
        declaration.checkVariables(diagnostics: &diagnostics)
        if let marker = declaration.marker, !entries.isEmpty,
            entries.allSatisfy({ if case .string(none) = $0.value.content { true } else { false } })
        {
            diagnostics.error(
                .encryption, at: marker.location, "a marker without encrypted values",
                hint: "remove it, or name the key of a category")
        }
        return declaration
    }

    private static func category(_ entry: SourceNode.Entry, diagnostics: inout Diagnostics) -> Category? {
        ManifestNames.checkNotEmpty(entry.key, "a category", diagnostics: &diagnostics)
        if case .string(none) = entry.value.content { return Category(name: entry.key, keys: nil) }
        guard
            let rule = ManifestMapping(
                entry.value, "the category '\(entry.key.value)'", keys: ruleKeys, diagnostics: &diagnostics)
        else { return nil }
        let scheme = rule.choice("scheme", Scheme.allCases.map(\.rawValue), diagnostics: &diagnostics)
        guard let name = rule.requiredString("key", diagnostics: &diagnostics) else { return nil }
        ManifestNames.checkNotEmpty(name, "a key", diagnostics: &diagnostics)
        return Category(
            name: entry.key,
            keys: Keys(scheme: scheme.flatMap { Scheme(rawValue: $0.value) } ?? .aes256GCM, name: name.value))
    }

    /// Refuses a key that two categories use by different schemes.
    private func checkSchemes(diagnostics: inout Diagnostics) {
        var schemes: [String: Scheme] = [:]
        for category in categories {
            guard let keys = category.keys, let other = schemes.updateValue(keys.scheme, forKey: keys.name),
                other != keys.scheme
            else { continue }
            diagnostics.error(
                .encryption, at: category.name.location,
                "the key '\(keys.name)' is used by \(keys.scheme.rawValue) and by \(other.rawValue)",
                hint: "a key has one scheme; name another key")
        }
    }
}

extension EncryptionDeclaration {
    /// Refuses two keys that programs read from the same environment variable.
    fileprivate func checkVariables(diagnostics: inout Diagnostics) {
        // A key has two variables: its own, and the one that names a file.
        var names: [String: String] = [:]
        for category in categories {
            guard let name = category.keys?.name else { continue }
            let variables = [
                EncryptionKeyFormat.variable(ofName: name), EncryptionKeyFormat.fileVariable(ofName: name),
            ]
            if let shared = variables.first(where: { names[$0] ?? name != name }), let other = names[shared] {
                diagnostics.error(
                    .encryption, at: category.name.location,
                    "the keys '\(name)' and '\(other)' have the same variable, \(shared)",
                    hint: "rename one of them so that they differ in letters or digits")
            }
            for variable in variables { names[variable] = name }
        }
    }
}

extension SensitiveDeclaration {
    /// Reads a message's `sensitive`: categories, or `true`, by pointer.
    static func read(_ mapping: ManifestMapping, diagnostics: inout Diagnostics) -> [SensitiveDeclaration] {
        guard let node = mapping["sensitive"],
            let places = ManifestMapping(node, "'sensitive'", keys: nil, diagnostics: &diagnostics)
        else { return [] }
        return places.entries.compactMap { entry in
            guard entry.key.value.hasPrefix("#") || entry.key.pointer(diagnostics: &diagnostics) != nil else {
                return nil
            }
            switch entry.value.content {
            case .bool(true): return SensitiveDeclaration(place: entry.key, category: defaultCategory)
            case .string(let category) where !category.isEmpty:
                return SensitiveDeclaration(place: entry.key, category: category)
            case .bool, .string, .null, .number, .sequence, .mapping:
                diagnostics.error(
                    .wrongType, at: entry.value.location,
                    "'\(entry.key.value)' in 'sensitive' must be true or a category, found \(entry.value.kindName)",
                    hint: "write the category, such as pii, or remove the entry")
                return nil
            }
        }
    }
}
