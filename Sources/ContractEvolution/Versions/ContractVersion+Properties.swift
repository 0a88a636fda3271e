import ContractModel
import JSONSchema
import JSONTape

extension ContractVersion {
    /// The paths of the properties that the schema of each message names, by the message. Elements of arrays and the values
    /// of maps have `*` in their paths.
    package var propertyPaths: [String: Set<String>] {
        Dictionary(
            contract.messages.compactMap { message in
                model.roots[message.schema.value].map { root in
                    var paths: Set<String> = []
                    collect(root, "", open: [], to: &paths)
                    return (message.name.value, paths)
                }
            }, uniquingKeysWith: { first, _ in first })
    }

    private static var mostPaths: Int { 20_000 }

    private func collect(
        _ id: SchemaModel.NodeID, _ path: String, open: Set<SchemaModel.NodeID>, to paths: inout Set<String>
    ) {
        guard !open.contains(id), paths.count < Self.mostPaths else { return }
        let open = open.union([id])
        for assertion in model[id].assertions {
            switch assertion.kind {
            case .members(let members):
                for property in members.properties {
                    let path = path + "/" + property.name.value
                    paths.insert(path)
                    collect(property.node, path, open: open, to: &paths)
                }
                for pattern in members.patterns { collect(pattern.node, path + "/*", open: open, to: &paths) }
                if let additional = members.additional { collect(additional, path + "/*", open: open, to: &paths) }
            case .items(let items):
                for (index, element) in items.prefix.enumerated() {
                    collect(element, path + "/\(index)", open: open, to: &paths)
                }
                if let rest = items.rest { collect(rest, path + "/*", open: open, to: &paths) }
            default:
                for child in assertion.kind.inPlaceChildren { collect(child, path, open: open, to: &paths) }
            }
        }
    }
}
