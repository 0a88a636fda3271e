import JSONSchema

extension SchemaModel {
    /// Returns schemas, and those that they apply to the same value.
    ///
    /// - Parameter certainly: Whether alternatives and conditions are left out, which may not apply.
    func applied(by schemas: [NodeID], certainly: Bool) -> [NodeID] {
        var found: [NodeID] = []
        var seen: Set<NodeID> = []
        var waiting = schemas
        while let id = waiting.popLast() {
            guard seen.insert(id).inserted else { continue }
            found.append(id)
            for assertion in self[id].assertions {
                switch assertion.kind {
                case .all, .refer: waiting += assertion.kind.inPlaceChildren
                default: if !certainly { waiting += assertion.kind.inPlaceChildren }
                }
            }
        }
        return found.sorted { $0.index < $1.index }
    }
}
