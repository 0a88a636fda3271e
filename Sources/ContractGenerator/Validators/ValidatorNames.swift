import JSONTape
import SchemaCompiler

/// The names of the functions and tables of a message's validator.
struct ValidatorNames {
    /// The names for one schema.
    struct Names {
        /// The function that validates a value: `checkPayload`.
        var function: String
        /// The table of a wide object's members, or of a wide enum's values.
        var table: String
        /// The functions that validate the members of a wide object: the one to call, and its parts.
        var member = ""
        var memberParts: [String] = []
    }

    private let names: [ValidationPlan.SubplanID: Names]

    init(_ plan: ValidationPlan, rules: EventRules) {
        var taken = Set(["checkEvent"] + EventRuleEmitter.partNames(rules))
        func free(_ base: String) -> String {
            var name = base
            var number = 2
            while !taken.insert(name).inserted {
                name = "\(base)\(number)"
                number += 1
            }
            return name
        }
        var names: [ValidationPlan.SubplanID: Names] = [:]
        for id in plan.subplanIDs
        where id == plan.root || !plan[id].instructions.isEmpty && plan.simpleType(of: id) == nil {
            let name = id == plan.root ? "Message" : plan[id].functionName
            let function = free("check" + name)
            let own = function.dropFirst("check".count)
            names[id] = Names(function: function, table: own.prefix(1).lowercased() + own.dropFirst() + "Names")
        }
        // After the others, so that those have the plain names.
        for id in plan.subplanIDs {
            guard let function = names[id]?.function, let members = plan.wideMembers(of: id) else { continue }
            names[id]?.member = free(function + "Member")
            names[id]?.memberParts = Width.parts(of: members.count).map { _ in free(function + "MemberPart") }
        }
        self.names = names
    }

    subscript(id: ValidationPlan.SubplanID) -> Names? { names[id] }
}

extension ValidationPlan {
    /// The members that a schema states, where they are so many that a table stands for them.
    func wideMembers(of id: SubplanID) -> [Members.Member]? {
        for case .members(let members) in self[id].instructions where Width.isWide(members.members.count) {
            return members.members
        }
        return nil
    }
}

extension ValidationPlan.Subplan {
    /// A function's name for the schema: by its place, or by its file for a file's root.
    fileprivate var functionName: String {
        guard pointer.tokens.isEmpty else { return pointer.functionName }
        return SwiftName.type(file.split(separator: ".").first.map(String.init) ?? file)
    }
}

extension JSONPointer {
    /// A function's name for a schema's place: `/properties/payload/properties/status` becomes `PayloadStatus`.
    fileprivate var functionName: String {
        var name = ""
        var tokens = tokens.makeIterator()
        while let token = tokens.next() {
            switch token {
            case "properties", "$defs", "definitions": name += tokens.next().map(SwiftName.type) ?? ""
            case "items": name += "Item"
            case "additionalProperties": name += "Value"
            default: name += SwiftName.type(token)
            }
        }
        return name
    }
}
