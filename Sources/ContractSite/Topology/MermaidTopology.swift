/// A topology as a Mermaid flowchart.
package enum MermaidTopology {
    package static func text(_ topology: Topology) -> String {
        var lines = ["flowchart LR"]
        let (producers, consumers) = (numbers(topology.producers), numbers(topology.consumers))
        for name in topology.producers { lines.append("    p\(producers[name] ?? 0)([\(label(name))])") }
        for (index, topic) in topology.topics.enumerated() {
            let rows = topology.showsMessages ? topic.messages : [TopologyLayout.count(topic.messages.count)]
            let text = (["<b>\(escaped(topic.name))</b>"] + rows.map(escaped)).joined(separator: "<br>")
            lines.append("    t\(index)[\"\(text)\"]")
        }
        for name in topology.consumers { lines.append("    c\(consumers[name] ?? 0)([\(label(name))])") }
        for (index, topic) in topology.topics.enumerated() {
            for name in topic.producers { lines.append("    p\(producers[name] ?? 0) --> t\(index)") }
            for name in topic.consumers { lines.append("    t\(index) --> c\(consumers[name] ?? 0)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func numbers(_ names: [String]) -> [String: Int] {
        Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func label(_ text: String) -> String { "\"\(escaped(text))\"" }

    /// Returns a string as Mermaid shows it: all but letters, digits and a few marks are entities, which begin with `#`
    /// there.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            let isPlain =
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-_. ".unicodeScalars.contains(scalar)
            return isPlain ? String(scalar) : "#\(scalar.value);"
        }.joined()
    }
}
