import ContractModel
import JSONTape
import SchemaCompiler

/// Writes how a message codes itself: directly to and from JSON, and for `Codable` where the compiler's own is not enough.
struct CodingEmitter {
    /// `public `, or another level with a space after it; empty for `internal`.
    private let access: String

    static func emit(_ message: CompiledMessage) -> String {
        var writer = SourceWriter()
        CodingEmitter(access: message.access.modifier).emit(message.structure, isMessage: true, to: &writer)
        return writer.text
    }

    private func emit(_ structure: StructType, isMessage: Bool, to writer: inout SourceWriter) {
        let ownAccess = isMessage ? access : ""
        writer.block("nonisolated extension \(structure.qualifiedName)") { writer in
            emitEncode(structure, access: ownAccess, to: &writer)
            writer.line()
            DecodingEmitter(structure: structure).emit(access: ownAccess, to: &writer)
            CodableEmitter(structure: structure, access: access).emit(to: &writer)
        }
        for enumeration in structure.enums {
            writer.line()
            EnumCodingEmitter(enumeration: enumeration).emit(to: &writer)
        }
        for nested in structure.structs {
            writer.line()
            emit(nested, isMessage: false, to: &writer)
        }
    }

    // MARK: Encoding

    private func emitEncode(_ structure: StructType, access: String, to writer: inout SourceWriter) {
        let properties = structure.properties
        guard Width.isWide(properties.count) else {
            writer.block("\(access)func encode(into writer: inout JSONWriter)") { writer in
                writer.line("writer.beginObject()")
                for property in properties { emitEncode(property, to: &writer) }
                writer.line("writer.endObject()")
            }
            return
        }
        let parts = Width.parts(of: properties.count)
        writer.block("\(access)func encode(into writer: inout JSONWriter)") { writer in
            writer.line("writer.beginObject()")
            for part in 1...parts.count { writer.line("encodePart\(part)(into: &writer)") }
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

    private func emitEncode(_ property: StructProperty, to writer: inout SourceWriter) {
        let name = SwiftName.escaped(property.storedName)
        // The parameter would hide a property of its name.
        let isHidden = property.storedName == "writer"
        let key = "writer.key(\(SwiftLiteral.string(property.jsonKey)))"
        guard property.isOptional else {
            writer.line(key)
            emitWrite(isHidden ? "self.\(name)" : name, property.type, to: &writer)
            return
        }
        writer.block(isHidden ? "if let value = self.\(name)" : "if let \(name)") { writer in
            writer.line(key)
            emitWrite(isHidden ? "value" : name, property.type, to: &writer)
        }
    }

    /// Writes the statements that write a value.
    private func emitWrite(_ value: String, _ type: SwiftType, depth: Int = 0, to writer: inout SourceWriter) {
        let suffix = depth == 0 ? "" : "\(depth + 1)"
        switch type {
        case .string, .integer, .double, .bool, .timestamp, .uuid, .date, .url, .value, .object:
            writer.line("writer.write(\(value))")
        case .structure, .enumeration:
            writer.line("\(value).encode(into: &writer)")
        case .array(let element):
            writer.line("writer.beginArray()")
            writer.block("for element\(suffix) in \(value)") { writer in
                writer.line("writer.element()")
                emitWrite("element\(suffix)", element, depth: depth + 1, to: &writer)
            }
            writer.line("writer.endArray()")
        case .dictionary(let member):
            writer.line("writer.beginObject()")
            writer.block("for (name\(suffix), member\(suffix)) in \(value).sorted(by: { $0.key < $1.key })") { writer in
                writer.line("writer.key(name: name\(suffix))")
                emitWrite("member\(suffix)", member, depth: depth + 1, to: &writer)
            }
            writer.line("writer.endObject()")
        }
    }
}

extension StructType {
    var qualifiedName: String { path.map(SwiftName.escaped).joined(separator: ".") }
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
