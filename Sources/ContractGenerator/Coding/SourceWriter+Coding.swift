import SchemaCompiler

extension SourceWriter {
    /// Writes the statements that write a value as JSON.
    mutating func write(_ value: String, _ type: SwiftType, depth: Int = 0) {
        let suffix = depth == 0 ? "" : "\(depth + 1)"
        switch type {
        case .string, .integer, .unsignedInteger, .double, .exactNumber, .bool, .null, .timestamp, .uuid, .date, .url,
            .value, .object:
            line("writer.write(\(value))")
        case .structure, .enumeration, .composite:
            line("\(value).encode(into: &writer)")
        case .optional(let inner), .nullable(let inner):
            line("if let present\(suffix) = \(value) {")
            indented { $0.write("present\(suffix)", inner, depth: depth + 1) }
            line("} else {")
            indented { $0.line("writer.write(literal: \"null\")") }
            line("}")
        case .sensitive(let inner): write("\(value).reveal()", inner, depth: depth)
        case .array(let element):
            line("writer.beginArray()")
            block("for element\(suffix) in \(value)") { writer in
                writer.line("writer.element()")
                writer.write("element\(suffix)", element, depth: depth + 1)
            }
            line("writer.endArray()")
        case .dictionary(let member):
            line("writer.beginObject()")
            writeMembers(value, member, depth: depth)
            line("writer.endObject()")
        }
    }

    /// Writes the loop that writes a dictionary's members.
    mutating func writeMembers(_ value: String, _ member: SwiftType, depth: Int = 0) {
        let suffix = depth == 0 ? "" : "\(depth + 1)"
        block("for (name\(suffix), member\(suffix)) in \(value).sorted(by: { $0.key < $1.key })") { writer in
            writer.line("writer.key(name: name\(suffix))")
            writer.write("member\(suffix)", member, depth: depth + 1)
        }
    }

    /// Writes an assignment, whose value begins a line of its own where the first line would be too long.
    mutating func assign(_ target: String, _ value: String) {
        guard !fits("\(target) = \(value.prefix { $0 != "\n" })") else {
            line("\(target) = \(value)")
            return
        }
        line(target + " =")
        indented { $0.line(value) }
    }
}
