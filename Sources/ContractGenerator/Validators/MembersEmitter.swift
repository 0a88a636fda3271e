import JSONTape
import SchemaCompiler

/// Writes the walk over an object's members.
struct MembersEmitter {
    let plan: ValidationPlan
    let names: [ValidationPlan.SubplanID: String]
    let members: ValidationPlan.Members
    /// Where the object's own schema stands.
    let pointer: JSONPointer

    /// As many members as one `SeenMembers` counts.
    private static let setSize = 64

    private var setCount: Int { (members.members.count + Self.setSize - 1) / Self.setSize }

    private func set(of member: Int) -> String { setName(member / Self.setSize) }

    private func setName(_ set: Int) -> String { set == 0 ? "seen" : "seen\(set + 1)" }

    func emit(to writer: inout SourceWriter) {
        for set in 0..<setCount { writer.line("var \(setName(set)) = SeenMembers()") }
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
                "\(set(of: index)).insert(\(index % Self.setSize)) "
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
        switch members.others {
        case .allowed:
            writer.line("break")
        case .refused:
            writer.line(
                "guard report.unexpected(key, of: tape, by: schema + \"/additionalProperties\") else { return false }")
        case .checked(let subplan):
            let call = plan.call(subplan, names: names, node: "value", from: pointer)
            writer.line("guard \(call) else { return false }")
        }
    }

    private func emitRequired(to writer: inout SourceWriter) {
        for set in 0..<setCount {
            let range = (set * Self.setSize)..<min((set + 1) * Self.setSize, members.members.count)
            let required = range.filter { members.members[$0].isRequired }
            guard !required.isEmpty else { continue }
            let mask = required.reduce(UInt64(0)) { $0 | 1 << UInt64($1 % Self.setSize) }
            writer.block("if !\(setName(set)).containsAll(0b\(String(mask, radix: 2)))") { writer in
                writer.line("let schema = schema + \"/required\"")
                let parts = required.map { index in
                    "\(setName(set)).contains(\(index % Self.setSize)) || report.missing("
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
}
