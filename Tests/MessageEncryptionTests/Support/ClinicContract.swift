import EventContracts

extension Topic {
    static let patients = Topic(
        key: "patients", prefix: "", purpose: "Patients", partitions: 1, replication: 1, config: [:], producers: [],
        consumers: [])
    static let archive = Topic(
        key: "archive", prefix: "", purpose: "Old records", partitions: 1, replication: 1, config: [:], producers: [],
        consumers: [])
}

/// A contract as the generator would write it, with two messages of the same form.
enum Clinic: EventContract {
    static let contractName = "Clinic"
    static let version = "1.0.0"
    static let topics: [Topic] = [.patients, .archive]
    static let messages: [any Message.Type] = [ChartMessage.self, VisitMessage.self]
    static let service = "test"
    static let messageIndex = MessageIndex(messages)

    enum ReceivedMessage: ReadableMessage {
        case chart(ChartMessage)
        case visit(VisitMessage)
        case unknownEvent(UnknownEvent)

        init(position: Int, tape: borrowing JSONTape, node: JSONTape.Index) throws(MessageError) {
            switch position {
            case 0: self = .chart(try ChartMessage(validating: tape, at: node))
            default: self = .visit(try VisitMessage(validating: tape, at: node))
            }
        }
    }

    /// `email` and `note` are sensitive, in the message and in each of its `relatives`.
    static func protection(of message: String) -> MessageProtection {
        MessageProtection(
            contract: "Clinic", message: message,
            fields: SensitiveFields(
                categories: ["pii", "medical"],
                nodes: [
                    SensitiveFields.Node(members: [("email", 1), ("note", 2), ("relatives", 3)]),
                    SensitiveFields.Node(category: 0),
                    SensitiveFields.Node(category: 1),
                    SensitiveFields.Node(otherElements: 0),
                ]),
            rules: [
                EncryptionRule(scheme: .aes256GCM, key: "pii"), EncryptionRule(scheme: .fernet, key: "medical"),
            ],
            marker: JSONPointer(tokens: ["encrypted"]), messageID: JSONPointer(tokens: ["id"]))
    }

    /// An `email` is a string of at most 40 characters.
    static func check<Report: ValidationReport>(
        _ tape: borrowing JSONTape, _ node: JSONTape.Index, _ report: inout Report
    ) -> Bool {
        guard let email = tape.member(named: "email", of: node) else {
            return report.missing("email", in: node, of: tape, by: "patient.schema.json#/required")
        }
        guard tape.kind(at: email) == .string, tape.scalarCount(at: email) <= 40 else {
            return report.expected(
                "at most 40 characters", at: email, of: tape, by: "patient.schema.json#/properties/email/maxLength")
        }
        return true
    }
}

/// A message whose content is any JSON object.
protocol ClinicMessage: Message {
    var content: JSONObject { get }
    init(_ content: JSONObject)
}

extension ClinicMessage {
    static var topic: Topic { .patients }
    static var isValidByConstruction: Bool { false }
    static var discriminator: JSONPointer? { JSONPointer(tokens: ["type"]) }
    static var protection: MessageProtection? { Clinic.protection(of: messageName) }

    var recordKey: String? { nil }
    func addHeaders(to headers: inout RecordHeaders) {}

    static func stamp(_ message: inout Self, with stamp: MessageStamp) {}

    func encode(into writer: inout JSONWriter) { writer.write(content) }

    init(json tape: borrowing JSONTape, at node: JSONTape.Index) throws(JSONDecodingError) {
        self.init(try tape.object(at: node))
    }

    static func isValid(_ tape: borrowing JSONTape, at node: JSONTape.Index, allowsUnknownValues: Bool) -> Bool {
        var report = FirstFailure(allowsUnknownValues: allowsUnknownValues)
        return Clinic.check(tape, node, &report)
    }

    static func explain(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, _ report: inout AllFailures
    ) -> Bool { Clinic.check(tape, node, &report) }
}

struct ChartMessage: ClinicMessage {
    enum MessageType: String, CaseIterable, Hashable, Codable, Sendable { case admitted }

    static var messageName: String { "ChartMessage" }
    var content: JSONObject
    var messageType: MessageType { .admitted }

    init(_ content: JSONObject) { self.content = content }
}

struct VisitMessage: ClinicMessage {
    enum MessageType: String, CaseIterable, Hashable, Codable, Sendable { case visited }

    static var messageName: String { "VisitMessage" }
    var content: JSONObject
    var messageType: MessageType { .visited }

    init(_ content: JSONObject) { self.content = content }
}
