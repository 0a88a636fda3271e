import EventContracts

extension RegisteredSchema {
    init(_ answer: Answer) throws(SchemaRegistryError) {
        self.init(
            subject: answer.body["subject"]?.text, version: answer.body["version"]?.integer,
            id: try answer.number("id"), guid: answer.body["guid"]?.text.flatMap(SchemaGUID.init),
            schema: answer.body["schema"]?.text == nil ? nil : try RegistrySchema(answer))
    }
}
