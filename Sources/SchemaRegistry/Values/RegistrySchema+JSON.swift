import JSONTape

extension RegistrySchema {
    /// The body of a request that is about the schema. The language is left out for Avro, as servers that know no other expect.
    var request: JSONValue {
        var members: JSONObject = ["schema": .string(text)]
        if language != .avro { members["schemaType"] = .string(language.name) }
        if !references.isEmpty {
            members["references"] = .array(
                references.map { reference in
                    [
                        "name": .string(reference.name), "subject": .string(reference.subject),
                        "version": .number(JSONNumber(reference.version)),
                    ]
                })
        }
        return .object(members)
    }

    init(_ answer: Answer) throws(SchemaRegistryError) {
        self.init(
            try answer.text("schema"), language: Language(name: answer.body["schemaType"]?.text ?? "AVRO"))
        guard case .array(let elements)? = answer.body["references"] else { return }
        references = elements.compactMap { element in
            guard let name = element["name"]?.text, let subject = element["subject"]?.text,
                let version = element["version"]?.integer
            else { return nil }
            return Reference(name: name, subject: subject, version: version)
        }
    }
}
