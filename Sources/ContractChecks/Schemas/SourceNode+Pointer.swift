import ContractModel
import JSONTape

extension SourceNode {
    /// Returns the node that a pointer leads to.
    func node(at pointer: JSONPointer) -> SourceNode? {
        var node = self
        for token in pointer.tokens {
            let next: SourceNode? =
                switch node.content {
                case .mapping: node[token]
                case .sequence(let nodes): Int(token).flatMap { nodes.indices.contains($0) ? nodes[$0] : nil }
                case .null, .bool, .number, .string: nil
                }
            guard let next else { return nil }
            node = next
        }
        return node
    }
}
