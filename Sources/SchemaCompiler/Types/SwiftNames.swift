import ContractModel
import JSONSchema
import JSONTape

/// The Swift names that a contract sets: `x-swift-name`, `x-swift-names`, `x-enum-varnames` and `x-enumNames` in schemas,
/// and `swift_names` of a message in the manifest, which takes precedence.
struct SwiftNames {
    typealias NodeID = SchemaModel.NodeID

    private var names: [NodeID: String] = [:]
    private var valueNames: [NodeID: [JSONValue: String]] = [:]

    /// Reads the names that schemas set.
    init(_ model: SchemaModel, diagnostics: inout Diagnostics) {
        for id in model.ids {
            let annotations = model[id].annotations
            guard !annotations.extensions.isEmpty else { continue }
            Self.checkKeywords(annotations.extensions, diagnostics: &diagnostics)
            if let name = Self.name(annotations["x-swift-name"], "x-swift-name", diagnostics: &diagnostics) {
                names[id] = name
            }
            readValueNames(id, model, diagnostics: &diagnostics)
        }
    }

    /// Returns the name set for a schema.
    subscript(id: NodeID) -> String? { names[id] }

    /// Returns the name set for a value of an enum.
    subscript(id: NodeID, value: JSONValue) -> String? { valueNames[id]?[value] }

    // MARK: Schemas

    private static let keywords = ["x-swift-name", "x-swift-names", "x-swift-type"]

    /// Reports keywords that begin as those of this package: misspelt, they would be annotations without an effect.
    private static func checkKeywords(_ entries: [SourceNode.Entry], diagnostics: inout Diagnostics) {
        for entry in entries where !keywords.contains(entry.key.value) {
            let word = entry.key.value
            guard word.lowercased().hasPrefix("x-swift-") else { continue }
            diagnostics.error(
                .schemaKeyword, at: entry.key.location, "unknown keyword '\(word)'",
                hint: Suggestion.hint(for: word, among: keywords))
        }
    }

    /// Returns a name that a schema sets, where Swift can have it.
    private static func name(_ node: SourceNode?, _ word: String, diagnostics: inout Diagnostics) -> String? {
        guard let node else { return nil }
        guard case .string(let text) = node.content else {
            diagnostics.error(
                .schemaValue, at: node.location, "'\(word)' must be a string, found \(node.kindName)")
            return nil
        }
        guard let fault = SwiftName.fault(in: text) else { return text }
        diagnostics.error(.invalidName, at: node.location, fault.text, hint: fault.hint)
        return nil
    }

    private mutating func readValueNames(_ id: NodeID, _ model: SchemaModel, diagnostics: inout Diagnostics) {
        let annotations = model[id].annotations
        let values = model.statedValues(of: id)
        // These are other generators' words: a name that Swift can't have is a hint for another language.
        for word in ["x-enumNames", "x-enum-varnames"] {
            guard case .sequence(let nodes)? = annotations[word]?.content else { continue }
            for (value, node) in zip(values, nodes) {
                guard case .string(let text) = node.content else { continue }
                valueNames[id, default: [:]][value] = SwiftName.enumCase(text)
            }
        }
        guard let own = annotations["x-swift-names"] else { return }
        guard case .mapping(let entries) = own.content else {
            diagnostics.error(
                .schemaValue, at: own.location, "'x-swift-names' must be an object, found \(own.kindName)")
            return
        }
        for entry in entries {
            guard let name = Self.name(entry.value, "x-swift-names", diagnostics: &diagnostics) else { continue }
            guard let value = model.statedValue(entry.key.value, of: id) else {
                diagnostics.error(
                    .schemaValue, at: entry.key.location, "'\(entry.key.value)' is not in the 'enum' of this schema",
                    hint: Suggestion.nearest(to: entry.key.value, among: values.map(\.words))
                        .map { "did you mean '\($0)'?" })
                continue
            }
            valueNames[id, default: [:]][value] = name
        }
    }

    // MARK: Manifest

    /// Adds the names that the manifest sets for a message's schema.
    mutating func read(_ declaration: MessageDeclaration, _ model: SchemaModel, diagnostics: inout Diagnostics) {
        for (pointer, name) in declaration.swiftNames {
            if let fault = SwiftName.fault(in: name.value) {
                diagnostics.error(.invalidName, at: name.location, fault.text, hint: fault.hint)
                continue
            }
            switch model.target(of: pointer.value, file: declaration.schema.value) {
            case .schema(let id): names[id] = name.value
            case .value(let id, let value): valueNames[id, default: [:]][value] = name.value
            case .unknown: continue
            case nil:
                diagnostics.error(
                    .pointerNotFound, at: pointer.location,
                    "\(declaration.schema.value) has no property, enum value or schema '\(pointer.value)'",
                    hint: "write a property as /payload/status, an enum's value as /payload/status/VALUE, another "
                        + "schema as #/$defs/NAME, and a schema of another file as parts/address.json#/$defs/NAME")
            }
        }
    }
}
