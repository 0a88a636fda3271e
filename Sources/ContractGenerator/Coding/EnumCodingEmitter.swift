import JSONTape
import SchemaCompiler

/// An emitter of the coding of an `enum`.
struct EnumCodingEmitter {
    let enumeration: EnumType

    private var isWide: Bool { Width.isWide(enumeration.cases.count) }

    private var values: String { name("values") }
    private var rawValues: String { name("rawValues") }

    /// Returns the name of a static member that is not a case.
    private func name(_ name: String) -> String {
        SwiftLocal.name(
            [name, "schema" + name.prefix(1).uppercased() + name.dropFirst()],
            besides: Set(enumeration.cases.map(\.name)))
    }

    func emit(to writer: inout SourceWriter) {
        writer.block("nonisolated extension \(enumeration.path.qualifiedName)") { writer in
            writer.block("func encode(into writer: inout JSONWriter)") { emitEncode(to: &$0) }
            writer.line()
            writer.block("init(json tape: borrowing JSONTape, at node: JSONTape.Index) throws(JSONDecodingError)") {
                writer in
                writer.line(
                    "guard tape.kind(at: node) == .string else { throw tape.mismatch(at: node, expected: \"a string\") }"
                )
                if isWide { emitDecodeWide(to: &writer) } else { emitDecode(to: &writer) }
            }
            if isWide {
                writer.line()
                writer.line("private static let \(values) = allCases")
                writer.line("private static let \(rawValues) = NameTable(\(values).map(\\.rawValue))")
            }
        }
    }

    private func emitEncode(to writer: inout SourceWriter) {
        guard !isWide else {
            writer.line("writer.write(rawValue)")
            return
        }
        writer.line("switch self {")
        for value in enumeration.cases {
            let json = JSONValue.string(value.rawValue).jsonText
            writer.line("case .\(SwiftName.escaped(value.name)): writer.write(literal: \(SwiftLiteral.string(json)))")
        }
        if enumeration.isOpen { writer.line("case .unknown(let rawValue): writer.write(rawValue)") }
        writer.line("}")
    }

    private func emitDecode(to writer: inout SourceWriter) {
        writer.line("switch tape.count(at: node) {")
        for value in enumeration.cases {
            let text = value.rawValue
            let condition = "case \(text.utf8.count) where tape.string(at: node, is: \(SwiftLiteral.string(text))):"
            writer.statement(condition, "self = .\(SwiftName.escaped(value.name))")
        }
        writer.statement("default:", otherwise)
        writer.line("}")
    }

    private func emitDecodeWide(to writer: inout SourceWriter) {
        writer.line("if let position = Self.\(rawValues).position(of: node, in: tape) {")
        writer.indented { $0.line("self = Self.\(values)[position]") }
        writer.line("} else {")
        writer.indented { $0.line(otherwise) }
        writer.line("}")
    }

    /// The statement for a value without a case.
    private var otherwise: String {
        enumeration.isOpen
            ? "self = .unknown(tape.string(at: node))"
            : "throw tape.mismatch(at: node, expected: \"a value of the enum \(enumeration.name)\")"
    }
}
