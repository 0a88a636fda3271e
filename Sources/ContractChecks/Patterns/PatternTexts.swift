import ContractModel
import JSONSchema
import JSONTape
import SchemaCompiler

/// The strings of a message's patterns, as regular expressions that match each of them and possibly more.
struct PatternTexts {
    /// The ids that `{id}` may be.
    enum Ids {
        /// Strings of any kind, as a program's own source makes them.
        case any
        /// The random UUIDs of producers without one.
        case uuids
    }

    private let message: CompiledMessage
    private let model: SchemaModel
    private let ids: Ids
    /// The names that `{service}` may be; `nil` for any.
    private let services: [String]?
    private let patterns: [JSONPointer: MessagePattern]

    init(_ message: CompiledMessage, _ model: SchemaModel, ids: Ids, services: [String]? = nil) {
        self.message = message
        self.model = model
        self.ids = ids
        self.services = services
        patterns = Dictionary(
            message.envelope.map { ($0.property.pointer, $0.pattern) }, uniquingKeysWith: { first, _ in first })
    }

    /// Returns a regular expression for all strings of a pattern.
    func expression(of pattern: MessagePattern) -> String {
        "^" + pattern.parts.map { expression(of: $0, depth: 0) }.joined() + "$"
    }

    private static let time = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z"
    private static let uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    private static let anything = "[\\s\\S]*"

    private func expression(of part: MessagePattern.Part, depth: Int) -> String {
        switch part {
        case .text(let text): return Self.escaped(text)
        case .now: return Self.time
        case .nowMilliseconds: return "[12][0-9]{12}"
        case .id: return ids == .uuids ? Self.uuid : "[\\s\\S]+"
        case .service: return services.map(Self.oneOf) ?? "[A-Za-z0-9][A-Za-z0-9._-]*"
        case .event: return Self.oneOf(message.events.map(\.declaration.name.value))
        case .property(let path):
            // A property that the envelope fills has the text of its own pattern.
            if let pattern = patterns[path.pointer], depth < 4 {
                return "(" + pattern.parts.map { expression(of: $0, depth: depth + 1) }.joined() + ")"
            }
            return expression(of: path)
        }
    }

    private func expression(of path: PropertyPath) -> String {
        switch path.type {
        case .integer, .unsignedInteger: return "-?[0-9]+"
        case .bool: return "(true|false)"
        case .uuid: return "[0-9A-Fa-f-]{36}"
        case .date: return "[0-9]{4}-[0-9]{2}-[0-9]{2}"
        case .timestamp: return "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9:.,+Zz-]+"
        case .enumeration(let types):
            guard let values = message.resolver.enumeration(types)?.cases.map(\.rawValue), !isOpen(path) else {
                return Self.anything
            }
            return Self.oneOf(values)
        case .string: return expression(ofString: path)
        default: return Self.anything
        }
    }

    private func expression(ofString path: PropertyPath) -> String {
        guard let schema = path.properties.last?.schema else { return Self.anything }
        let facts = ValueFacts(model, schema)
        if facts.formats.contains(.uuid) { return "[0-9A-Fa-f-]{36}" }
        guard facts.minimumLength <= 200 else { return Self.anything }
        let most = facts.maximumLength.map { $0 <= 200 ? String($0) : "" } ?? ""
        return "[\\s\\S]{\(facts.minimumLength),\(most)}"
    }

    private func isOpen(_ path: PropertyPath) -> Bool {
        path.properties.last?.schema.map { message.root.openEnums.contains($0) } ?? true
    }

    private static func oneOf(_ texts: [String]) -> String {
        "(" + texts.map(escaped).joined(separator: "|") + ")"
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            if #"\^$.|?*+()[]{}/-"#.unicodeScalars.contains(scalar), scalar != "-" { escaped += "\\" }
            escaped.unicodeScalars.append(scalar)
        }
        return escaped
    }
}
