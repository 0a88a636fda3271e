import ContractExchange
import ContractModel
import JSONTape
import SchemaCompiler

/// The validators of a contract's messages, and the choice of the one for a value.
struct MessageChoice {
    enum Choice {
        case validator(MessageInterpreter)
        /// A property or a header has a value that no message of the contract has.
        case unknownEvent(String, place: String, node: JSONTape.Index, known: [String])
        /// The value may be one of several messages.
        case ambiguous([String])
        /// Nothing says which message the value is.
        case unidentified
    }

    /// The topic and the headers of a record.
    struct Origin {
        /// The topic's name on the broker.
        var topic: String?
        var headers: [(name: String, value: String)] = []
    }

    private struct Group {
        var positions: [String: [Int]] = [:]

        mutating func add(_ position: Int, _ values: [String]) {
            for value in values { positions[value, default: []].append(position) }
        }
    }

    private let messages: [CompiledMessage]
    private let interpreters: [MessageInterpreter]
    private var properties: [(pointer: JSONPointer, group: Group)] = []
    private var headers: [(name: String, group: Group)] = []
    private var byTopic: [Int] = []
    private let topics: TopicNames
    private let isFixed: Bool

    /// Chooses by the properties, headers and topics that identify the messages.
    ///
    /// - Parameters:
    ///   - interpreters: Those of the messages, in their order.
    ///   - topics: The names in records.
    init(among contract: CompiledContract, interpreters: [MessageInterpreter], topics: TopicNames) {
        messages = contract.messages
        self.interpreters = interpreters
        self.topics = topics
        isFixed = false
        for (index, message) in messages.enumerated() {
            switch message.identification {
            case .property(let pointer, let values):
                let place = properties.firstIndex { $0.pointer == pointer } ?? properties.endIndex
                if place == properties.endIndex { properties.append((pointer, Group())) }
                properties[place].group.add(index, values)
            case .header(let name, let values):
                let place = headers.firstIndex { $0.name == name } ?? headers.endIndex
                if place == headers.endIndex { headers.append((name, Group())) }
                headers[place].group.add(index, values)
            case .topic: byTopic.append(index)
            }
        }
    }

    /// Chooses the same message for all values.
    ///
    /// - Parameters:
    ///   - index: The position of the message in the contract.
    ///   - interpreters: Those of all messages, in their order.
    init(only index: Int, of contract: CompiledContract, interpreters: [MessageInterpreter]) {
        messages = [contract.messages[index]]
        self.interpreters = [interpreters[index]]
        topics = TopicNames()
        isFixed = true
    }

    /// The places that identify messages, for a hint.
    var places: [String] {
        headers.map { "the header '\($0.name)'" } + properties.map(\.pointer.description)
            + (byTopic.isEmpty ? [] : ["the topic"])
    }

    func choose(for value: JSONTape.Index, on tape: borrowing JSONTape, from origin: Origin) -> Choice {
        if isFixed { return .validator(interpreters[0]) }
        let topic = origin.topic.flatMap(topics.key)
        var unknown: Choice?
        for (name, group) in headers {
            guard let header = origin.headers.first(where: { $0.name == name }) else { continue }
            if let positions = group.positions[header.value] { return choice(among: positions, of: topic) }
            unknown = .unknownEvent(
                header.value, place: "header \(name)", node: value, known: group.positions.keys.sorted())
        }
        for (pointer, group) in properties {
            guard let event = tape.find(pointer, from: value), tape.kind(at: event) == .string else { continue }
            let name = tape.string(at: event)
            if let positions = group.positions[name] { return choice(among: positions, of: topic) }
            unknown =
                unknown
                ?? .unknownEvent(
                    name, place: tape.pointer(to: event).description, node: event,
                    known: group.positions.keys.sorted())
        }
        let candidates = byTopic.filter { isOf(topic, $0) }
        if !candidates.isEmpty, topic != nil || unknown == nil { return choice(among: candidates, of: topic) }
        return unknown ?? .unidentified
    }

    /// Returns whether the contract, with the names that the command line states, has a topic of this name.
    func knows(topic: String) -> Bool { topics.key(ofTopic: topic) != nil }

    private func isOf(_ topic: String?, _ position: Int) -> Bool {
        topic == nil || messages[position].topic.declaration.key.value == topic
    }

    /// - Parameter topic: The topic's key; `nil` where it is unknown.
    private func choice(among positions: [Int], of topic: String?) -> Choice {
        let candidates = positions.filter { isOf(topic, $0) }
        let chosen = candidates.isEmpty ? positions : candidates
        return chosen.count == 1
            ? .validator(interpreters[chosen[0]]) : .ambiguous(chosen.map { messages[$0].name })
    }
}
