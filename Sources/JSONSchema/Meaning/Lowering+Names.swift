import ContractModel
import Suggestions

extension Lowering {
    /// Reports a property that looks like a required one of another name: with a letter of another script, or with a character
    /// that is not visible.
    mutating func checkLookalikes() {
        for case .members(let members) in node.assertions.map(\.kind) {
            let odd = members.properties.filter { !$0.name.value.utf8.allSatisfy { $0 < 0x80 } }
            for case .required(let names) in node.assertions.map(\.kind) {
                for name in names {
                    let candidates = name.utf8.allSatisfy { $0 < 0x80 } ? odd : members.properties
                    guard !candidates.isEmpty, !members.properties.contains(where: { $0.name.value == name }),
                        let property = candidates.first(where: {
                            Confusables.visible($0.name.value) == Confusables.visible(name)
                        })
                    else { continue }
                    fail(
                        .schemaValue, at: property.name.location,
                        "the property '\(property.name.value)' looks like '\(name)', which is required",
                        hint: "write both alike")
                }
            }
        }
    }
}
