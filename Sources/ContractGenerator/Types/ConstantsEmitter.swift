import JSONTape
import SchemaCompiler

/// An emitter of an `enum` of values that are not all strings: with whole numbers as raw values, else with values of
/// JSON.
struct ConstantsEmitter {
    let constants: ConstantsType
    /// `public `, or another level with a space after it; empty for `internal`.
    let access: String

    /// The values, where all are whole numbers that an `Int` holds.
    private var integers: [Int64]? {
        let integers = constants.cases.compactMap { value in
            if case .number(let number) = value.value { number.int64Value } else { nil }
        }
        return integers.count == constants.cases.count ? integers : nil
    }

    var areIntegers: Bool { integers != nil }

    func emitType(to writer: inout SourceWriter) {
        writer.documentation(constants.documentation)
        let name = SwiftName.escaped(constants.name)
        if let integers {
            writer.block("\(access)nonisolated enum \(name): Int, Sendable, Hashable, Codable, CaseIterable") {
                writer in
                for (value, integer) in zip(constants.cases, integers) {
                    writer.line("case \(SwiftName.escaped(value.name)) = \(SwiftLiteral.integer(integer))")
                }
            }
            return
        }
        writer.block("\(access)nonisolated enum \(name): Sendable, Hashable, JSONCodable, CaseIterable") { writer in
            for value in constants.cases { writer.line("case \(SwiftName.escaped(value.name))") }
            writer.line()
            writer.line("/// The value in JSON.")
            writer.block("\(access)var jsonValue: JSONValue") { writer in
                writer.line("switch self {")
                for value in constants.cases {
                    writer.line("case .\(SwiftName.escaped(value.name)): \(value.value.source)")
                }
                writer.line("}")
            }
        }
    }

    func emitCoding(to writer: inout SourceWriter) {
        let isInteger = integers != nil
        writer.block("nonisolated extension \(constants.path.qualifiedName)") { writer in
            let own = isInteger ? "" : access
            writer.block("\(own)func encode(into writer: inout JSONWriter)") {
                $0.line(isInteger ? "writer.write(rawValue)" : "writer.write(jsonValue)")
            }
            writer.line()
            writer.block("\(own)init(json tape: borrowing JSONTape, at node: JSONTape.Index) throws(JSONDecodingError)")
            {
                writer in
                let expected = SwiftLiteral.string("a value of the enum \(constants.name)")
                if isInteger {
                    writer.line("guard let value = tape.integer(at: node).flatMap(Self.init(rawValue:)) else {")
                } else {
                    writer.line("let json = try tape.value(at: node)")
                    writer.line("guard let value = Self.allCases.first(where: { $0.jsonValue == json }) else {")
                }
                writer.indented { $0.line("throw tape.mismatch(at: node, expected: \(expected))") }
                writer.line("}")
                writer.line("self = value")
            }
        }
    }
}

extension JSONValue {
    /// The value as Swift writes it.
    fileprivate var source: String {
        switch self {
        case .null: ".null"
        case .bool(let flag): ".bool(\(flag))"
        case .string(let text): ".string(\(SwiftLiteral.string(text)))"
        case .number(let number):
            number.int64Value.map { ".number(JSONNumber(\($0)))" }
                ?? "JSONNumber(literal: \(SwiftLiteral.string(number.description))).map { .number($0) } ?? .null"
        case .array(let elements): ".array([\(elements.map(\.source).joined(separator: ", "))])"
        case .object(let object):
            ".object(JSONObject(["
                + object.map { "(\(SwiftLiteral.string($0.key)), \($0.value.source))" }.joined(separator: ", ") + "]))"
        }
    }
}
