import ContractModel
import JSONTape

extension SchemaReader {
    /// As many schemas as may lie within each other, references followed: types nest as deep, and so do messages.
    private static let maximumDepth = 128

    mutating func resolveReferences() {
        var lost: [(node: SchemaGraph.NodeID, target: Located<String>, pointer: JSONPointer?)] = []
        for (id, target) in references {
            let pointer = target.value.hasPrefix("#") ? JSONPointer(fragment: target.value.dropFirst()) : nil
            if let pointer, let resolved = pointer.tokens.isEmpty ? graph.root : definitions[pointer] {
                graph.refer(id, to: resolved)
            } else {
                lost.append((id, target, pointer))
            }
        }
        guard !lost.isEmpty else { return }
        let hint = referenceHint()
        let pointers = Set(graph.nodeIDs.map { graph[$0].pointer })
        for (id, target, pointer) in lost {
            if let pointer, pointers.contains(pointer) {
                error(
                    in: id, .schemaReference, at: target.location,
                    "'\(target.value)' leads to a schema that is no definition, which is not supported yet",
                    hint: "put the schema under '\(definitionsKeyword)', and refer to it there from both places")
            } else {
                error(
                    in: id, .schemaReference, at: target.location,
                    "'\(target.value)' leads to no definition of this file", hint: hint)
            }
        }
    }

    private var definitionsKeyword: String { dialect >= .draft2019 ? "$defs" : "definitions" }

    private func referenceHint() -> String {
        if definitions.isEmpty {
            return "put the schema under \(definitionsKeyword) and refer to it as #/\(definitionsKeyword)/NAME"
        }
        let known = definitions.keys.map { "#\($0)" }.sorted()
        return "definitions here: " + known.prefix(20).joined(separator: ", ")
            + (known.count > 20 ? " and \(known.count - 20) more" : "")
    }

    /// Cuts references that lead back to themselves, and what lies too deep: whatever walks through the graph from here
    /// on comes to an end, and needs no more of the stack than there is.
    mutating func cutEndlessReferences() {
        let targets = Dictionary(references.map { ($0.node, $0.target) }, uniquingKeysWith: { first, _ in first })
        let walk = DepthFirstWalk(through: graph.nodeIDs) { graph[$0].children }
        for (id, _) in walk.circles {
            // Only a reference can lead back: a schema holds others, but is held by one alone.
            graph.refer(id, to: nil)
            guard let target = targets[id] else { continue }
            error(
                in: id, .schemaReference, at: target.location, "'\(target.value)' leads back to itself",
                hint: "recursive schemas are not supported yet")
        }
        var depths: [SchemaGraph.NodeID: Int] = [:]
        var isTold = false
        for id in walk.finished {
            let depth = 1 + (graph[id].children.compactMap { depths[$0] }.max() ?? 0)
            depths[id] = depth
            guard depth > Self.maximumDepth else { continue }
            // Of a chain that is long enough to be cut in several places, one is enough to know.
            if !isTold {
                error(
                    in: id, .nestingDepth, at: graph[id].location,
                    "schemas lie within each other deeper than \(Self.maximumDepth) levels from here, references followed"
                )
            }
            isTold = true
            graph.cut(id)
            depths[id] = 1
        }
    }
}
