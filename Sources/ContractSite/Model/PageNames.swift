/// A thing that has a page of its own.
enum Subject: Hashable, Sendable {
    case topic(String)
    case message(String)
    case service(String)
    case metric(String)
    case alert(String)
}

/// The names of pages. They are the same in each run, and different also where a file system ignores case.
struct PageNames: Sendable {
    private var names: [Subject: String] = [:]
    private var taken: Set<String> = []

    static let start = "index.html"

    mutating func add(_ subject: Subject) {
        guard names[subject] == nil else { return }
        let (kind, name) =
            switch subject {
            case .topic(let key): ("topic", key)
            case .message(let name): ("message", name)
            case .service(let name): ("service", name)
            case .metric(let name): ("metric", name)
            case .alert(let name): ("alert", name)
            }
        let stem = kind + "-" + Self.slug(name)
        var free = stem
        var number = 2
        while !taken.insert(free.lowercased()).inserted {
            free = "\(stem)-\(number)"
            number += 1
        }
        names[subject] = free + ".html"
    }

    func has(_ subject: Subject) -> Bool { names[subject] != nil }

    subscript(subject: Subject) -> String { names[subject] ?? Self.start }

    /// Returns a name for files on all systems and for addresses.
    private static func slug(_ name: String) -> String {
        let slug = name.unicodeScalars.prefix(100).map { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
                || scalar == "_" || scalar == "." ? String(scalar) : "-"
        }.joined()
        return slug.isEmpty ? "unnamed" : slug
    }
}
