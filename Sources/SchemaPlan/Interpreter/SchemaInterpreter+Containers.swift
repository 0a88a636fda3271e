import JSONTape

extension SchemaInterpreter {
    // MARK: Arrays

    @inline(never)
    mutating func checkItems<Report: InterpreterReport>(
        _ index: Int, _ tape: borrowing JSONTape, _ node: JSONTape.Index, frame: Int, _ report: inout Report
    ) -> Bool {
        var element = tape.first(in: node)
        let end = tape.end(of: node)
        var position = 0
        let items = tables.items[index]
        while position < items.prefixCount, element != end {
            if let part = items.prefix[position] {
                guard check(part, tape, element, frame: -1, &report) else { return false }
            }
            if frame >= 0 { marks[frame + position] = true }
            element = tape.end(of: element)
            position += 1
        }
        if let rest = items.rest {
            while element != end {
                guard check(rest, tape, element, frame: -1, &report) else { return false }
                element = tape.end(of: element)
            }
        }
        if frame >= 0, items.evaluatesRest {
            for position in position..<max(position, tape.count(at: node)) { marks[frame + position] = true }
        }
        return true
    }

    @inline(never)
    mutating func checkContains<Report: InterpreterReport>(
        _ index: Int, _ tape: borrowing JSONTape, _ node: JSONTape.Index, frame: Int, _ report: inout Report
    ) -> Bool {
        let check = tables.contains[index]
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
                    by: check.minimumKeyword, at: node, of: tape, tables)
            else { return false }
        }
        guard matches > check.maximum else { return true }
        return report.fail(
            .expected("at most \(check.maximum) items that match 'contains'"), by: check.maximumKeyword, at: node,
            of: tape, tables)
    }

    // MARK: Objects

    @inline(never)
    mutating func checkMembers<Report: InterpreterReport>(
        _ index: Int, _ keyword: Int32, _ tape: borrowing JSONTape, _ node: JSONTape.Index, frame: Int,
        _ report: inout Report
    ) -> Bool {
        let entryCount = tables.members[index].entryCount
        guard entryCount > 64 else { return walkMembers(index, keyword, tape, node, frame: frame, wide: -1, &report) }
        let wide = marks.count
        marks.append(contentsOf: repeatElement(false, count: entryCount))
        defer { marks.removeLast(entryCount) }
        return walkMembers(index, keyword, tape, node, frame: frame, wide: wide, &report)
    }

    /// - Parameter wide: The place in ``marks`` that notes which entries the object has, where they are more than 64.
    private mutating func walkMembers<Report: InterpreterReport>(
        _ index: Int, _ keyword: Int32, _ tape: borrowing JSONTape, _ node: JSONTape.Index, frame: Int, wide: Int,
        _ report: inout Report
    ) -> Bool {
        let members = tables.members + index
        var seen: UInt64 = 0
        var key = tape.first(in: node)
        let end = tape.end(of: node)
        var member = 0
        var guess = 0
        while key != end {
            let value = tape.value(ofKey: key)
            var isEvaluated = false
            let position = members.pointee.names.position(of: key, in: tape, near: guess)
            if let part = members.pointee.propertyNames {
                if position < 0 { report.enterMember(key, of: tape) }
                guard check(part, tape, key, frame: -1, &report) else { return false }
            }
            if position >= 0 {
                guess = position &+ 1
                let entry = members.pointee.entries[position]
                if !note(position, &seen, wide: wide) {
                    guard report.fail(.duplicate, by: keyword, at: key, of: tape, tables) else { return false }
                }
                isEvaluated = entry.isProperty
                if let part = entry.part {
                    guard check(part, tape, value, frame: -1, &report) else { return false }
                }
            }
            if members.pointee.patternCount > 0 {
                guard checkPatterns(index, tape, key, &isEvaluated, &report) else { return false }
            }
            if !isEvaluated {
                switch members.pointee.others {
                case .allowed: break
                case .evaluated: isEvaluated = true
                case .refused(let keyword):
                    guard report.fail(.unexpected, by: keyword, at: key, of: tape, tables) else { return false }
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
        let required = members.pointee.requiredBits
        return seen & required == required && wide < 0
            || reportMissing(index, seen, wide: wide, tape, node, &report)
    }

    /// Notes an entry; returns whether it is new.
    @inline(__always)
    private mutating func note(_ position: Int, _ seen: inout UInt64, wide: Int) -> Bool {
        guard wide < 0 else {
            defer { marks[wide + position] = true }
            return !marks[wide + position]
        }
        let bit: UInt64 = 1 &<< UInt64(position)
        defer { seen |= bit }
        return seen & bit == 0
    }

    @inline(never)
    private mutating func checkPatterns<Report: InterpreterReport>(
        _ index: Int, _ tape: borrowing JSONTape, _ key: JSONTape.Index, _ isEvaluated: inout Bool,
        _ report: inout Report
    ) -> Bool {
        for offset in 0..<tables.members[index].patternCount {
            let entry = tables.members[index].patterns[offset]
            guard tables.patterns[Int(entry.pattern)].matches(key, of: tape) else { continue }
            isEvaluated = true
            guard let part = entry.part else { continue }
            report.enterMember(key, of: tape)
            guard check(part, tape, tape.value(ofKey: key), frame: -1, &report) else { return false }
        }
        return true
    }

    @inline(never)
    private func reportMissing<Report: InterpreterReport>(
        _ index: Int, _ seen: UInt64, wide: Int, _ tape: borrowing JSONTape, _ node: JSONTape.Index,
        _ report: inout Report
    ) -> Bool {
        for (position, entry) in tables.plan.members[index].entries.enumerated() where entry.isRequired {
            let isPresent = wide < 0 ? seen & (1 &<< UInt64(position)) != 0 : marks[wide + position]
            guard !isPresent else { continue }
            let name = tables.plan.members[index].names.names[position]
            guard report.fail(.missing(name), by: entry.keyword, at: node, of: tape, tables) else { return false }
        }
        return true
    }

    @inline(never)
    mutating func checkDependents<Report: InterpreterReport>(
        _ index: Int, _ keyword: Int32, _ tape: borrowing JSONTape, _ node: JSONTape.Index, frame: Int,
        _ report: inout Report
    ) -> Bool {
        let dependent = tables.plan.dependents[index]
        guard tape.member(dependent.name, of: node) != nil else { return true }
        for name in dependent.required where tape.member(name, of: node) == nil {
            guard report.fail(.missing(name), by: keyword, at: node, of: tape, tables) else { return false }
        }
        return dependent.part.map { check($0, tape, node, frame: frame, &report) } ?? true
    }

    // MARK: The rest

    @inline(never)
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
                            tables)
                    else { return false }
                }
            }
            position += 1
            child = tape.end(of: value)
        }
        return true
    }
}
