import ContractModel
import SchemaCompiler

/// An emitter of the coding of a `struct` for an array.
struct TupleCodingEmitter {
    let tuple: TupleType
    /// `public `, or another level with a space after it; empty for `internal`.
    let access: String

    func emit(to writer: inout SourceWriter) {
        writer.block("nonisolated extension \(tuple.path.qualifiedName)") { writer in
            writer.block("\(access)func encode(into writer: inout JSONWriter)") { emitEncode(to: &$0) }
            writer.line()
            writer.block(DecodingEmitter.head(access)) { emitDecode(to: &$0) }
        }
    }

    private func emitEncode(to writer: inout SourceWriter) {
        writer.line("writer.beginArray()")
        for element in tuple.elements {
            // Elements after a missing one would move to its place.
            let name = SwiftName.escaped(element.name)
            if case .nullable(let inner) = element.type {
                emitEncode(name, inner, to: &writer)
                continue
            }
            guard element.isOptional else {
                writer.line("writer.element()")
                writer.write(name, element.type)
                continue
            }
            writer.block("if let \(name)") { writer in
                writer.line("writer.element()")
                writer.write(name, element.type)
            }
        }
        if let rest = tuple.rest {
            writer.block("for element in rest") { writer in
                writer.line("writer.element()")
                writer.write("element", rest, depth: 1)
            }
        }
        writer.line("writer.endArray()")
    }

    /// Writes an element that may be missing or `null`.
    private func emitEncode(_ name: String, _ type: SwiftType, to writer: inout SourceWriter) {
        writer.line("switch \(name) {")
        writer.line("case .absent: break")
        writer.line("case .null:")
        writer.indented { writer in
            writer.line("writer.element()")
            writer.line("writer.write(literal: \"null\")")
        }
        writer.line("case .value(let value):")
        writer.indented { writer in
            writer.line("writer.element()")
            writer.write("value", type)
        }
        writer.line("}")
    }

    private func emitDecode(to writer: inout SourceWriter) {
        writer.line("let elements = try tape.elements(of: node)")
        let required = tuple.elements.count { !$0.isOptional }
        if required > 0 {
            let expected = SwiftLiteral.string("an array of at least \(required) elements")
            writer.line(
                "guard elements.count >= \(required) else { throw tape.mismatch(at: node, expected: \(expected)) }")
        }
        if tuple.rest == nil {
            let count = tuple.elements.count
            let expected = SwiftLiteral.string("an array of at most \(count) elements")
            writer.line(
                "guard elements.count <= \(count) else { throw tape.mismatch(at: node, expected: \(expected)) }")
        }
        for (index, element) in tuple.elements.enumerated() {
            let reading = element.type.reading(at: "elements[\(index)]", in: tuple.path)
            let target = "self.\(element.name)"
            if element.isOptional {
                writer.line("if elements.count > \(index) {")
                writer.indented { $0.assign(target, reading) }
                if element.type.mayBeNull {
                    writer.line("} else {")
                    writer.indented { $0.line("\(target) = .absent") }
                }
                writer.line("}")
            } else {
                writer.assign(target, reading)
            }
        }
        guard let rest = tuple.rest else { return }
        writer.line("var rest: [\(rest.name(in: tuple.path))] = []")
        writer.block("for element in elements.dropFirst(\(tuple.elements.count))") { writer in
            writer.line("rest.append(\(rest.reading(at: "element", in: tuple.path)))")
        }
        writer.line("self.rest = rest")
    }
}
