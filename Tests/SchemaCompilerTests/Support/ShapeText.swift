import ContractModel
import JSONSchema
import JSONTape

@testable import SchemaCompiler

/// The shapes of schemas as text: `{id: string, note?: string|null}`. A shape that is shared has its schema's name, such as
/// `@address`, wherever it is used, and a shape with a note ends in `!`.
struct ShapeText {
    private let model: SchemaModel
    private let shapes: ShapeModel

    /// The shape of `main.schema.json`.
    static func of(_ schema: String, files: [String: String] = [:]) -> String {
        ShapeText(schema, files).text(ofFile: "main.schema.json")
    }

    /// The shape that a definition of `main.schema.json` has.
    static func of(definition name: String, in schema: String) -> String {
        let text = ShapeText(schema, [:])
        let node = text.model.ids.first { text.model[$0].pointer.tokens.last == name }
        guard let node, let id = text.shapes.shape(of: node) else { return "none" }
        return text.text(id, isNamed: false)
    }

    private init(_ schema: String, _ files: [String: String]) {
        var diagnostics = Diagnostics()
        let all = files.merging(["main.schema.json": schema]) { own, _ in own }
        let documents = all.sorted { $0.key < $1.key }.compactMap { name, text in
            JSONReader.read(Array(text.utf8), file: name, diagnostics: &diagnostics).map {
                SchemaDocument(file: name, root: $0)
            }
        }
        let set = SchemaSet(documents, diagnostics: &diagnostics)
        model = SchemaModel(set, diagnostics: &diagnostics)
        shapes = ShapeBuilder.build(model)
    }

    private func text(ofFile file: String) -> String {
        guard let root = shapes.roots[file] else { return "none" }
        return text(root, isNamed: false)
    }

    private func text(_ id: Shape.ID, isNamed: Bool = true) -> String {
        let shape = shapes[id]
        if isNamed, shape.isShared {
            let node = model[shape.node]
            return "@" + (node.pointer.tokens.last ?? node.file)
        }
        return text(shape.kind) + (shape.note == nil ? "" : "!")
    }

    private func text(_ kind: Shape.Kind) -> String {
        switch kind {
        case .any: "any"
        case .never: "never"
        case .null: "null"
        case .boolean: "boolean"
        case .number: "number"
        case .integer(let range):
            range == Shape.IntegerRange()
                ? "integer"
                : "integer(\(range.minimum.map(\.description) ?? "")...\(range.maximum.map(\.description) ?? ""))"
        case .string(let format): "string" + (format.map { "(\($0.rawValue))" } ?? "")
        case .enumeration(let values): "enum(" + values.map(\.text).joined(separator: ", ") + ")"
        case .object: "object"
        case .map(let value): "map<\(text(value))>"
        case .list(let element): "[\(text(element))]"
        case .nullable(let inner): text(inner) + "|null"
        case .same: "same"
        case .tuple(let tuple):
            "("
                + (tuple.elements.enumerated().map { text($1) + ($0 < tuple.minimumCount ? "" : "?") }
                + [tuple.rest.map { text($0) + "..." }].compactMap(\.self)).joined(separator: ", ") + ")"
        case .record(let record):
            "{"
                + (record.members.map { "\($0.name.value)\($0.isRequired ? "" : "?"): \(text($0.shape))" }
                + [text(record.additional)].compactMap(\.self)).joined(separator: ", ") + "}"
        case .union(let union):
            union.cases.map { "\(text($0.choice)) -> \(text($0.shape))" }.joined(separator: " | ")
        }
    }

    private func text(_ additional: Shape.Record.Additional) -> String? {
        switch additional {
        case .any: nil
        case .none: "closed"
        case .typed(let value): "*: \(text(value))"
        }
    }

    private func text(_ choice: Shape.Union.Choice) -> String {
        switch choice {
        case .type: "type"
        case .member(let name, let values): "\(name)=\(values.map(\.text).joined(separator: "/"))"
        case .key(let name): "has \(name)"
        case .trial: "try"
        }
    }
}

extension JSONValue {
    fileprivate var text: String {
        var writer = JSONWriter()
        writer.write(self)
        return (try? writer.text()).map { String(decoding: $0, as: UTF8.self) } ?? "?"
    }
}
