import ContractModel
import JSONSchema
import JSONTape
import SchemaCompiler

/// A check that compares the sizes of messages with the largest record that the broker accepts on their topics.
enum MessageSizeCheck {
    /// The most bytes of a topic's messages, and the config that states them.
    private struct Limit {
        var bytes: Int
        var words: String
        var hint: String
    }

    static func check(_ contract: CompiledContract, diagnostics: inout Diagnostics) {
        for message in contract.messages {
            guard let limit = limit(of: message.topic.declaration) else { continue }
            var sizes = MessageSizes(contract.model)
            let place = message.declaration.topic.location
            let topic = message.declaration.topic.value
            let smallest = sizes.smallest(message.root.node)
            if smallest > limit.bytes {
                diagnostics.error(
                    .messageSize, at: place,
                    "each \(message.name) has at least \(smallest) bytes, more than \(limit.words) of '\(topic)'",
                    hint: "\(limit.hint), or shorten the message")
            } else if let largest = sizes.largest(message.root.node), largest > limit.bytes {
                diagnostics.warning(
                    .messageSize, at: place,
                    "a valid \(message.name) may have \(largest) bytes, more than \(limit.words) of '\(topic)'",
                    hint: "\(limit.hint), or lower the limits of the schema")
            }
        }
    }

    /// Returns the smaller of the limits of a batch: the broker refuses one that is larger than a segment, too.
    private static func limit(of topic: TopicDeclaration) -> Limit? {
        func number(_ key: String) -> Int? { topic.config.first { $0.key == key }.flatMap { Int($0.value) } }
        let size = TopicConfigKeys.maximumMessageSize
        let segment = TopicConfigKeys.segmentSize
        var limits = [size, segment].compactMap { key in
            number(key).map { Limit(bytes: $0, words: "'\(key)' \($0)", hint: "raise '\(key)'") }
        }
        if number(size) == nil, let bytes = TopicConfigKeys.brokerDefaults[size].flatMap({ Int($0) }) {
            limits.append(
                Limit(bytes: bytes, words: "the default \(bytes) of '\(size)'", hint: "state '\(size)' in the topic"))
        }
        return limits.min { $0.bytes < $1.bytes }
    }
}

/// The sizes of valid values as compact JSON, in bytes.
struct MessageSizes {
    typealias NodeID = SchemaModel.NodeID

    private let model: SchemaModel
    /// The nodes on the way to the current one: a recursive value may end there, or go on without limit.
    private var open: Set<NodeID> = []
    private var knownSmallest: [NodeID: Int] = [:]

    init(_ model: SchemaModel) { self.model = model }

    // MARK: The smallest value

    /// Returns a size that no valid value falls below.
    mutating func smallest(_ id: NodeID) -> Int {
        if let known = knownSmallest[id] { return known }
        guard open.insert(id).inserted else { return 1 }
        defer { open.remove(id) }
        let facts = ValueFacts(model, id)
        var size = 1
        for values in facts.values { size = max(size, values.map(\.compactSize).min() ?? 1) }
        for node in facts.alternatives {
            var least = Int.max
            for branch in node { least = min(least, smallest(branch)) }
            if least != .max { size = max(size, least) }
        }
        switch facts.onlyType {
        case .string: size = max(size, saturatingSum(2, facts.minimumLength))
        case .array:
            let element = facts.minimumItems > 0 ? facts.items.map { smallest($0) } ?? 1 : 0
            size = max(size, saturatingSum(1, saturatingProduct(facts.minimumItems, saturatingSum(element, 1))))
        case .object:
            var total = 1
            for name in facts.required {
                let value = facts.properties[JSONName(name)]?.map { smallest($0) }.max() ?? 1
                total = saturatingSum(total, name.utf8.count + 4, value)
            }
            size = max(size, max(2, total))
        default: break
        }
        if open.count == 1 { knownSmallest[id] = size }
        return size
    }

    // MARK: The largest value

    /// Returns a size that some valid value reaches, of ASCII text alone; `nil` where values have no limit, or where it is
    /// unknown.
    mutating func largest(_ id: NodeID) -> Int? {
        guard open.insert(id).inserted else { return nil }
        defer { open.remove(id) }
        let facts = ValueFacts(model, id)
        if let values = facts.values.first { return values.map(\.compactSize).max() }
        if !facts.alternatives.isEmpty || facts.hasOtherConditions { return nil }
        switch facts.onlyType {
        case .string:
            return facts.formatSize ?? (facts.hasPattern ? nil : facts.maximumLength.map { saturatingSum($0, 2) })
        case .boolean: return 5
        case .null: return 4
        case .integer, .number: return 1
        case .array:
            guard let count = facts.maximumItems, let element = facts.items.flatMap({ largest($0) }) else { return nil }
            return saturatingSum(1, saturatingProduct(count, saturatingSum(element, 1)))
        case .object:
            var total = 1
            for (name, nodes) in facts.properties {
                guard let value = nodes.first.flatMap({ largest($0) }) else { return nil }
                total = saturatingSum(total, name.text.utf8.count + 4, value)
            }
            return total
        case .other: return nil
        }
    }
}

private func saturatingSum(_ numbers: Int...) -> Int {
    numbers.reduce(0) { sum, number in
        let (next, isTooLarge) = sum.addingReportingOverflow(number)
        return isTooLarge ? .max : next
    }
}

private func saturatingProduct(_ left: Int, _ right: Int) -> Int {
    let (product, isTooLarge) = left.multipliedReportingOverflow(by: right)
    return isTooLarge ? .max : product
}
