/// A PromQL expression with its place in the text (prometheus.io/docs/prometheus/latest/querying/basics).
package struct Expression: Hashable, Sendable {
    package indirect enum Kind: Hashable, Sendable {
        case number(Double)
        case string(String)
        case selector(VectorSelector)
        /// A selector over a range, in milliseconds.
        case range(Expression, length: Int)
        /// An expression evaluated over a range; `step` is `nil` where it is the evaluation interval.
        case subquery(Expression, length: Int, step: Int?)
        case call(String, [Expression])
        case aggregation(Aggregation)
        /// With a `-` or `+` before it.
        case signed(Expression)
        case binary(Binary)
        case parentheses(Expression)
        /// `offset` or `@`.
        case shifted(Expression, offset: Int?, at: EvaluationTime?)
    }

    package var kind: Kind
    /// Bytes of the text.
    package var range: Range<Int>

    /// The expression without parentheses, `offset` and `@` around it.
    package var core: Expression {
        switch kind {
        case .parentheses(let inner), .shifted(let inner, offset: _, at: _): inner.core
        default: self
        }
    }
}

package enum EvaluationTime: Hashable, Sendable {
    case timestamp(Double)
    case start
    case end
}

/// `name{label="value"}`.
package struct VectorSelector: Hashable, Sendable {
    package struct Matcher: Hashable, Sendable {
        package enum Comparison: String, Sendable {
            case equal = "="
            case notEqual = "!="
            case matches = "=~"
            case doesNotMatch = "!~"
        }

        package var label: String
        package var labelRange: Range<Int>
        package var comparison: Comparison
        package var value: String
        package var valueRange: Range<Int>
    }

    package var name: String?
    package var nameRange: Range<Int>
    package var matchers: [Matcher]

    /// The metric's name, wherever it is written; `nil` where a pattern stands for it.
    package var metric: String? {
        name ?? matchers.first { $0.label == "__name__" && $0.comparison == .equal }?.value
    }
}

/// `sum by (label) (vector)`.
package struct Aggregation: Hashable, Sendable {
    package struct Grouping: Hashable, Sendable {
        package var keeps: Bool
        package var labels: [NamedRange]
    }

    package var name: String
    package var parameter: Expression?
    package var operand: Expression
    package var grouping: Grouping?
}

/// A word and its place.
package struct NamedRange: Hashable, Sendable {
    package var name: String
    package var range: Range<Int>
}

/// Two operands and what stands between them.
package struct Binary: Hashable, Sendable {
    package enum Operator: String, Hashable, Sendable, CaseIterable {
        case or, and, unless
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case plus = "+"
        case minus = "-"
        case times = "*"
        case divided = "/"
        case modulo = "%"
        case atan2
        case power = "^"

        package var isComparison: Bool {
            switch self {
            case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
            default: false
            }
        }

        package var isSet: Bool { self == .or || self == .and || self == .unless }

        /// From the loosest, 1, to the tightest.
        var precedence: Int {
            switch self {
            case .or: 1
            case .and, .unless: 2
            case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: 3
            case .plus, .minus: 4
            case .times, .divided, .modulo, .atan2: 5
            case .power: 6
            }
        }
    }

    /// Which series belong together.
    package struct Matching: Hashable, Sendable {
        package enum Side: Hashable, Sendable {
            case left, right
        }

        /// Whether the labels are those to match on; else those to ignore.
        package var isOn: Bool
        package var labels: [NamedRange]
        /// The side that may have several series to one of the other.
        package var many: Side?
        package var included: [NamedRange]
    }

    package var operation: Operator
    package var left: Expression
    package var right: Expression
    package var returnsBool: Bool
    package var matching: Matching?
}

/// What an expression's value is.
package enum ValueType: String, Hashable, Sendable {
    case scalar
    case string
    case vector = "instant vector"
    case matrix = "range vector"

    /// With its article, for a diagnostic.
    package var shown: String { (self == .vector ? "an " : "a ") + rawValue }
}

/// What is wrong with an expression.
package struct PromQLError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case syntax, type
    }

    package var kind: Kind
    package var message: String
    package var hint: String?
    /// Bytes of the text.
    package var range: Range<Int>

    init(_ kind: Kind, _ message: String, hint: String? = nil, at range: Range<Int>) {
        self.kind = kind
        self.message = message
        self.hint = hint
        self.range = range
    }
}
