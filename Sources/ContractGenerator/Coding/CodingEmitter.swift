import ContractModel
import JSONTape
import SchemaCompiler

/// Writes how generated types code themselves, directly to and from JSON.
struct CodingEmitter {
    /// `public `, or another level with a space after it; empty for `internal`.
    private let access: String

    static func emit(_ type: TypeDeclaration, access: AccessLevel) -> String {
        var writer = SourceWriter()
        CodingEmitter(access: access.modifier).emit(type, to: &writer)
        return writer.text
    }

    private func emit(_ type: TypeDeclaration, to writer: inout SourceWriter) {
        switch type {
        case .structure(let structure): emit(structure, to: &writer)
        case .enumeration(let enumeration): EnumCodingEmitter(enumeration: enumeration).emit(to: &writer)
        case .constants(let constants): ConstantsEmitter(constants: constants, access: access).emitCoding(to: &writer)
        case .union(let union): UnionCodingEmitter(union: union, access: access).emit(to: &writer)
        case .tuple(let tuple): TupleCodingEmitter(tuple: tuple, access: access).emit(to: &writer)
        }
        for nested in type.nested {
            writer.line()
            emit(nested, to: &writer)
        }
    }

    private func emit(_ structure: StructType, to writer: inout SourceWriter) {
        writer.block("nonisolated extension \(structure.path.qualifiedName)") { writer in
            if structure.isWrapper, let property = structure.properties.first {
                emitWrapper(property, of: structure, to: &writer)
                return
            }
            emitEncode(structure, to: &writer)
            writer.line()
            DecodingEmitter(structure: structure).emit(access: access, to: &writer)
        }
    }

    private func emitWrapper(_ property: StructProperty, of structure: StructType, to writer: inout SourceWriter) {
        writer.block("\(access)func encode(into writer: inout JSONWriter)") {
            $0.write(property.name, property.type)
        }
        writer.line()
        writer.block(DecodingEmitter.head(access)) { writer in
            writer.assign("self.\(property.name)", property.type.reading(at: "node", in: structure.path))
        }
    }

    // MARK: Encoding

    private func emitEncode(_ structure: StructType, to writer: inout SourceWriter) {
        let properties = structure.properties
        guard Width.isWide(properties.count) else {
            writer.block("\(access)func encode(into writer: inout JSONWriter)") { writer in
                writer.line("writer.beginObject()")
                for property in properties { emitEncode(property, to: &writer) }
                emitAdditional(structure, to: &writer)
                writer.line("writer.endObject()")
            }
            return
        }
        let parts = Width.parts(of: properties.count)
        writer.block("\(access)func encode(into writer: inout JSONWriter)") { writer in
            writer.line("writer.beginObject()")
            for part in 1...parts.count { writer.line("encodePart\(part)(into: &writer)") }
            emitAdditional(structure, to: &writer)
            writer.line("writer.endObject()")
        }
        for (index, part) in parts.enumerated() {
            writer.line()
            // The optimizer would make one function of them again.
            writer.line("@inline(never)")
            writer.block("private func encodePart\(index + 1)(into writer: inout JSONWriter)") { writer in
                for property in properties[part] { emitEncode(property, to: &writer) }
            }
        }
    }

    private func emitAdditional(_ structure: StructType, to writer: inout SourceWriter) {
        switch structure.additional {
        case nil: break
        case .value?: writer.line("writer.write(membersOf: \(structure.additionalName))")
        case let type?: writer.writeMembers(structure.additionalName, type)
        }
    }

    private func emitEncode(_ property: StructProperty, to writer: inout SourceWriter) {
        let name = SwiftName.escaped(property.storedName)
        // The parameter would hide a property of its name.
        let isHidden = property.storedName == "writer"
        let key = "writer.key(\(SwiftLiteral.string(property.jsonKey)))"
        if case .nullable(let inner) = property.type {
            let source = isHidden ? "self.\(name)" : name
            writer.line("switch \(source) {")
            writer.line("case .absent: break")
            writer.line("case .null:")
            writer.indented { writer in
                writer.line(key)
                writer.line("writer.write(literal: \"null\")")
            }
            writer.line("case .value(let value):")
            writer.indented { writer in
                writer.line(key)
                writer.write("value", inner)
            }
            writer.line("}")
            return
        }
        func write(_ value: String, to writer: inout SourceWriter) {
            writer.line(key)
            writer.write(value, property.type)
        }
        let value = isHidden ? property.isOptional ? "value" : "self.\(name)" : name
        let member = "writer.member(\(SwiftLiteral.string(property.jsonKey)), \(value))"
        guard property.isOptional else {
            if property.type.isMember { writer.line(member) } else { write(value, to: &writer) }
            return
        }
        let condition = isHidden ? "if let value = self.\(name)" : "if let \(name)"
        if property.type.isMember, writer.fits("\(condition) { \(member) }") {
            writer.line("\(condition) { \(member) }")
        } else {
            writer.block(condition) { writer in
                if property.type.isMember { writer.line(member) } else { write(value, to: &writer) }
            }
        }
    }
}

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

extension SwiftType {
    /// Whether one call writes a member with a value of the type.
    fileprivate var isMember: Bool {
        switch self {
        case .string, .integer, .double, .bool, .timestamp, .structure: true
        case .unsignedInteger, .exactNumber, .null, .uuid, .date, .url, .value, .object, .enumeration, .composite,
            .optional, .nullable, .array, .dictionary:
            false
        }
    }
}

extension [String] {
    /// A type's path as code outside of the type writes it.
    var qualifiedName: String { map(SwiftName.escaped).joined(separator: ".") }
}

extension StructType {
    var qualifiedName: String { path.qualifiedName }
}

extension StructProperty {
    /// The member's name as JSON writes it between the quotes.
    fileprivate var jsonKey: String { String(JSONValue.string(jsonName).jsonText.dropFirst().dropLast()) }
}

extension JSONValue {
    /// The value as compact JSON.
    var jsonText: String {
        var writer = JSONWriter()
        writer.write(self)
        // A value can't hold what JSON can't write, so there is always a text.
        return (try? writer.finish()).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}
