import ContractModel
import JSONSchema
import JSONTape
import SchemaCompiler
import SchemaPlan

/// An emitter of the coding of an `enum` with values of different types.
struct UnionCodingEmitter {
    let union: UnionType
    /// `public `, or another level with a space after it; empty for `internal`.
    let access: String

    func emit(to writer: inout SourceWriter) {
        writer.block("nonisolated extension \(union.path.qualifiedName)") { writer in
            writer.block("\(access)func encode(into writer: inout JSONWriter)") { writer in
                writer.line("switch self {")
                for value in union.cases {
                    writer.line("case .\(SwiftName.escaped(value.name))(let value):")
                    writer.indented { $0.write("value", value.type) }
                }
                writer.line("}")
            }
            writer.line()
            writer.block(DecodingEmitter.head(access)) { emitDecode(to: &$0) }
        }
    }

    // MARK: Decoding

    private func emitDecode(to writer: inout SourceWriter) {
        writer.line("switch tape.kind(at: node) {")
        for value in union.cases {
            guard case .type(let types) = value.choice, let kinds = types.kinds else { continue }
            writer.line("case \(kinds):")
            writer.indented { $0.assign("self = .\(SwiftName.escaped(value.name))(", closing: value.type, union.path) }
        }
        emit(union.cases.filter { $0.isObject && !$0.isAlone }, kind: ".object", to: &writer)
        emit(union.cases.filter { !$0.isObject && !$0.isAlone }, kind: ".array", to: &writer)
        if !coversAllKinds {
            writer.line("default:")
            writer.indented { $0.line("throw tape.mismatch(at: node, expected: \(expectation))") }
        }
        writer.line("}")
    }

    private var expectation: String { SwiftLiteral.string("a value of \(union.name)") }

    private var coversAllKinds: Bool { false }

    /// Writes the choice between cases whose values have the same JSON type.
    private func emit(_ cases: [UnionType.Case], kind: String, to writer: inout SourceWriter) {
        guard !cases.isEmpty else { return }
        writer.line("case \(kind):")
        writer.indented { writer in
            if case .member(let name, _) = cases[0].choice {
                let literal = SwiftLiteral.string(name)
                writer.line("guard let member = tape.member(\(literal), of: node) else {")
                writer.indented { $0.line("throw tape.missing(\(literal), in: node)") }
                writer.line("}")
            }
            for value in cases { emit(value, to: &writer) }
            writer.line("throw tape.mismatch(at: node, expected: \(expectation))")
        }
    }

    private func emit(_ value: UnionType.Case, to writer: inout SourceWriter) {
        let name = SwiftName.escaped(value.name)
        switch value.choice {
        case .member(_, let values):
            writer.list("if ", values.map(Self.condition), separator: " ||", tail: " {")
            emitBody(name, value.type, to: &writer)
        case .key(let key):
            writer.line("if tape.member(\(SwiftLiteral.string(key)), of: node) != nil {")
            emitBody(name, value.type, to: &writer)
        case .trial, .type:
            let reading = value.type.reading(at: "node", in: union.path)
            let attempt = "try?" + reading.dropFirst("try".count)
            // A closure at the end would look like the body of the statement.
            let hasClosure = attempt.utf8.last == UInt8(ascii: "}")
            writer.line("if let value = \(hasClosure ? "(\(attempt))" : attempt) {")
            writer.indented { writer in
                writer.line("self = .\(name)(value)")
                writer.line("return")
            }
            writer.line("}")
        }
    }

    private func emitBody(_ name: String, _ type: SwiftType, to writer: inout SourceWriter) {
        writer.indented { writer in
            writer.assign("self = .\(name)(", closing: type, union.path)
            writer.line("return")
        }
        writer.line("}")
    }

    private static func condition(_ value: JSONValue) -> String {
        guard case .string(let text) = value else {
            return "tape.value(at: member, equals: \(SwiftLiteral.json(value)))"
        }
        return "tape.isString(at: member, \(SwiftLiteral.string(text)))"
    }
}

extension SourceWriter {
    /// Writes the assignment of a case with the value that is read for it.
    fileprivate mutating func assign(_ head: String, closing type: SwiftType, _ scope: [String]) {
        line(head + type.reading(at: "node", in: scope) + ")")
    }
}

extension UnionType.Case {
    fileprivate var isAlone: Bool {
        if case .type(let types) = choice { types.kinds != nil } else { false }
    }

    /// Whether the case's values are objects.
    fileprivate var isObject: Bool {
        switch choice {
        case .member, .key: return true
        case .trial, .type: break
        }
        if case .array = type { return false }
        if case .composite = type { return false }
        return true
    }
}

extension TypeSet {
    /// The kinds of a tape's nodes that have one of these types; `nil` where all have.
    fileprivate var kinds: String? {
        switch normalized {
        case .null: ".null"
        case .boolean: ".true, .false"
        case .number, .integer, .integerLiteral: ".number"
        case .string: ".string"
        case .array: ".array"
        case .object: ".object"
        default: nil
        }
    }
}
