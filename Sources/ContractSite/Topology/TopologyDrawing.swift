/// A drawing of a topology as SVG, in which each node is a link.
struct TopologyDrawing {
    let layout: TopologyLayout
    let pages: PageNames
    /// The number of the drawing on its page, for ids.
    var title: String

    func svg() -> HTML {
        let size = "0 0 \(Self.number(layout.width)) \(Self.number(layout.height))"
        return .element(
            "div", [.class("diagram"), .set("tabindex", "0"), .set("role", "region"), .set("aria-label", title)]
        ) {
            HTML.element(
                "svg",
                [
                    .class(layout.isWrapped ? "topology wrapped" : "topology"), .set("viewBox", size),
                    .set("width", Self.number(layout.width)),
                    .set("height", Self.number(layout.height)), .set("role", "group"), .set("aria-label", title),
                ]
            ) {
                arrowHead
                for line in layout.lines { draw(line) }
                for topic in layout.topics { draw(topic) }
                for service in layout.services { draw(service) }
            }
        }
    }

    private var arrowHead: HTML {
        .element("defs") {
            HTML.element(
                "marker",
                [
                    .id("arrow"), .set("viewBox", "0 0 10 10"), .set("refX", "9"), .set("refY", "5"),
                    .set("markerWidth", "7"), .set("markerHeight", "7"), .set("orient", "auto"),
                ]
            ) { HTML.element("path", [.set("d", "M0 1 L9 5 L0 9 z"), .class("head")]) }
        }
    }

    private func draw(_ line: TopologyLayout.Line) -> HTML {
        let bend = (line.to.x - line.from.x) / 2
        let path =
            "M\(Self.number(line.from.x)) \(Self.number(line.from.y)) C\(Self.number(line.from.x + bend)) \(Self.number(line.from.y)) "
            + "\(Self.number(line.to.x - bend)) \(Self.number(line.to.y)) \(Self.number(line.to.x - 2)) \(Self.number(line.to.y))"
        return .element(
            "path",
            [
                .class("flow"), .set("d", path), .set("marker-end", "url(#arrow)"), .set("data-service", line.service),
                .set("data-topic", line.topic),
            ])
    }

    private func draw(_ service: TopologyLayout.Service) -> HTML {
        let verb = service.side == .sender ? "sends" : "receives"
        return .element(
            "a",
            [
                .href(Link(page: pages[.service(service.name)])), .set("data-service", service.name),
                .set("aria-label", "service \(service.name), \(verb)"),
            ]
        ) {
            rectangle(service.box, "node service", radius: Int(service.box.height / 2))
            label(
                service.name, x: service.box.x + service.box.width / 2, y: service.box.middle, "label centered")
        }
    }

    private func draw(_ topic: TopologyLayout.Topic) -> HTML {
        let box = topic.box
        let key = topic.topic.key
        let x = box.x + 14
        return .element("g", [.set("data-topic", key)]) {
            rectangle(box, "node topic", radius: 8)
            HTML.element(
                "a",
                [
                    .href(Link(page: pages[.topic(key)])), .set("data-topic", key),
                    .set("aria-label", "topic \(topic.topic.name)"),
                ]
            ) {
                let head = min(box.height, TopologyLayout.headHeight)
                rectangle(
                    TopologyLayout.Box(x: box.x, y: box.y, width: box.width, height: head), "hit", radius: 8)
                label(topic.topic.name, x: x, y: box.y + head / 2, "label strong")
            }
            for (index, row) in topic.rows.enumerated() { draw(row, index, of: topic, x: x) }
        }
    }

    private func draw(_ row: String, _ index: Int, of topic: TopologyLayout.Topic, x: Double) -> HTML {
        let y = topic.box.y + TopologyLayout.headHeight + Double(index) * TopologyLayout.rowHeight
        return .element("a", [.href(Link(page: pages[.message(row)])), .set("aria-label", "message \(row)")]) {
            rectangle(
                TopologyLayout.Box(
                    x: topic.box.x + 4, y: y, width: topic.box.width - 8, height: TopologyLayout.rowHeight),
                "hit", radius: 5)
            label(row, x: x, y: y + TopologyLayout.rowHeight / 2, "label row")
        }
    }

    private func rectangle(_ box: TopologyLayout.Box, _ name: StaticString, radius: Int) -> HTML {
        .element(
            "rect",
            [
                .class(name), .set("x", Self.number(box.x)), .set("y", Self.number(box.y)),
                .set("width", Self.number(box.width)), .set("height", Self.number(box.height)), .set("rx", radius),
            ])
    }

    private func label(_ text: String, x: Double, y: Double, _ name: StaticString) -> HTML {
        let short = layout.shortened(text)
        return .element(
            "text", [.class(name), .set("x", Self.number(x)), .set("y", Self.number(y)), .set("dy", "0.35em")]
        ) {
            short
            if short != text { HTML.element("title") { text } }
        }
    }

    /// Returns a number with one digit after the point.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let magnitude = tenths.magnitude
        return magnitude % 10 == 0 ? "\(sign)\(magnitude / 10)" : "\(sign)\(magnitude / 10).\(magnitude % 10)"
    }
}
