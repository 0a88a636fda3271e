import JSONTape
import SchemaPlan

extension Plan {
    /// Returns the strings that a schema accepts, where it accepts nothing else.
    func strings(of id: SubplanID) -> Set<String>? {
        for index in subplans[Int(id.index)].steps {
            switch steps[Int(index)].instruction {
            case .types: continue
            case .values(let index):
                let set = values[Int(index)]
                guard !set.isOpen, set.strings.names.count == set.values.count else { return nil }
                return Set(set.strings.names)
            case .call(let part): return strings(of: part.subplan)
            default: return nil
            }
        }
        return nil
    }

    /// Returns the kinds of the values that a schema may accept.
    func kinds(of id: SubplanID) -> Set<JSONTape.Kind> {
        var kinds = Set(JSONTape.Kind.all)
        var position = subplans[Int(id.index)].steps.lowerBound
        let end = subplans[Int(id.index)].steps.upperBound
        while position < end {
            let instruction = steps[Int(position)].instruction
            position += 1
            switch instruction {
            case .never: return []
            case .types(let types): kinds.formIntersection(types.possibleKinds)
            case .skipUnless(_, let count): position += count
            case .values(let index):
                if !values[Int(index)].isOpen { kinds.formIntersection(values[Int(index)].types.possibleKinds) }
            case .call(let part): kinds.formIntersection(self.kinds(of: part.subplan))
            case .select: kinds.formIntersection([.object])
            case .any(let branches), .one(let branches):
                kinds.formIntersection(
                    branches.reduce(into: Set()) { $0.formUnion(self.kinds(of: self.branches[Int($1)].subplan)) })
            default: break
            }
        }
        return kinds
    }
}

extension Plan.ValueSet {
    /// The types of the values.
    var types: TypeSet {
        values.reduce(into: TypeSet()) { types, value in
            switch value {
            case .null: types.insert(.null)
            case .bool: types.insert(.boolean)
            case .number: types.insert(.number)
            case .string: types.insert(.string)
            case .array: types.insert(.array)
            case .object: types.insert(.object)
            }
        }
    }
}
