import JSONTape

extension SensitivityGraph.Node {
    /// Returns the position of the node of a member; `nil` where nothing in it is sensitive.
    package func position(ofMember name: String) -> Int? {
        let known = members.first { JSONName($0.name) == JSONName(name) }?.node ?? otherMembers
        return known.flatMap { $0 >= 0 ? $0 : nil }
    }

    /// Returns the position of the node of an element; `nil` where nothing in it is sensitive.
    package func position(ofElement index: Int) -> Int? {
        elements.indices.contains(index) ? elements[index] : otherElements
    }
}
