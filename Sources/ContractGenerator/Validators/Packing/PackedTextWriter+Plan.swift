import JSONTape
import SchemaPlan

extension PackedTextWriter {
    mutating func append(_ part: Plan.Part?) { append(part.map { Int($0.subplan.index) + 1 } ?? 0) }

    mutating func append(_ check: Plan.MembersCheck) {
        append(check.entries.count)
        for (name, entry) in zip(check.names.names, check.entries) {
            append(name)
            append(entry.part)
            append(entry.isProperty)
            append(entry.isRequired)
            append(Int(entry.keyword))
        }
        append(check.patterns) { writer, entry in
            writer.append(Int(entry.pattern))
            writer.append(entry.part)
        }
        switch check.others {
        case .allowed: append(0)
        case .evaluated: append(1)
        case .refused(let keyword):
            append(2)
            append(Int(keyword))
        case .checked(let part):
            append(3)
            append(Optional(part))
        }
        append(check.propertyNames)
        append(Int(bitPattern: UInt(check.requiredBits)))
    }

    mutating func append(_ step: Plan.Step) {
        append(step.instruction)
        append(orNone: step.keyword)
    }

    private mutating func append(_ instruction: Plan.Instruction) {
        func numbers(_ code: Int, _ numbers: Int...) { for number in [code] + numbers { append(number) } }
        switch instruction {
        case .never: numbers(0)
        case .types(let set): numbers(1, Int(set.rawValue))
        case .skipUnless(let set, let count): numbers(2, Int(set.rawValue), Int(count))
        case .values(let index): numbers(3, Int(index))
        case .minimumLength(let count): numbers(4, count)
        case .maximumLength(let count): numbers(5, count)
        case .pattern(let index): numbers(6, Int(index))
        case .format(let format):
            append(7)
            append(format.rawValue)
        case .bound(let index): numbers(8, Int(index))
        case .multipleOf(let index): numbers(9, Int(index))
        case .minimumItems(let count): numbers(10, count)
        case .maximumItems(let count): numbers(11, count)
        case .uniqueItems: numbers(12)
        case .items(let index): numbers(13, Int(index))
        case .contains(let index): numbers(14, Int(index))
        case .minimumProperties(let count): numbers(15, count)
        case .maximumProperties(let count): numbers(16, count)
        case .members(let index): numbers(17, Int(index))
        case .dependents(let index): numbers(18, Int(index))
        case .call(let part): numbers(19, Int(part.subplan.index) + 1)
        case .any(let branches): numbers(20, Int(branches.lowerBound), branches.count)
        case .one(let branches): numbers(21, Int(branches.lowerBound), branches.count)
        case .select(let index): numbers(26, Int(index))
        case .not(let part): numbers(22, Int(part.subplan.index) + 1)
        case .ifThenElse(let index): numbers(23, Int(index))
        case .unevaluatedItems(let part): numbers(24, part.map { Int($0.subplan.index) + 1 } ?? 0)
        case .unevaluatedProperties(let part): numbers(25, part.map { Int($0.subplan.index) + 1 } ?? 0)
        }
    }
}
