import MonitoringCompiler
import PromQL

/// A threshold on the range of a metric.
struct ThresholdScale {
    /// Numbers in ascending order, such as the bounds of buckets.
    var marks: [Double]
    var threshold: Double
    var side = Side.above
    var unit = ""
    var caption = "The threshold"

    /// The part of the range in which the alert fires.
    enum Side {
        case above, below, equal, different

        init?(_ symbol: Expression.BinaryOperator) {
            switch symbol {
            case .greater, .greaterOrEqual: self = .above
            case .less, .lessOrEqual: self = .below
            case .equal: self = .equal
            case .notEqual: self = .different
            default: return nil
            }
        }
    }

    private static let width = 640.0
    private static let inset = 30.0

    /// Returns the position of a value. The scale is even from mark to mark, so that buckets of all sizes can be seen.
    private func place(_ value: Double) -> Double {
        let all = marks
        guard all.count > 1, let first = all.first, let last = all.last else { return Self.inset }
        let step = (Self.width - Self.inset * 2) / Double(all.count - 1)
        if value <= first { return Self.inset }
        if value >= last { return Self.width - Self.inset }
        let index = all.lastIndex { $0 <= value } ?? 0
        let share = (value - all[index]) / (all[index + 1] - all[index])
        return Self.inset + (Double(index) + share) * step
    }

    func svg() -> HTML {
        let x = place(threshold)
        let text = TopologyDrawing.number
        let label = PromQLText.number(threshold) + (unit.isEmpty ? "" : " " + unit)
        return .element("figure", [.class("chart")]) {
            HTML.element(
                "svg",
                [
                    .set("viewBox", "0 0 640 78"), .set("role", "img"),
                    .set("aria-label", "\(caption): \(label)"),
                ]
            ) {
                line(from: Self.inset, to: x, side == .below || side == .different ? "axis fires" : "axis")
                line(
                    from: x, to: Self.width - Self.inset,
                    side == .above || side == .different ? "axis fires" : "axis")
                for mark in shownMarks {
                    HTML.element(
                        "line",
                        [
                            .class("tick"), .set("x1", text(place(mark))), .set("x2", text(place(mark))),
                            .set("y1", "38"),
                            .set("y2", "46"),
                        ])
                    HTML.element(
                        "text", [.class("mark"), .set("x", text(place(mark))), .set("y", "64")]
                    ) { PromQLText.number(mark) }
                }
                HTML.element(
                    "line",
                    [.class("limit"), .set("x1", text(x)), .set("x2", text(x)), .set("y1", "24"), .set("y2", "50")])
                HTML.element(
                    "text", [.class("limit-label"), .set("x", text(min(max(x, 70), Self.width - 70))), .set("y", "16")]
                ) { label }
            }
            HTML.element("figcaption") { "\(caption); the alert fires \(place)." }
        }
    }

    private var place: String {
        switch side {
        case .above, .below, .different: "in the marked part"
        case .equal: "at the mark"
        }
    }

    /// The marks with labels, so few that they do not touch.
    private var shownMarks: [Double] {
        var shown: [Double] = []
        var end = -Double.infinity
        for mark in marks {
            let half = Double(PromQLText.number(mark).count) * 4 + 4
            guard place(mark) - half >= end else { continue }
            shown.append(mark)
            end = place(mark) + half
        }
        return shown
    }

    private func line(from: Double, to: Double, _ name: StaticString) -> HTML {
        .element(
            "line",
            [
                .class(name), .set("x1", TopologyDrawing.number(from)), .set("x2", TopologyDrawing.number(to)),
                .set("y1", "42"), .set("y2", "42"),
            ])
    }
}
