import JSONTape
import SchemaPlan

extension PlanEmitter {
    /// Writes the walk over an object's members. The value is an object.
    mutating func emit(_ check: Plan.MembersCheck, to writer: inout SourceWriter) {
        var check = check
        // A pattern that matches every name leaves no other members.
        if check.patterns.contains(where: { pattern($0.pattern, at: "name") == "true" }) { check.others = .allowed }
        writer.scope(sharesScope) { writer in
            let isWide = Width.isWide(check.entries.count)
            if !check.entries.isEmpty {
                writer.line("var seen = \(isWide ? "SeenNames(count: \(check.entries.count))" : "SeenMembers()")")
            }
            if isWide { writer.line("var next = 0") }
            if isTracking { writer.line("var position = -1") }
            writer.line("var key = tape.first(in: node)")
            writer.line("let end = tape.end(of: node)")
            writer.block("while key != end") { writer in
                writer.line("let name = key")
                if usesValue(check) { writer.line("let value = tape.value(ofKey: name)") }
                writer.line("key = tape.end(of: \(usesValue(check) ? "value" : "tape.value(ofKey: name)"))")
                if isTracking { writer.line("position &+= 1") }
                if let names = check.propertyNames { writer.demand(condition(names, at: "name")) }
                if notesEvaluated(check) { writer.line("var isEvaluated = false") }
                if isWide {
                    emitWideEntries(of: check, to: &writer)
                } else {
                    emitEntries(of: check, to: &writer)
                }
                for entry in check.patterns { emit(entry, of: check, to: &writer) }
                if check.entries.isEmpty || !check.patterns.isEmpty { emitOthers(of: check, to: &writer) }
            }
            emitRequired(of: check, to: &writer)
        }
    }

    private func usesValue(_ check: Plan.MembersCheck) -> Bool {
        if case .checked = check.others { return true }
        return check.entries.contains { $0.part != nil } || check.patterns.contains { $0.part != nil }
    }

    // MARK: Named members

    private mutating func emitEntries(of check: Plan.MembersCheck, to writer: inout SourceWriter) {
        guard !check.entries.isEmpty else { return }
        let positions = Dictionary(
            zip(check.names.names.map { JSONName($0) }, check.entries.indices), uniquingKeysWith: { first, _ in first })
        writer.line("switch tape.count(at: name) {")
        for text in TextWords.byLength(check.names.names) {
            guard let position = positions[JSONName(text.text)] else { continue }
            let condition = "case \(text.length) where \(text.test(at: "name")):"
            writer.line(writer.fits(condition + text.comment) ? condition + text.comment : condition)
            writer.statements { emitEntry(position, of: check, to: &$0) }
        }
        emitDefault(of: check, to: &writer)
        writer.line("}")
    }

    /// Writes the statements for a member with an entry's name.
    private mutating func emitEntry(_ position: Int, of check: Plan.MembersCheck, to writer: inout SourceWriter) {
        let entry = check.entries[position]
        let condition = entry.part.map { self.condition($0, at: "value") } ?? "true"
        writer.demand(["seen.insert(\(position))", condition])
        emitEnd(of: entry, in: check, to: &writer)
    }

    /// Writes the statements after the conditions of a named member. One that `required` alone names is also one of the
    /// others.
    private mutating func emitEnd(
        of entry: Plan.MemberEntry, in check: Plan.MembersCheck, to writer: inout SourceWriter
    ) {
        guard entry.isProperty else {
            if check.patterns.isEmpty { emitOthers(of: check, to: &writer) }
            return
        }
        if isTracking { writer.line("evaluated.insert(position)") }
        if notesEvaluated(check) { writer.line("isEvaluated = true") }
    }

    /// Writes the case of the members that have no entry.
    private mutating func emitDefault(of check: Plan.MembersCheck, to writer: inout SourceWriter) {
        var others = SourceWriter(depth: writer.depth + 1)
        if check.patterns.isEmpty { emitOthers(of: check, to: &others) }
        if others.isStarted {
            writer.line("default:")
            writer.append(others)
        } else {
            writer.line("default: break")
        }
    }

    /// Returns whether a variable marks the members that a name or a pattern matches.
    private func notesEvaluated(_ check: Plan.MembersCheck) -> Bool {
        switch check.others {
        case .allowed, .evaluated: false
        case .refused, .checked: !check.patterns.isEmpty
        }
    }

    /// Writes a walk over entries of many names. A table has their positions; members with equal conditions are one
    /// case.
    private mutating func emitWideEntries(of check: Plan.MembersCheck, to writer: inout SourceWriter) {
        writer.line("let member = \(table(of: check.names.names)).index(of: name, in: tape, near: next)")
        writer.block("if member >= 0") { writer in
            writer.line("guard seen.insert(member) else { return false }")
            writer.line("next = member &+ 1")
        }
        var cases: [(condition: String, isProperty: Bool, positions: [Int])] = []
        var known: [String: Int] = [:]
        for (position, entry) in check.entries.enumerated() {
            let condition = entry.part.map { self.condition($0, at: "value") } ?? "true"
            let key = "\(entry.isProperty) \(condition)"
            if let index = known[key] {
                cases[index].positions.append(position)
            } else {
                known[key] = cases.count
                cases.append((condition, entry.isProperty, [position]))
            }
        }
        if case .allowed = check.others, !isTracking { cases.removeAll { $0.condition == "true" } }
        writer.line("switch member {")
        for item in cases {
            writer.integerCase(item.positions)
            writer.statements { writer in
                writer.demand(item.condition)
                emitEnd(of: check.entries[item.positions[0]], in: check, to: &writer)
            }
        }
        emitDefault(of: check, to: &writer)
        writer.line("}")
    }

    private func emitRequired(of check: Plan.MembersCheck, to writer: inout SourceWriter) {
        let required = check.entries.indices.filter { check.entries[$0].isRequired }
        guard !required.isEmpty else { return }
        if !Width.isWide(check.entries.count) {
            let mask = required.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
            writer.demand("seen.containsAll(0x\(String(mask, radix: 16)))")
        } else {
            for position in required { writer.demand("seen.contains(\(position))") }
        }
    }

    // MARK: Other members

    private mutating func emit(
        _ entry: Plan.PatternEntry, of check: Plan.MembersCheck, to writer: inout SourceWriter
    ) {
        let test = pattern(entry.pattern, at: "name")
        guard test != "false" else { return }
        let condition = entry.part.map { self.condition($0, at: "value") } ?? "true"
        let tracks = isTracking
        let notes = notesEvaluated(check)
        func emitBody(_ writer: inout SourceWriter) {
            if tracks { writer.line("evaluated.insert(position)") }
            if notes { writer.line("isEvaluated = true") }
            writer.demand(condition)
        }
        if test == "true" { emitBody(&writer) } else { writer.block("if \(test)") { emitBody(&$0) } }
    }

    private mutating func emitOthers(of check: Plan.MembersCheck, to writer: inout SourceWriter) {
        let condition: String
        switch check.others {
        case .allowed: return
        // With those that a name or a pattern matches, all are evaluated.
        case .evaluated:
            if isTracking { writer.line("evaluated.insert(position)") }
            return
        case .refused: condition = "false"
        case .checked(let part): condition = self.condition(part, at: "value")
        }
        if isTracking, condition != "false" { writer.line("evaluated.insert(position)") }
        guard condition != "true" else { return }
        if check.patterns.isEmpty {
            writer.demand(condition)
        } else {
            writer.demand(condition == "false" ? "isEvaluated" : "isEvaluated || \(condition)")
        }
    }
}
