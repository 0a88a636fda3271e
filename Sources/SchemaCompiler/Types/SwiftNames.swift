import ContractModel
import JSONTape

/// The Swift names that a contract sets: `x-swift-name` and `x-swift-names` in a schema, and `swift_names` of a message in
/// the manifest, which takes precedence.
struct SwiftNames {
    private var names: [SchemaGraph.NodeID: String] = [:]
    private var valueNames: [SchemaGraph.NodeID: [JSONName: String]] = [:]

    /// The names for a message. Those of the schema have been checked when it was read.
    init(_ declaration: MessageDeclaration, graph: SchemaGraph, diagnostics: inout Diagnostics) {
        for id in graph.nodeIDs {
            names[id] = graph[id].swiftName?.value
            for (value, name) in graph[id].swiftNames {
                valueNames[id, default: [:]][JSONName(value.value)] = name.value
            }
        }
        readManifest(declaration, graph: graph, diagnostics: &diagnostics)
    }

    /// The name set for a schema.
    subscript(id: SchemaGraph.NodeID) -> String? { names[id] }

    /// The name set for a value of an enum.
    subscript(id: SchemaGraph.NodeID, value: String) -> String? { valueNames[id]?[JSONName(value)] }

    private mutating func readManifest(
        _ declaration: MessageDeclaration, graph: SchemaGraph, diagnostics: inout Diagnostics
    ) {
        for (pointer, name) in declaration.swiftNames {
            if let fault = SwiftName.fault(in: name.value) {
                diagnostics.error(.invalidName, at: name.location, fault.text, hint: fault.hint)
                continue
            }
            switch graph.target(of: pointer.value) {
            case .schema(let id): names[id] = name.value
            case .value(let id, let value): valueNames[id, default: [:]][value] = name.value
            case .unknown: continue
            case nil:
                diagnostics.error(
                    .pointerNotFound, at: pointer.location,
                    "\(declaration.schema.value) has no property, enum value or schema '\(pointer.value)'",
                    hint: "write a property as /payload/status, an enum's value as /payload/status/VALUE, and another "
                        + "schema as #/$defs/NAME")
            }
        }
    }
}

extension SchemaGraph {
    fileprivate enum NameTarget {
        case schema(NodeID)
        case value(NodeID, JSONName)
        /// A schema on the way has an error, which may be why the target was not found.
        case unknown
    }

    private func hasValue(_ value: String, _ id: NodeID) -> Bool {
        self[id].enumeration?.contains { JSONName($0.value) == JSONName(value) } ?? false
    }

    /// The schema or value that a key of `swift_names` means; `nil` where there is none.
    fileprivate func target(of key: String) -> NameTarget? {
        if key.hasPrefix("#") {
            guard let pointer = JSONPointer(fragment: key.dropFirst()) else { return nil }
            return nodeIDs.first { self[$0].pointer == pointer }.map { .schema($0) }
        }
        guard let pointer = JSONPointer(key), !pointer.tokens.isEmpty else { return nil }
        var id = root
        for (index, token) in pointer.tokens.enumerated() {
            let outer = resolve(id)
            guard self[outer].isSound else { return .unknown }
            if let property = self[outer].property(token) {
                id = property.schema
            } else {
                let isLast = index == pointer.tokens.count - 1
                return isLast && hasValue(token, outer) ? .value(outer, JSONName(token)) : nil
            }
        }
        return .schema(id)
    }
}
