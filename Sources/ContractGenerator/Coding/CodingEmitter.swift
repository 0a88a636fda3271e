import ContractModel
import JSONTape
import SchemaCompiler

/// An emitter of the coding of generated types, directly to and from JSON.
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
        case .value?: writer.line("writer.write(membersOf: \(structure.additionalMembers))")
        case let type?: writer.writeMembers(structure.additionalMembers, type)
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

extension SwiftType {
    /// Whether one call writes a member with a value of the type.
    fileprivate var isMember: Bool {
        switch self {
        case .string, .integer, .double, .bool, .timestamp, .structure: true
        case .unsignedInteger, .exactNumber, .null, .uuid, .date, .url, .value, .object, .enumeration, .composite,
            .optional, .nullable, .sensitive, .array, .dictionary:
            false
        }
    }
}

extension StructProperty {
    /// The member's name as JSON writes it between the quotes.
    fileprivate var jsonKey: String { String(JSONValue.string(jsonName).jsonText.dropFirst().dropLast()) }
}
