import ContractModel
import JSONSchema
import JSONTape

/// The sensitive values of a contract's messages.
struct ContractSensitivity {
    /// The graphs of the messages that have sensitive values, by the messages' names.
    private(set) var graphs: [String: SensitivityGraph] = [:]
    /// The schemas of sensitive values, and of all parts of such values, by the messages' names.
    private(set) var schemas: [String: [SchemaModel.NodeID]] = [:]

    /// - Parameter roots: The schema that each message is validated by, by the message's name.
    init(
        _ contract: Contract, _ model: SchemaModel, roots: [String: SchemaModel.NodeID],
        diagnostics: inout Diagnostics
    ) {
        let categories = contract.encryption?.categories ?? []
        let known = Set(categories.map(\.name.value))
        let encrypted = Set(categories.filter { $0.keys != nil }.map(\.name.value))
        let declared = SensitivityMarks(model, known: known, encrypted: encrypted, diagnostics: &diagnostics)
        SensitivityMarks.checkReach(of: contract.schemas, in: model, diagnostics: &diagnostics)
        var reported: Set<String> = []
        var used: Set<String> = []
        // Made for the first message with marks: it compiles all patterns.
        lazy var memberSchemas = MemberSchemas(model)
        for message in contract.messages {
            var marks = declared
            marks.add(message, model, diagnostics: &diagnostics)
            guard !marks.isEmpty, let root = roots[message.name.value],
                let graph = SensitivityGraph.build(
                    model, root: root, marks: marks, encrypted: encrypted, memberSchemas: memberSchemas,
                    diagnostics: &diagnostics)
            else { continue }
            graphs[message.name.value] = graph
            let own = Self.schemas(model, root, marks)
            schemas[message.name.value] = own
            used.formUnion(own.compactMap { marks[$0]?.category })
            guard contract.encryption?.isNone != true else { continue }
            for (category, location) in zip(graph.categories, graph.locations)
            where !known.contains(category) && reported.insert(category).inserted {
                diagnostics.error(
                    .encryption, at: location, "'encryption' does not state how '\(category)' is encrypted",
                    hint: contract.encryption == nil
                        ? "add 'encryption: {\(category): {key: NAME}}' to \(contract.manifestName), or 'encryption: none' "
                            + "to send it in clear"
                        : Suggestion.nearest(to: category, among: known.sorted()).map { "did you mean '\($0)'?" }
                            ?? "add '\(category): {key: NAME}', or '\(category): none' to send it in clear")
            }
        }
        guard contract.complete.messages, !diagnostics.hasErrors else { return }
        for category in contract.encryption?.categories ?? [] where !used.contains(category.name.value) {
            diagnostics.warning(
                .encryption, at: category.name.location, "no value has the category '\(category.name.value)'",
                hint: "mark values with \"x-sensitive\": \"\(category.name.value)\", or remove the category")
        }
    }

    /// Returns the marked schemas that a root leads to, and all schemas below them.
    private static func schemas(
        _ model: SchemaModel, _ root: SchemaModel.NodeID, _ marks: SensitivityMarks
    ) -> [SchemaModel.NodeID] {
        func reached(from start: [SchemaModel.NodeID]) -> Set<SchemaModel.NodeID> {
            var found: Set<SchemaModel.NodeID> = []
            var waiting = start
            while let id = waiting.popLast() {
                guard found.insert(id).inserted else { continue }
                waiting += model[id].assertions.flatMap(\.kind.children)
            }
            return found
        }
        let marked = reached(from: [root]).filter { marks[$0] != nil }
        return reached(from: Array(marked)).sorted { $0.index < $1.index }
    }
}

extension ContractTypes {
    /// The graphs of the messages that have sensitive values, by the messages' names.
    var sensitivity: [String: SensitivityGraph] { contractSensitivity.graphs }

    /// Returns the schemas of a message's sensitive values, and of all parts of such values.
    func sensitiveSchemas(of message: MessageDeclaration) -> [SchemaModel.NodeID] {
        contractSensitivity.schemas[message.name.value] ?? []
    }
}
