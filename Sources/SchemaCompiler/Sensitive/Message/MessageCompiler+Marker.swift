import ContractModel
import JSONTape

extension MessageCompiler {
    /// Returns the property that a producer sets to `true` in messages with encrypted values; `nil` where it can't, which is
    /// reported.
    func marker(
        at pointer: Located<JSONPointer>, _ graph: SensitivityGraph, diagnostics: inout Diagnostics
    ) -> JSONPointer? {
        guard let path = resolve(pointer, diagnostics: &diagnostics) else { return nil }
        guard let problem = typeProblem(path) ?? eventProblem(path) ?? schemaProblem(path, graph) else {
            return path.pointer
        }
        diagnostics.error(
            .encryption, at: pointer.location,
            "the marker '\(path.pointer)' of \(declaration.name.value) \(problem.text)", hint: problem.hint)
        return nil
    }

    private func typeProblem(_ path: PropertyPath) -> MarkerConditions.Problem? {
        if path.isSensitive {
            return .init(text: "is sensitive itself", hint: "name a property that readers see")
        }
        if path.type != .bool { return .init(text: "is \(path.type.summary)", hint: "a marker is a boolean") }
        guard path.properties.dropLast().contains(where: \.mayBeMissing) else { return nil }
        return .init(
            text: "is in an object that may be absent",
            hint: "add each object on the way to it to 'required' in \(declaration.schema.value)")
    }

    private func eventProblem(_ path: PropertyPath) -> MarkerConditions.Problem? {
        for event in declaration.events {
            if event.fixed.contains(where: { $0.property.value == path.pointer }) {
                return .init(text: "is fixed by an event", hint: "remove it from 'fixed': the producer sets it")
            }
            if event.forbidden.contains(where: { path.pointer.tokens.starts(with: $0.value.tokens) }) {
                return .init(
                    text: "is forbidden in the event '\(event.name.value)'",
                    hint: "remove it from 'forbids': the producer sets it in each message")
            }
            if path.isOptional, event.required.contains(where: { $0.value == path.pointer }) {
                return .init(
                    text: "is required by the event '\(event.name.value)', whose plain messages may be without it",
                    hint: "remove it from 'requires', or add it to 'required' in \(declaration.schema.value)")
            }
        }
        return nil
    }

    private func schemaProblem(_ path: PropertyPath, _ graph: SensitivityGraph) -> MarkerConditions.Problem? {
        guard let root = types.root(of: declaration) else { return nil }
        return MarkerConditions(types.model, root: root, marker: path.pointer, members: graph.memberSchemas).problem
    }

    /// Refuses texts that contain the marker: they are made before it is set.
    func checkUses(
        of marker: JSONPointer, headers: [CompiledHeader], envelope: [CompiledEnvelopeRule],
        diagnostics: inout Diagnostics
    ) {
        let headers = headers.map { ($0.pattern, "in the header '\($0.name)'") }
        let envelope = envelope.map { ($0.pattern, "part of '\($0.property.pointer)'") }
        for (pattern, use) in headers + envelope where pattern.properties.contains(where: { $0.pointer == marker }) {
            diagnostics.error(
                .encryption, at: pattern.location,
                "'\(marker)' is the marker of encrypted values, and can't be \(use): it is false until values are "
                    + "encrypted",
                hint: "read it from the message, or name another property")
        }
    }
}
