import JSONTape
import SchemaCompiler

/// Writes the walk over an object's members.
struct MembersEmitter {
    let plan: ValidationPlan
    let names: ValidatorNames
    let members: ValidationPlan.Members
    /// Where the object's own schema stands.
    let pointer: JSONPointer

    func emit(to writer: inout SourceWriter) {
        if !members.members.isEmpty { writer.line("var seen = SeenMembers()") }
        writer.line("var key = tape.first(in: node)")
        writer.line("let end = tape.end(of: node)")
        writer.block("while key != end") { writer in
            writer.line("let value = tape.value(ofKey: key)")
            if members.members.isEmpty {
                emitOthers(to: &writer)
            } else {
                writer.line("switch tape.count(at: key) {")
                for (index, member) in members.members.enumerated() { emit(member, index, to: &writer) }
                writer.line("default:")
                writer.indented { emitOthers(to: &$0) }
                writer.line("}")
            }
            writer.line("key = tape.end(of: value)")
        }
        emitRequired(to: &writer)
    }

    private func emit(_ member: ValidationPlan.Members.Member, _ index: Int, to writer: inout SourceWriter) {
        let name = SwiftLiteral.string(member.name)
        writer.line("case \(member.name.utf8.count) where tape.string(at: key, is: \(name)):")
        writer.indented { writer in
            let call = plan.call(member.subplan, names: names, node: "value", from: pointer)
            let isFirst =
                "seen.insert(\(index)) "
                + "|| report.duplicate(key, of: tape, by: schema + \"/properties\")"
            guard call != "true" else {
                writer.guarding(isFirst, else: "return false")
                return
            }
            writer.line("guard \(isFirst),")
            writer.indented { $0.line(call) }
            writer.line("else { return false }")
        }
    }

    private func emitOthers(to writer: inout SourceWriter) {
        plan.emitOthers(members.others, names: names, from: pointer, to: &writer)
    }

    private func emitRequired(to writer: inout SourceWriter) {
        let required = members.members.indices.filter { members.members[$0].isRequired }
        guard !required.isEmpty else { return }
        let mask = required.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
        writer.block("if !seen.containsAll(0b\(String(mask, radix: 2)))") { writer in
            writer.line("let schema = schema + \"/required\"")
            let parts = required.map { index in
                "seen.contains(\(index)) || report.missing("
                    + "\(SwiftLiteral.string(members.members[index].name)), in: node, of: tape, by: schema)"
            }
            guard parts.count > 1 else {
                writer.guarding(parts[0], else: "return false")
                return
            }
            writer.line("guard \(parts[0]),")
            writer.indented { writer in
                for (index, part) in parts.dropFirst().enumerated() {
                    writer.line(part + (index < parts.count - 2 ? "," : ""))
                }
            }
            writer.line("else { return false }")
        }
    }
}

extension ValidationPlan {
    /// Writes the statement for a member that the schema does not state.
    func emitOthers(
        _ others: Members.Others, names: ValidatorNames, from pointer: JSONPointer, to writer: inout SourceWriter
    ) {
        switch others {
        case .allowed:
            writer.line("break")
        case .refused:
            writer.line(
                "guard report.unexpected(key, of: tape, by: schema + \"/additionalProperties\") else { return false }")
        case .checked(let subplan):
            writer.line("report.enter(key, of: tape)")
            writer.line(
                "guard \(call(subplan, names: names, node: "value", from: pointer)) else { return false }")
        }
    }
}
