import SchemaPlan
import JSONTape

extension PackedTextReader {
    mutating func part() -> Plan.Part? {
        let number = number()
        return number == 0 ? nil : Plan.Part(subplan: Plan.SubplanID(number - 1), path: 0)
    }

    mutating func requiredPart() -> Plan.Part {
        guard let part = part() else { preconditionFailure("a packed plan that the generator has not written") }
        return part
    }

    mutating func members() -> Plan.MembersCheck {
        var names: [String] = []
        let entries = list { reader in
            names.append(reader.string())
            return Plan.MemberEntry(
                part: reader.part(), isProperty: reader.flag(), isRequired: reader.flag(), keyword: reader.index())
        }
        let patterns = list { reader in
            Plan.PatternEntry(pattern: reader.index(), part: reader.part())
        }
        let others: Plan.Others =
            switch number() {
            case 0: .allowed
            case 1: .evaluated
            case 2: .refused(index())
            default: .checked(requiredPart())
            }
        return Plan.MembersCheck(
            names: KeyTable(names), entries: entries, patterns: patterns, others: others, propertyNames: part(),
            requiredBits: UInt64(UInt(bitPattern: number())))
    }

    mutating func step() -> Plan.Step {
        Plan.Step(instruction: instruction(), keyword: numberOrNone())
    }

    private mutating func types() -> TypeSet { TypeSet(rawValue: UInt8(truncatingIfNeeded: number())) }

    mutating func branches() -> Range<Int32> {
        let start = index()
        return start..<start + index()
    }

    private mutating func instruction() -> Plan.Instruction {
        switch number() {
        case 0: .never
        case 1: .types(types())
        case 2: .skipUnless(types(), count: index())
        case 3: .values(index())
        case 4: .minimumLength(number())
        case 5: .maximumLength(number())
        case 6: .pattern(index())
        case 7: .format(format())
        case 8: .bound(index())
        case 9: .multipleOf(index())
        case 10: .minimumItems(number())
        case 11: .maximumItems(number())
        case 12: .uniqueItems
        case 13: .items(index())
        case 14: .contains(index())
        case 15: .minimumProperties(number())
        case 16: .maximumProperties(number())
        case 17: .members(index())
        case 18: .dependents(index())
        case 19: .call(requiredPart())
        case 20: .any(branches: branches())
        case 21: .one(branches: branches())
        case 22: .not(requiredPart())
        case 23: .ifThenElse(index())
        case 24: .unevaluatedItems(part())
        case 25: .unevaluatedProperties(part())
        case 26: .select(index())
        default: preconditionFailure("a packed plan that the generator has not written")
        }
    }

    private mutating func format() -> StringFormat {
        guard let format = StringFormat(rawValue: string()) else {
            preconditionFailure("a packed plan that the generator has not written")
        }
        return format
    }
}
