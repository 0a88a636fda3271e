import ContractModel
import JSONSchema
import JSONTape
import SchemaCompiler

/// A check that reports definitions that no message uses, in files of which messages use other parts.
enum DefinitionCheck {
    private static let sections = ["$defs", "definitions"]

    static func check(_ contract: CompiledContract, diagnostics: inout Diagnostics) {
        guard contract.hasCompleteMessages else { return }
        let used = usedPlaces(contract)
        for file in contract.contract.schemas where !file.isFromLibrary {
            guard let pointers = used[file.name] else { continue }
            for section in sections {
                guard case .mapping(let entries)? = file.root[section]?.content else { continue }
                for entry in entries where !pointers.contains([section, entry.key.value]) {
                    diagnostics.warning(
                        .unusedDefinition, at: entry.key.location,
                        "no message uses the definition '\(entry.key.value)'",
                        hint: "refer to it, or remove it")
                }
            }
        }
    }

    /// Returns the first two names of the paths of all schemas that messages use, by their files.
    private static func usedPlaces(_ contract: CompiledContract) -> [String: Set<[String]>] {
        let model = contract.model
        var visited: Set<SchemaModel.NodeID> = []
        var waiting = contract.messages.map(\.root.node)
        var places: [String: Set<[String]>] = [:]
        while let id = waiting.popLast() {
            guard visited.insert(id).inserted else { continue }
            places[model[id].file, default: []].insert(Array(model[id].pointer.tokens.prefix(2)))
            waiting += model[id].assertions.flatMap(\.kind.children)
        }
        return places
    }
}
