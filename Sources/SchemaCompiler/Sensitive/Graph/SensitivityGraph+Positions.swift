import ContractModel
import JSONTape

extension SensitivityGraph.Node {
    /// Returns the position of the node of a member; `nil` where nothing in it is sensitive.
    package func position(ofMember name: String) -> Int? {
        let known = positions[JSONName(name)] ?? otherMembers
        return known.flatMap { $0 >= 0 ? $0 : nil }
    }

    /// Returns the position of the node of an element; `nil` where nothing in it is sensitive.
    package func position(ofElement index: Int) -> Int? {
        elements.indices.contains(index) ? elements[index] : otherElements
    }
}

extension SensitivityGraph {
    /// Returns the place of the first mark of a node's values, and of those in them.
    func firstMark(from start: Int) -> SourceLocation? {
        var seen: Set<Int> = [start]
        var waiting = [start]
        while !waiting.isEmpty {
            let node = nodes[waiting.removeFirst()]
            if let category = node.category { return locations[category] }
            waiting += node.next.filter { seen.insert($0).inserted }
        }
        return nil
    }
}
