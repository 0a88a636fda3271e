/// Places of the nodes and lines of a topology, in three layers: senders, topics, receivers.
///
/// A service that sends and receives is in both outer layers, so that all lines lead to the right. Within a layer, nodes are
/// near those that they are connected with, and never overlap. A layer with many nodes is wrapped into columns; its topics
/// are in the order of the contract, and its services in that of their names, since no order then keeps lines from crossing.
struct TopologyLayout {
    enum Side { case sender, receiver }

    struct Box {
        var x = 0.0
        var y = 0.0
        var width = 0.0
        var height = 0.0

        var middle: Double { y + height / 2 }
    }

    struct Service {
        var name: String
        var side: Side
        var box: Box
    }

    struct Topic {
        var topic: Topology.Topic
        var box: Box
        /// The messages that are shown below the name.
        var rows: [String]
    }

    struct Line {
        var service: String
        var topic: String
        var side: Side
        var from: (x: Double, y: Double)
        var to: (x: Double, y: Double)
    }

    var services: [Service] = []
    var topics: [Topic] = []
    private(set) var lines: [Line] = []
    var width = 0.0
    var height = 0.0
    /// Whether layers are wrapped into columns.
    let isWrapped: Bool
    /// The most characters of a label.
    let longestLabel: Int

    /// The width of a character of the monospaced font, at its size of 13 units.
    static let characterWidth = 7.9
    static let headHeight = 34.0
    static let rowHeight = 24.0
    static let serviceHeight = 36.0
    private static let padding = 16.0
    private static let gap = 18.0
    /// The gap between topics without their messages.
    private static let narrowGap = 10.0
    private static let channel = 120.0
    static let margin = 8.0

    init(_ topology: Topology) {
        isWrapped = topology.isLarge
        longestLabel = isWrapped ? 26 : 34
        if isWrapped { wrap(topology) } else { stack(topology) }
        connect()
    }

    /// Places each layer in one column.
    private mutating func stack(_ topology: Topology) {
        let order = Self.ordered(topology)
        var y = Self.margin
        let topicWidth = width(
            of: topology.topics.flatMap { [$0.name] + (topology.showsMessages ? $0.messages : []) }, minimum: 20)
        let senders = width(of: topology.producers, minimum: 8)
        let receivers = width(of: topology.consumers, minimum: 8)
        let topicX = Self.margin + (topology.producers.isEmpty ? 0 : senders + Self.channel)
        for topic in order {
            let rows = topology.showsMessages ? topic.messages : []
            let height = Self.headHeight + Double(rows.count) * Self.rowHeight + (rows.isEmpty ? 0 : 8)
            topics.append(
                Topic(topic: topic, box: Box(x: topicX, y: y, width: topicWidth, height: height), rows: rows))
            y += height + (topology.showsMessages ? Self.gap : Self.narrowGap)
        }
        height = max(y - Self.narrowGap + Self.margin, Self.margin * 2)
        let receiverX = topicX + topicWidth + Self.channel
        place(topology.producers, .sender, x: Self.margin, width: senders) { $0.producers.contains($1) }
        place(topology.consumers, .receiver, x: receiverX, width: receivers) { $0.consumers.contains($1) }
        width = (topology.consumers.isEmpty ? topicX + topicWidth : receiverX + receivers) + Self.margin
    }

    static func count(_ count: Int) -> String { count == 1 ? "1 message" : "\(count) messages" }

    func width(of labels: [String], minimum: Int) -> Double {
        let longest = labels.map { min(Self.displayWidth(of: $0), longestLabel) }.max() ?? 0
        return Double(max(longest, minimum)) * Self.characterWidth + Self.padding * 2
    }

    /// Returns the width of a string in characters; letters of East Asian scripts are as wide as two.
    static func displayWidth(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
    }

    /// Returns the beginning of a string that fits a box.
    func shortened(_ text: String) -> String {
        guard Self.displayWidth(of: text) > longestLabel else { return text }
        var short = ""
        for character in text {
            guard Self.displayWidth(of: short + String(character)) < longestLabel else { break }
            short.append(character)
        }
        return short + "…"
    }

    // MARK: Order

    private static let rounds = 8

    /// Returns the topics in an order in which lines seldom cross: each near the mean place of its services.
    private static func ordered(_ topology: Topology) -> [Topology.Topic] {
        var topics = topology.topics
        for _ in 0..<rounds {
            let (senders, receivers) = (ranks(topics, \.producers), ranks(topics, \.consumers))
            let keys = topics.enumerated().map { index, topic -> (mean: Double, index: Int) in
                let near = topic.producers.compactMap { senders[$0] } + topic.consumers.compactMap { receivers[$0] }
                return (near.isEmpty ? Double(index) : near.reduce(0, +) / Double(near.count), index)
            }
            topics = keys.sorted { ($0.mean, $0.index) < ($1.mean, $1.index) }.map { topics[$0.index] }
        }
        return topics
    }

    /// Returns the mean place of each service's topics.
    private static func ranks(_ topics: [Topology.Topic], _ services: (Topology.Topic) -> [String]) -> [String: Double]
    {
        var places: [String: [Double]] = [:]
        for (index, topic) in topics.enumerated() {
            for service in services(topic) { places[service, default: []].append(Double(index)) }
        }
        return places.mapValues { $0.reduce(0, +) / Double($0.count) }
    }

    /// Places the services of a layer at the mean height of their topics, moved apart where they would overlap.
    private mutating func place(
        _ names: [String], _ side: Side, x: Double, width: Double, _ isConnected: (Topology.Topic, String) -> Bool
    ) {
        let wanted = names.enumerated().map { index, name -> (middle: Double, index: Int) in
            let middles = topics.filter { isConnected($0.topic, name) }.map(\.box.middle)
            return (middles.reduce(0, +) / Double(max(1, middles.count)), index)
        }.sorted { ($0.middle, $0.index) < ($1.middle, $1.index) }
        let step = Self.serviceHeight + Self.gap
        // Groups of nodes that touch; each is at the mean of what its nodes want.
        var groups: [(sum: Double, count: Int, start: Double)] = []
        for (position, item) in wanted.enumerated() {
            let offset = item.middle - Double(position) * step
            groups.append((offset, 1, offset))
            while groups.count > 1, groups[groups.count - 2].start >= groups[groups.count - 1].start {
                let last = groups.removeLast()
                let group = (groups[groups.count - 1].sum + last.sum, groups[groups.count - 1].count + last.count)
                groups[groups.count - 1] = (group.0, group.1, group.0 / Double(group.1))
            }
        }
        var middles: [Double] = []
        for group in groups {
            for _ in 0..<group.count { middles.append(group.start + Double(middles.count) * step) }
        }
        let shift = max(0, Self.margin + Self.serviceHeight / 2 - (middles.first ?? 0))
        for (item, middle) in zip(wanted, middles) {
            let box = Box(
                x: x, y: middle + shift - Self.serviceHeight / 2, width: width, height: Self.serviceHeight)
            services.append(Service(name: names[item.index], side: side, box: box))
            height = max(height, box.y + box.height + Self.margin)
        }
    }

    private mutating func connect() {
        for topic in topics {
            for service in services {
                let isSender = service.side == .sender
                guard (isSender ? topic.topic.producers : topic.topic.consumers).contains(service.name) else {
                    continue
                }
                let middle = topic.box.y + min(topic.box.height, Self.headHeight) / 2
                let (box, side) = (service.box, service.side)
                lines.append(
                    isSender
                        ? Line(
                            service: service.name, topic: topic.topic.key, side: side,
                            from: (box.x + box.width, box.middle), to: (topic.box.x, middle))
                        : Line(
                            service: service.name, topic: topic.topic.key, side: side,
                            from: (topic.box.x + topic.box.width, middle), to: (box.x, box.middle)))
            }
        }
    }
}
