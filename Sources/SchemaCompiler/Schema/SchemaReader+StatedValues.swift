import ContractModel
import JSONTape

extension SchemaReader {
    /// The specification lets a default be wrong; one that is would be sent by generated code, and refused by its
    /// validator.
    mutating func checkDefaults() {
        var checker = StatedValueChecker(graph)
        for id in graph.nodeIDs {
            guard let value = graph[id].defaultValue, graph[id].isSound, graph[graph.resolve(id)].isSound else {
                continue
            }
            let failures: [String]
            do {
                failures = try checker.failures(of: value, by: id).map { failure in
                    failure.instance.tokens.isEmpty ? failure.message : "\(failure.instance): \(failure.message)"
                }
            } catch {
                failures = ["\(error)"]
            }
            for failure in failures {
                diagnostics.error(
                    .schemaValue, at: value.location, "the default is not valid by its own schema: \(failure)",
                    hint: value.content == .null ? "leave it out: what is absent is nil already" : nil)
            }
        }
    }

    /// What `enum` and `const` list must be valid by the rest of their schema: what is not can never be sent.
    mutating func checkEnumeration(_ node: SchemaNode, entries: [SourceNode.Entry]) {
        guard let values = node.enumeration else { return }
        let keyword = node.constant == nil ? "enum" : "const"
        if let type = node.type, type.value != .string {
            error(
                .schemaValue, at: type.location,
                "'\(keyword)' \(node.constant == nil ? "lists strings" : "is a string"), and 'type' is '\(type.value.rawValue)': nothing is valid",
                hint: "write \"type\": \"string\"")
            return
        }
        guard node.minimumLength != nil || node.maximumLength != nil || node.format != nil else { return }
        var rest = SchemaNode(location: node.location, pointer: node.pointer)
        rest.minimumLength = node.minimumLength
        rest.maximumLength = node.maximumLength
        rest.format = node.format
        var alone = SchemaGraph(file: graph.file)
        alone.fill(alone.reserve(at: rest.location, pointer: rest.pointer), with: rest)
        var checker = StatedValueChecker(alone)
        for value in values {
            let source = SourceNode(.string(value.value), at: value.location)
            guard let failure = try? checker.failures(of: source, by: alone.root).first else { continue }
            error(
                .schemaValue, at: value.location,
                "'\(value.value)' is in '\(keyword)', but not valid by the rest of its schema: \(failure.message)")
        }
    }

    /// Names that the schema sets must be Swift's, and those of values must be for values that the enum has.
    mutating func checkSwiftNames(_ node: SchemaNode) {
        for name in [node.swiftName].compactMap(\.self) + node.swiftNames.map(\.name) {
            guard let fault = SwiftName.fault(in: name.value) else { continue }
            error(.invalidName, at: name.location, fault.text, hint: fault.hint)
        }
        let values = node.enumeration?.map(\.value) ?? []
        let known = Set(values.map { JSONName($0) })
        for (value, _) in node.swiftNames where !known.contains(JSONName(value.value)) {
            error(
                .schemaValue, at: value.location, "'\(value.value)' is not in the 'enum' of this schema",
                hint: Suggestion.nearest(to: value.value, among: values).map { "did you mean '\($0)'?" })
        }
    }

    /// `const` beside `enum`: both hold.
    mutating func applyConstant(to node: inout SchemaNode) {
        guard let constant = node.constant else { return }
        if let values = node.enumeration,
            !values.contains(where: { JSONName($0.value) == JSONName(constant.value) })
        {
            error(
                .schemaValue, at: constant.location,
                "'\(constant.value)' is not in the 'enum' beside this 'const': nothing is valid")
        }
        node.enumeration = [constant]
    }
}
