@testable import ContractSite
import TestSupport
import Testing

/// The layout of topologies.
@Suite struct TopologyTests {
    private static func random(topics: Int, services: Int, seed: UInt64) -> Topology {
        var random = SeededGenerator(seed: seed)
        var topology = Topology(topics: [], showsMessages: topics <= 20)
        for index in 0..<topics {
            func some() -> [String] {
                (0..<Int.random(in: 0...min(4, services), using: &random)).map { _ in
                    "service-\(Int.random(in: 0..<services, using: &random))"
                }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
            }
            let length = Int.random(in: 1...60, using: &random)
            topology.topics.append(
                Topology.Topic(
                    key: "t\(index)", name: String(repeating: "x", count: length),
                    messages: (0..<Int.random(in: 0...5, using: &random)).map { "Message\(index)x\($0)" },
                    producers: some(), consumers: some()))
        }
        return topology
    }

    @Test("nodes never overlap, and all are within the drawing", arguments: [1, 4, 20, 100, 300])
    func overlap(topics: Int) {
        for seed in 0..<10 {
            let layout = TopologyLayout(Self.random(topics: topics, services: 1 + topics / 3, seed: UInt64(seed)))
            let boxes = layout.topics.map(\.box) + layout.services.map(\.box)
            for (index, box) in boxes.enumerated() {
                #expect(box.x >= 0 && box.y >= 0)
                #expect(box.x + box.width <= layout.width && box.y + box.height <= layout.height)
                for other in boxes[(index + 1)...] {
                    let isApart =
                        box.x + box.width <= other.x || other.x + other.width <= box.x
                        || box.y + box.height <= other.y || other.y + other.height <= box.y
                    #expect(isApart)
                }
            }
            for line in layout.lines { #expect(line.from.x < line.to.x) }
        }
    }

    @Test("labels fit their boxes", arguments: ["short", String(repeating: "long", count: 30), "名前名前名前名前名前名前名前名前名前名前"])
    func labels(name: String) {
        let topology = Topology(
            topics: [.init(key: "t", name: name, messages: [], producers: [name], consumers: [])], showsMessages: true)
        let layout = TopologyLayout(topology)
        let short = layout.shortened(name)
        let width = Double(TopologyLayout.displayWidth(of: short)) * TopologyLayout.characterWidth
        for box in layout.topics.map(\.box) + layout.services.map(\.box) { #expect(width <= box.width) }
    }

    @Test("Mermaid shows names as text")
    func mermaid() {
        let topology = Topology(
            topics: [.init(key: "t", name: "a\"b<c>;", messages: ["M"], producers: ["end"], consumers: [])],
            showsMessages: true)
        let expected = """
            flowchart LR
                p0(["end"])
                t0["<b>a#34;b#60;c#62;#59;</b><br>M"]
                p0 --> t0

            """
        #expect(MermaidTopology.text(topology) == expected)
    }

    @Test(
        "samples of tests are those of promtool's notation",
        arguments: [
            ("1 2", [1, 2]), ("0+60x3", [0, 60, 120, 180]), ("5x2", [5, 5, 5]), ("1 _ 2", [1, nil, 2]),
            ("_x2 -1-2x1", [nil, nil, -1, -3]),
            ("stale 1e3", [nil, 1000]), ("+Inf 1", [nil, 1]),
        ] as [(String, [Double?])])
    func samples(text: String, expected: [Double?]) {
        #expect(AlertTestChart.samples(text) == expected)
    }
}
