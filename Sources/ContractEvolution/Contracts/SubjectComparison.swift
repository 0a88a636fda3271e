package import ContractModel
package import JSONTape

/// A comparison of a schema with the versions of it that a schema registry has, by the rules for versions of a contract.
///
/// A registry has schemas alone: what events require, fix and forbid is not part of it.
package struct SubjectComparison: Sendable {
    /// A version of a subject.
    package struct Version: Sendable {
        /// The name in notes, such as `version 3`.
        package var label: String
        package var text: String

        package init(label: String, text: String) {
            self.label = label
            self.text = text
        }
    }

    /// The message whose schema the subject has.
    package var message: String
    /// The promise that changes are judged by.
    package var compatibility: CompatibilityDeclaration
    /// Whether generated code writes members that the schema does not name.
    package var keepsUnknownMembers: Bool
    /// Whether `format` is checked.
    package var assertsFormats: Bool
    /// The breaks that the manifest accepts.
    package var accepted: [AcceptedChange]

    package init(
        message: String, compatibility: CompatibilityDeclaration, keepsUnknownMembers: Bool, assertsFormats: Bool,
        accepted: [AcceptedChange] = []
    ) {
        self.message = message
        self.accepted = accepted
        self.compatibility = compatibility
        self.keepsUnknownMembers = keepsUnknownMembers
        self.assertsFormats = assertsFormats
    }

    /// Finds the changes from some versions to a new text.
    ///
    /// - Parameters:
    ///   - versions: The versions, the oldest first.
    ///   - today: The day on which accepted changes must not have expired; `nil` where it does not matter.
    /// - Returns: The changes; `nil` where a text can't be read, which is reported.
    package func report(
        _ versions: [Version], new: String, today: CalendarDate? = nil, diagnostics: inout Diagnostics
    ) -> ChangeReport? {
        let old = versions.compactMap { contract($0.text, label: $0.label, diagnostics: &diagnostics) }
        guard let new = contract(new, label: "the contract", diagnostics: &diagnostics), old.count == versions.count
        else { return nil }
        let report = ContractComparison.report(old: old, new: new)
        return ChangeReport(AcceptanceReview(accepted: accepted, today: today).accepting(report.changes))
    }

    /// Returns a contract of one message with the schema.
    private func contract(_ text: String, label: String, diagnostics: inout Diagnostics) -> ContractVersion? {
        var manifest: JSONObject = [
            "contract": "Subject", "version": "1.0.0", "service": "registry",
            "schemas": ["formats": .string(assertsFormats ? "assert" : "annotate")],
            "topics": ["subject": ["partitions": 1, "replication": 1]],
            "messages": [
                message: [
                    "schema": "value.schema.json", "topic": "subject",
                    "unknown_members": .string(keepsUnknownMembers ? "keep" : "drop"),
                    "compatibility": [
                        "level": .string(compatibility.level.rawValue),
                        "messages": .string(compatibility.messages.rawValue),
                    ],
                ]
            ],
        ]
        let encryption = Self.encryption(in: text)
        if !encryption.isEmpty { manifest["encryption"] = .object(encryption) }
        // JSON is YAML.
        let files = [
            ContractReader.manifestName: Array(JSONValue.object(manifest).jsonText.utf8),
            "value.schema.json": Array(text.utf8),
        ]
        return ContractVersion(.texts(files, label: label), label: label, diagnostics: &diagnostics)
    }

    /// Returns the keys of encrypted values, by category, as the schema of what is sent states them.
    private static func encryption(in text: String) -> JSONObject {
        guard let tape = try? JSONTape(parsing: Array(text.utf8)), let root = try? tape.object(at: .root) else {
            return JSONObject()
        }
        var found = JSONObject()
        var waiting = [JSONValue.object(root)]
        while let value = waiting.popLast() {
            switch value {
            case .object(let object):
                if case .string(let category)? = object["x-sensitive"], case .object? = object["x-encrypted"] {
                    found[category] = object["x-encrypted"]
                }
                waiting += object.map(\.value)
            case .array(let elements): waiting += elements
            case .null, .bool, .number, .string: break
            }
        }
        return found
    }
}
