import ContractModel
import JSONSchema
import JSONTape

/// An object that is being put together.
struct ObjectBuilder {
    var facts: ObjectFacts
    let excluded: [JSONValue]
    /// The names that conditions state, and those that have been found.
    private var known: [JSONName] = []

    init(_ facts: ObjectFacts, excluded: [JSONValue]) {
        self.facts = facts
        self.excluded = excluded
    }

    mutating func findNames() {
        var seen: Set<JSONName> = []
        let stated = facts.divisions.flatMap { $0.members.properties.map { JSONName($0.name.value) } }
        let demanded = facts.demands.flatMap(\.excludedNames)
        for name in facts.present.map(\.name) + stated + demanded where seen.insert(name).inserted {
            known.append(name)
        }
    }

    mutating func add(_ name: JSONName) { known.append(name) }

    func names(presentFirst: Bool) -> [JSONName] {
        presentFirst ? known.filter(facts.isPresent) + known.filter { !facts.isPresent($0) } : known
    }
}
