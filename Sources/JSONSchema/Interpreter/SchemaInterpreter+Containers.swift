import JSONTape

extension SchemaInterpreter {
    // MARK: Arrays

    mutating func checkItems<Report: InterpreterReport>(
        _ index: Int, _ tape: borrowing JSONTape, _ node: JSONTape.Index, frame: Int, _ report: inout Report
    ) -> Bool {
        var element = tape.first(in: node)
        let end = tape.end(of: node)
        var position = 0
        let prefixCount = plan.items[index].prefix.count
        while position < prefixCount, element != end {
            if let part = plan.items[index].prefix[position] {
                guard check(part, tape, element, frame: -1, &report) else { return false }
            }
            if frame >= 0 { marks[frame + position] = true }
            element = tape.end(of: element)
            position += 1
        }
        if let rest = plan.items[index].rest {
            while element != end {
                guard check(rest, tape, element, frame: -1, &report) else { return false }
                element = tape.end(of: element)
            }
        }
        if frame >= 0, plan.items[index].evaluatesRest {
            for position in position..<max(position, tape.count(at: node)) { marks[frame + position] = true }
        }
        return true
    }

    mutating func checkContains<Report: InterpreterReport>(
        _ index: Int, _ tape: borrowing JSONTape, _ node: JSONTape.Index, frame: Int, _ report: inout Report
    ) -> Bool {
        let check = plan.contains[index]
        let marksItems = frame >= 0 && check.marksEvaluated
        var element = tape.first(in: node)
        let end = tape.end(of: node)
        var matches = 0
        var position = 0
        while element != end {
            if check.part.map({ isValid($0, tape, element, frame: -1) }) ?? true {
                matches += 1
                if marksItems { marks[frame + position] = true }
                if matches > check.maximum || matches >= check.minimum && check.maximum == .max && !marksItems { break }
            }
            element = tape.end(of: element)
            position += 1
        }
        if matches < check.minimum {
            let words = check.minimum == 1 ? "an item" : "\(check.minimum) items"
            guard
                report.fail(
                    .expected("\(words) that match\(check.minimum == 1 ? "es" : "") 'contains'"),
                    by: check.minimumKeyword, at: node, of: tape, plan)
            else { return false }
        }
        guard matches > check.maximum else { return true }
        return report.fail(
            .expected("at most \(check.maximum) items that match 'contains'"), by: check.maximumKeyword, at: node,
            of: tape, plan)
    }

    // MARK: Objects

    mutating func checkMembers<Report: InterpreterReport>(
        _ index: Int, _ tape: borrowing JSONTape, _ node: JSONTape.Index, frame: Int, _ report: inout Report
    ) -> Bool {
        var seen = SeenEntries(count: plan.members[index].entries.count)
        let patternCount = plan.members[index].patterns.count
        let others = plan.members[index].others
        var key = tape.first(in: node)
        let end = tape.end(of: node)
        var member = 0
        var guess = 0
        while key != end {
            let value = tape.value(ofKey: key)
            if let part = plan.members[index].propertyNames {
                guard check(part, tape, key, frame: -1, &report) else { return false }
            }
            var isEvaluated = false
            let position = plan.members[index].names.position(of: key, in: tape, near: guess)
            if position >= 0 {
                guess = position + 1
                let entry = plan.members[index].entries[position]
                if !seen.insert(position) {
                    let keyword = entry.requiredKeyword >= 0 ? entry.requiredKeyword : 0
                    guard report.fail(.duplicate, by: keyword, at: key, of: tape, plan) else { return false }
                }
                isEvaluated = entry.isProperty
                if let part = entry.part {
                    guard check(part, tape, value, frame: -1, &report) else { return false }
                }
            }
            for offset in 0..<patternCount {
                let entry = plan.members[index].patterns[offset]
                guard plan.patterns[Int(entry.pattern)].expression.matches(key, of: tape) else { continue }
                isEvaluated = true
                guard let part = entry.part else { continue }
                report.enterMember(key, of: tape)
                guard check(part, tape, value, frame: -1, &report) else { return false }
            }
            if !isEvaluated {
                switch others {
                case .allowed: break
                case .evaluated: isEvaluated = true
                case .refused(let keyword):
                    guard report.fail(.unexpected, by: keyword, at: key, of: tape, plan) else { return false }
                case .checked(let part):
                    isEvaluated = true
                    report.enterMember(key, of: tape)
                    guard check(part, tape, value, frame: -1, &report) else { return false }
                }
            }
            if isEvaluated, frame >= 0 { marks[frame + member] = true }
            member += 1
            key = tape.end(of: value)
        }
        return seen.containsAll(plan.members[index].requiredBits)
            || reportMissing(index, seen, tape, node, &report)
    }

    private func reportMissing<Report: InterpreterReport>(
        _ index: Int, _ seen: SeenEntries, _ tape: borrowing JSONTape, _ node: JSONTape.Index, _ report: inout Report
    ) -> Bool {
        for (position, entry) in plan.members[index].entries.enumerated()
        where entry.requiredKeyword >= 0 && !seen.contains(position) {
            let name = plan.members[index].names.names[position]
            guard report.fail(.missing(name), by: entry.requiredKeyword, at: node, of: tape, plan) else {
                return false
            }
        }
        return true
    }

    mutating func checkDependents<Report: InterpreterReport>(
        _ index: Int, _ keyword: Int32, _ tape: borrowing JSONTape, _ node: JSONTape.Index, frame: Int,
        _ report: inout Report
    ) -> Bool {
        let dependent = plan.dependents[index]
        guard tape.member(dependent.name, of: node) != nil else { return true }
        for name in dependent.required where tape.member(name, of: node) == nil {
            guard report.fail(.missing(name), by: keyword, at: node, of: tape, plan) else { return false }
        }
        return dependent.part.map { check($0, tape, node, frame: frame, &report) } ?? true
    }

    // MARK: The rest

    mutating func checkUnevaluated<Report: InterpreterReport>(
        _ part: Plan.Part?, _ keyword: Int32, _ tape: borrowing JSONTape, _ node: JSONTape.Index, frame: Int,
        _ report: inout Report
    ) -> Bool {
        let isObject = tape.kind(at: node) == .object
        var child = tape.first(in: node)
        let end = tape.end(of: node)
        var position = frame
        while child != end {
            let value = isObject ? tape.value(ofKey: child) : child
            if !marks[position] {
                marks[position] = true
                if isObject { report.enterMember(child, of: tape) }
                if let part {
                    guard check(part, tape, value, frame: -1, &report) else { return false }
                } else {
                    guard
                        report.fail(
                            isObject ? .unexpected : .expected("no further items"), by: keyword, at: child, of: tape,
                            plan)
                    else { return false }
                }
            }
            position += 1
            child = tape.end(of: value)
        }
        return true
    }
}

/// The entries of a members' table that an object has.
struct SeenEntries {
    private var bits: UInt64 = 0
    /// The entries after the 64th; empty for most tables.
    private var more: [Bool]

    init(count: Int) {
        more = count > 64 ? Array(repeating: false, count: count - 64) : []
    }

    /// Returns whether the entry is new.
    @inline(__always)
    mutating func insert(_ position: Int) -> Bool {
        guard position < 64 else {
            defer { more[position - 64] = true }
            return !more[position - 64]
        }
        let bit: UInt64 = 1 &<< UInt64(position)
        defer { bits |= bit }
        return bits & bit == 0
    }

    func contains(_ position: Int) -> Bool {
        position < 64 ? bits & (1 &<< UInt64(position)) != 0 : more[position - 64]
    }

    /// Whether the entries of some bits are present. Of a table with more entries than bits, it can't be said.
    @inline(__always)
    func containsAll(_ required: UInt64) -> Bool { bits & required == required && more.isEmpty }
}
