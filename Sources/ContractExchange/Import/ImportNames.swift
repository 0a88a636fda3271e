import ContractModel

/// The names of a contract, made from those of a document.
enum ImportNames {
    /// Returns a name for a Swift type; `nil` where none can be made.
    static func type(_ name: String) -> String? {
        if name.wholeMatch(of: /[A-Z][A-Za-z0-9]*/) != nil, !isTaken(name) { return name }
        let words = name.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        var type = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        while type.first?.isNumber == true { type.removeFirst() }
        guard !type.isEmpty else { return nil }
        type = type.prefix(1).uppercased() + type.dropFirst()
        return isTaken(type) ? type + "Message" : type
    }

    private static func isTaken(_ name: String) -> Bool {
        ManifestNames.takenNames.contains(name) || ["Any", "Protocol", "Self", "Type"].contains(name)
    }

    /// Returns a name that Kafka allows.
    static func topic(_ name: String) -> String {
        let legal = name.map { character -> Character in
            character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
                ? character : "-"
        }
        let trimmed = String(legal.drop { $0 == "-" }.prefix(200))
        return trimmed.isEmpty || trimmed == "." || trimmed == ".." ? "topic" : trimmed
    }

    /// Returns a name for a service; `nil` where none can be made.
    static func service(_ title: String) -> String? {
        let words = title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.isEmpty ? nil : words.joined(separator: "-")
    }

    /// Returns the beginning of a file's name: `order-placed` of `OrderPlaced`.
    static func file(_ type: String) -> String {
        var name = ""
        for character in type {
            if character.isUppercase, name.last?.isLowercase == true || name.last?.isNumber == true { name.append("-") }
            name.append(character.lowercased())
        }
        return name
    }
}
