import SchemaCompiler
import JSONTape
import SchemaPlan

extension EventRules {
    /// Returns the rules as they apply to what is sent: nothing in an encrypted value can be required.
    func encrypted(by protection: CompiledProtection) -> EventRules {
        var rules = self
        for index in rules.rules.indices {
            rules.rules[index].required.removeAll { protection.encryptsValue(around: $0) }
        }
        return rules
    }
}

extension CompiledProtection {
    /// Returns whether a pointer leads into an encrypted value.
    fileprivate func encryptsValue(around pointer: JSONPointer) -> Bool {
        var position: Int? = 0
        for token in pointer.tokens {
            guard let node = position.map({ graph.nodes[$0] }) else { return false }
            if let category = node.category, keys[category] != nil { return true }
            position = node.position(ofMember: token)
        }
        return false
    }
}
