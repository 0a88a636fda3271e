import ContractModel
import JSONTape
import SchemaCompiler

/// Writes how a message codes itself: directly to and from JSON, and, where the compiler can't make it, for `Codable`.
struct CodingEmitter {
    /// `public `, or another level with a space after it; empty for `internal`.
    private let access: String

    static func emit(_ message: CompiledMessage) -> String {
        var writer = SourceWriter()
        CodingEmitter(access: message.access.modifier).emit(message.structure, isMessage: true, to: &writer)
        return writer.text
    }

    private func emit(_ structure: StructType, isMessage: Bool, to writer: inout SourceWriter) {
        let access = isMessage ? access : ""
        writer.block("nonisolated extension \(structure.qualifiedName)") { writer in
            emitEncode(structure, access: access, to: &writer)
            writer.line()
            emitDecode(structure, access: access, to: &writer)
            if structure.properties.contains(where: \.needsDecoding) {
                writer.line()
                emitDecodable(structure, to: &writer)
            }
        }
        for enumeration in structure.enums {
            writer.line()
            emit(enumeration, to: &writer)
        }
        for nested in structure.structs {
            writer.line()
            emit(nested, isMessage: false, to: &writer)
        }
    }

    // MARK: Structs

    private func emitEncode(_ structure: StructType, access: String, to writer: inout SourceWriter) {
        writer.block("\(access)func encode(into writer: inout JSONWriter)") { writer in
            writer.line("writer.beginObject()")
            for property in structure.properties {
                let name = SwiftName.escaped(property.storedName)
                // The parameter would hide a property of its name.
                let isHidden = property.storedName == "writer"
                let key = "writer.key(\(SwiftLiteral.string(property.jsonKey)))"
                if property.isOptional {
                    writer.block(isHidden ? "if let value = self.\(name)" : "if let \(name)") { writer in
                        writer.line(key)
                        emitWrite(isHidden ? "value" : name, property.type, to: &writer)
                    }
                } else {
                    writer.line(key)
                    emitWrite(isHidden ? "self.\(name)" : name, property.type, to: &writer)
                }
            }
            writer.line("writer.endObject()")
        }
    }

    /// Writes the statements that write a value.
    private func emitWrite(_ value: String, _ type: SwiftType, depth: Int = 0, to writer: inout SourceWriter) {
        let suffix = depth == 0 ? "" : "\(depth + 1)"
        switch type {
        case .string, .integer, .double, .bool, .timestamp, .value, .object:
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

    private func emitDecode(_ structure: StructType, access: String, to writer: inout SourceWriter) {
        writer.line(
            "\(access)init(json tape: borrowing JSONTape, at node: JSONTape.Index) throws(JSONDecodingError) {")
        writer.indented { writer in
            writer.line(
                "guard tape.kind(at: node) == .object else { throw tape.mismatch(at: node, expected: \"an object\") }")
            for (index, property) in structure.properties.enumerated() {
                writer.line("var \(local(property, index)): \(property.type.name(in: structure.path))?")
            }
            writer.line("var key = tape.first(in: node)")
            writer.line("let end = tape.end(of: node)")
            writer.block("while key != end") { writer in
                writer.line("let value = tape.value(ofKey: key)")
                writer.line("switch tape.count(at: key) {")
                for (index, property) in structure.properties.enumerated() {
                    writer.line(
                        "case \(property.jsonName.utf8.count) where tape.string(at: key, is: \(SwiftLiteral.string(property.jsonName))):"
                    )
                    writer.indented {
                        $0.line(
                            "\(local(property, index)) = \(read(property.type, at: "value", scope: structure.path))")
                    }
                }
                writer.line("default:")
                writer.indented { $0.line("break") }
                writer.line("}")
                writer.line("key = tape.end(of: value)")
            }
            for (index, property) in structure.properties.enumerated() where property.isRequired {
                let name = local(property, index)
                writer.line(
                    "guard let \(name) else { throw tape.missing(\(SwiftLiteral.string(property.jsonName)), in: node) }"
                )
            }
            emitInitializerCall(structure, to: &writer)
        }
        writer.line("}")
    }

    private func emitInitializerCall(_ structure: StructType, to writer: inout SourceWriter) {
        let arguments = structure.properties.enumerated().map { index, property in
            let fallback = property.isRequired ? nil : property.defaultValue
            return "\(SwiftName.label(property.name)): \(local(property, index))"
                + (fallback.map { " ?? \($0.source)" } ?? "")
        }
        writer.list("self.init(", arguments, separator: ",", tail: ")")
    }

    /// A local variable's name for a property: its own, unless the code around it uses that.
    private func local(_ property: StructProperty, _ index: Int) -> String {
        ["tape", "node", "key", "end", "value", "self"].contains(property.name)
            ? "member\(index)" : SwiftName.escaped(property.name)
    }

    /// The expression that reads a value.
    private func read(_ type: SwiftType, at node: String, scope: [String]) -> String {
        switch type {
        case .string, .integer, .double, .bool, .timestamp, .value, .object:
            "try tape.decode(\(type.name(in: scope)).self, at: \(node))"
        case .structure, .enumeration:
            "try \(type.name(in: scope))(json: tape, at: \(node))"
        case .array(let element):
            "try tape.decodeArray(at: \(node)) \(closure(reading: element, scope: scope))"
        case .dictionary(let member):
            "try tape.decodeDictionary(at: \(node)) \(closure(reading: member, scope: scope))"
        }
    }

    /// A closure that reads an element, in lines of its own.
    private func closure(reading type: SwiftType, scope: [String]) -> String {
        let body = read(type, at: "node", scope: scope).replacing("\n", with: "\n    ")
        return "{ (tape, node) throws(JSONDecodingError) in\n    \(body)\n}"
    }

    private func emitDecodable(_ structure: StructType, to writer: inout SourceWriter) {
        writer.block("\(access)init(from decoder: any Decoder) throws") { writer in
            writer.line("let container = try decoder.container(keyedBy: CodingKeys.self)")
            let arguments = structure.properties.map { property in
                let type = property.type.name(in: structure.path)
                let key = "forKey: .\(SwiftName.escaped(property.storedName))"
                if property.isRequired {
                    return "\(SwiftName.label(property.name)): try container.decode(\(type).self, \(key))"
                }
                let fallback = property.defaultValue.map { " ?? \($0.source)" } ?? ""
                return
                    "\(SwiftName.label(property.name)): try container.decodeIfPresent(\(type).self, \(key))\(fallback)"
            }
            writer.line("self.init(")
            writer.indented { writer in
                for (index, argument) in arguments.enumerated() {
                    writer.line(argument + (index < arguments.count - 1 ? "," : ""))
                }
            }
            writer.line(")")
        }
    }

    // MARK: Enums

    private func emit(_ enumeration: EnumType, to writer: inout SourceWriter) {
        writer.block("nonisolated extension \(enumeration.qualifiedName)") { writer in
            writer.block("func encode(into writer: inout JSONWriter)") { writer in
                writer.line("switch self {")
                for value in enumeration.cases {
                    let json = JSONValue.string(value.rawValue).jsonText
                    writer.line(
                        "case .\(SwiftName.escaped(value.name)): writer.write(literal: \(SwiftLiteral.string(json)))")
                }
                if enumeration.isOpen { writer.line("case .unknown(let rawValue): writer.write(rawValue)") }
                writer.line("}")
            }
            writer.line()
            emitDecode(enumeration, to: &writer)
        }
    }

    private func emitDecode(_ enumeration: EnumType, to writer: inout SourceWriter) {
        writer.line("init(json tape: borrowing JSONTape, at node: JSONTape.Index) throws(JSONDecodingError) {")
        writer.indented { writer in
            writer.line(
                "guard tape.kind(at: node) == .string else { throw tape.mismatch(at: node, expected: \"a string\") }")
            writer.line("switch tape.count(at: node) {")
            for value in enumeration.cases {
                writer.line(
                    "case \(value.rawValue.utf8.count) where tape.string(at: node, is: \(SwiftLiteral.string(value.rawValue))):"
                )
                writer.indented { $0.line("self = .\(SwiftName.escaped(value.name))") }
            }
            writer.line("default:")
            writer.indented { writer in
                writer.line(
                    enumeration.isOpen
                        ? "self = .unknown(tape.string(at: node))"
                        : "throw tape.mismatch(at: node, expected: \"a value of the enum \(enumeration.name)\")")
            }
            writer.line("}")
        }
        writer.line("}")
    }
}

extension StructType {
    var qualifiedName: String { path.map(SwiftName.escaped).joined(separator: ".") }
}

extension EnumType {
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

extension StructProperty {
    /// Whether what the compiler would make of `Decodable` is not enough: it knows no defaults, and takes `null` for
    /// absent where it is a value.
    fileprivate var needsDecoding: Bool { defaultValue != nil || isOptional && type == .value }
}
