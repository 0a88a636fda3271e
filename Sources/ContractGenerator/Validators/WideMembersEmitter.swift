import JSONTape
import SchemaCompiler

/// Writes the walk over the members of a wide object: a table has their names, and the types of those that have nothing
/// but a type.
struct WideMembersEmitter {
    private let plan: ValidationPlan
    private let names: ValidatorNames
    private let own: ValidatorNames.Names
    private let members: ValidationPlan.Members
    /// The schema's own place.
    private let pointer: JSONPointer
    /// The members that need more than the table, by their positions.
    private let checked: [(position: Int, call: String)]

    /// `nil` where the schema is not that of a wide object.
    init?(plan: ValidationPlan, names: ValidatorNames, id: ValidationPlan.SubplanID) {
        let wide = plan[id].instructions.lazy.compactMap { instruction in
            if case .members(let members) = instruction, Width.isWide(members.members.count) { members } else { nil }
        }
        guard let own = names[id], let members = wide.first else { return nil }
        self.plan = plan
        self.names = names
        self.own = own
        self.members = members
        let pointer = plan[id].pointer
        self.pointer = pointer
        checked = members.members.enumerated().compactMap { position, member in
            guard !plan.isOfTable(member, of: pointer) else { return nil }
            let call = plan.call(member.subplan, names: names, node: "node", from: pointer)
            return call == "true" ? nil : (position, call)
        }
    }

    // MARK: The walk

    func emitWalk(to writer: inout SourceWriter) {
        writer.line("let members = \(own.table)")
        writer.line("var seen = members.noneSeen")
        writer.line("var next = 0")
        writer.line("var key = tape.first(in: node)")
        writer.line("let end = tape.end(of: node)")
        writer.block("while key != end") { writer in
            writer.line("let value = tape.value(ofKey: key)")
            emitMember(to: &writer)
            writer.line("key = tape.end(of: value)")
        }
        guard members.members.contains(where: \.isRequired) else { return }
        writer.block("for name in members.missing(in: seen)") { writer in
            writer.guarding(
                "report.missing(name, in: node, of: tape, by: schema + \"/required\")", else: "return false")
        }
    }

    private func emitMember(to writer: inout SourceWriter) {
        writer.line("if let member = members.position(of: key, in: tape, near: next) {")
        writer.indented { writer in
            writer.line("next = member + 1")
            writer.line(
                "guard seen.insert(member) || report.duplicate(key, of: tape, by: schema + \"/properties\"),")
            writer.indented { writer in
                writer.line("members.accepts(value, at: member, in: tape)")
                writer.indented { writer in
                    writer.line("|| report.expected(")
                    writer.indented { writer in
                        writer.line("members.expectation(at: member), at: value, of: tape,")
                        writer.line(
                            "by: schema + members.location(at: member) + \"/type\")" + (checked.isEmpty ? "" : ","))
                    }
                }
                if !checked.isEmpty { writer.line("\(own.member)(member, tape, at: value, &report)") }
            }
            writer.line("else { return false }")
        }
        if case .allowed = members.others {
            writer.line("}")
            return
        }
        writer.line("} else {")
        writer.indented { plan.emitOthers(members.others, names: names, from: pointer, to: &$0) }
        writer.line("}")
    }

    // MARK: The table and the functions

    /// Writes the table, and the functions for the members that need more than that.
    func emitFunctions(to writer: inout SourceWriter) {
        writer.line()
        emitTable(to: &writer)
        guard !checked.isEmpty else { return }
        writer.line()
        let parts = Array(zip(own.memberParts, Width.parts(of: checked.count).map { checked[$0] }))
        guard parts.count > 1, let last = parts.last else {
            emitFunction(own.member, checked[...], to: &writer)
            return
        }
        emitFunction(own.member, to: &writer) { writer in
            for (name, part) in parts.dropLast() {
                writer.line("case ...\(part.last?.position ?? 0): \(name)(member, tape, at: node, &report)")
            }
            writer.line("default: \(last.0)(member, tape, at: node, &report)")
        }
        for (name, part) in parts {
            writer.line()
            emitFunction(name, part, to: &writer)
        }
    }

    private func emitTable(to writer: inout SourceWriter) {
        var lists: [(label: String, positions: [Int])] = [
            ("required", members.members.indices.filter { members.members[$0].isRequired })
        ]
        for type in SimpleType.allCases {
            let positions = members.members.indices.filter { index in
                let member = members.members[index]
                return plan.isOfTable(member, of: pointer) && plan.simpleType(of: member.subplan) == type
            }
            lists.append((type.listLabel, positions))
        }
        lists.removeAll { $0.positions.isEmpty }
        writer.line("private static let \(own.table) = MemberTable(")
        writer.indented { writer in
            writer.array(
                "", members.members.map { SwiftLiteral.string($0.name) }, tail: lists.isEmpty ? "" : ",")
            for (index, list) in lists.enumerated() {
                writer.integers("\(list.label): ", list.positions, tail: index < lists.count - 1 ? "," : "")
            }
        }
        writer.line(")")
    }

    private func emitFunction(
        _ name: String, _ members: ArraySlice<(position: Int, call: String)>, to writer: inout SourceWriter
    ) {
        emitFunction(name, to: &writer) { writer in
            for (position, call) in members { writer.line("case \(position): \(call)") }
            writer.line("default: true")
        }
    }

    private func emitFunction(_ name: String, to writer: inout SourceWriter, cases: (inout SourceWriter) -> Void) {
        writer.line("private static func \(name)<Report: ValidationReport>(")
        writer.indented { writer in
            writer.line(
                "_ member: Int, _ tape: borrowing JSONTape, at node: JSONTape.Index, _ report: inout Report")
        }
        writer.block(") -> Bool") { writer in
            writer.line("switch member {")
            cases(&writer)
            writer.line("}")
        }
    }
}

extension ValidationPlan {
    /// Whether a member's schema is one that a ``MemberTable`` validates: a type alone, stated at the member itself.
    fileprivate func isOfTable(_ member: Members.Member, of pointer: JSONPointer) -> Bool {
        simpleType(of: member.subplan) != nil
            && self[member.subplan].pointer == pointer.appending("properties").appending(member.name)
    }
}
