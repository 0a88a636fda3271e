import JSONTape

/// A panel of a Grafana dashboard.
struct DashboardPanel {
    enum Kind {
        case timeSeries
        /// One value, with a word for 1 and for 0.
        case status
    }

    struct Query {
        var expression: String
        var legend: String
    }

    var title: String
    var summary: String
    var kind = Kind.timeSeries
    /// Grafana's name of a unit.
    var unit: String
    var queries: [Query]
    /// Whether no value can be below 0.
    var isNotNegative = true
    /// A value above which it is bad; `nil` where none is.
    var limit: Double?
    /// Of the 24 that a row has.
    var width = 8

    /// The names of the metrics that the queries select.
    var metrics: [String] {
        queries.flatMap { query in
            query.expression.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }.map(String.init)
        }
    }

    func json(id: Int, x: Int, y: Int, height: Int) -> JSONValue {
        let source: JSONValue = ["type": "prometheus", "uid": "${datasource}"]
        let targets = queries.enumerated().map { index, query -> JSONValue in
            [
                "refId": .string(String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index % 26)))),
                "datasource": source, "expr": .string(query.expression), "legendFormat": .string(query.legend),
            ]
        }
        return [
            "id": .number(JSONNumber(id)), "type": .string(kind == .timeSeries ? "timeseries" : "stat"),
            "title": .string(title), "description": .string(summary), "datasource": source,
            "gridPos": [
                "h": .number(JSONNumber(height)), "w": .number(JSONNumber(width)), "x": .number(JSONNumber(x)),
                "y": .number(JSONNumber(y)),
            ],
            "fieldConfig": ["defaults": defaults, "overrides": []], "options": options, "targets": .array(targets),
        ]
    }

    private var defaults: JSONValue {
        switch kind {
        case .status:
            return [
                "mappings": [
                    [
                        "type": "value",
                        "options": ["0": ["text": "down", "color": "red"], "1": ["text": "up", "color": "green"]],
                    ]
                ],
                "thresholds": [
                    "mode": "absolute", "steps": [["color": "red", "value": .null], ["color": "green", "value": 1]],
                ],
            ]
        case .timeSeries:
            guard isNotNegative else { return ["unit": .string(unit)] }
            guard let limit else { return ["unit": .string(unit), "min": 0] }
            return [
                "unit": .string(unit), "min": 0, "custom": ["thresholdsStyle": ["mode": "line"]],
                "thresholds": [
                    "mode": "absolute",
                    "steps": [
                        ["color": "green", "value": .null], ["color": "red", "value": .number(JSONNumber(limit) ?? 0)],
                    ],
                ],
            ]
        }
    }

    private var options: JSONValue {
        switch kind {
        case .status:
            [
                "reduceOptions": ["calcs": ["lastNotNull"], "fields": "", "values": false], "colorMode": "background",
                "graphMode": "none",
            ]
        case .timeSeries:
            [
                "legend": ["displayMode": "list", "placement": "bottom", "showLegend": true],
                "tooltip": ["mode": "multi", "sort": "desc"],
            ]
        }
    }
}
