import SchemaCompiler

extension SwiftType {
    /// Returns the expression that reads a value from a tape.
    func reading(at node: String, in scope: [String]) -> String {
        switch self {
        case .string, .integer, .unsignedInteger, .double, .exactNumber, .bool, .null, .timestamp, .uuid, .date, .url,
            .value, .object:
            "try tape.decode(\(name(in: scope)).self, at: \(node))"
        case .structure, .enumeration, .composite:
            "try \(name(in: scope))(json: tape, at: \(node))"
        case .array(let element):
            "try tape.decodeArray(at: \(node)) \(element.closure(in: scope))"
        case .dictionary(let member):
            "try tape.decodeDictionary(at: \(node)) \(member.closure(in: scope))"
        case .optional(let inner):
            "try tape.decodeOptional(at: \(node)) \(inner.closure(in: scope))"
        case .nullable(let inner):
            "try tape.decodeNullable(at: \(node)) \(inner.closure(in: scope))"
        case .sensitive(let inner):
            Self.sensitive(String(inner.reading(at: node, in: scope).dropFirst("try ".count)))
        }
    }

    /// Returns the expression of the sensitive form of what another one reads, which is without `try`. One of several lines
    /// has lines of its own in formatted code.
    static func sensitive(_ reading: String) -> String {
        guard reading.utf8.contains(UInt8(ascii: "\n")) else { return "try Sensitive(\(reading))" }
        return "try Sensitive(\n    \(reading.replacing("\n", with: "\n    ")))"
    }

    /// Returns a closure that reads an element, in lines of its own.
    func closure(in scope: [String]) -> String {
        let body = reading(at: "node", in: scope).replacing("\n", with: "\n    ")
        return "{ (tape, node) throws(JSONDecodingError) in\n    \(body)\n}"
    }
}
