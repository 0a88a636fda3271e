/// A PromQL expression, or a part of one, with its place in the text.
///
/// Two queries are equal when they mean the same node for node: places don't count, parentheses do.
/// See <https://prometheus.io/docs/prometheus/latest/querying/basics/>.
package struct Query: Equatable, Sendable {
    package indirect enum Node: Sendable {
        case number(Number)
        case string(String)
        case selector(Selector)
        case subquery(Subquery)
        case parenthesized(Query)
        case unary(UnaryOperator, Query)
        case chain(Chain)
        case aggregation(Aggregation)
        case call(Call)
    }

    /// How deep parentheses, calls, signs and the like may be nested. Whatever walks a query keeps its own stack; only
    /// the end of a query's life goes down the tree on the thread's: 250 levels take less than the half of 512 KiB,
    /// which is what the threads of some platforms have.
    package static let maximumDepth = 250

    package var node: Node
    /// The place in the text, in UTF-8 bytes.
    package var range: Range<Int>
}

extension Query {
    /// A name or a literal with its place; equal to another by its text alone.
    package struct Name: Hashable, Sendable {
        package var text: String
        package var range: Range<Int>

        package static func == (left: Name, right: Name) -> Bool { left.text == right.text }
        package func hash(into hasher: inout Hasher) { hasher.combine(text) }
    }

    /// A number literal; one NaN equals another.
    package struct Number: Hashable, Sendable {
        package var value: Double

        package static func == (left: Number, right: Number) -> Bool {
            left.value == right.value || (left.value.isNaN && right.value.isNaN)
        }
        package func hash(into hasher: inout Hasher) { hasher.combine(value.isNaN ? .nan : value) }
    }

    /// An instant or range selector: `name{label="value"}[5m] offset 1h @ end()`.
    package struct Selector: Hashable, Sendable {
        package var name: Name?
        package var matchers: [Matcher]
        /// The range in milliseconds; `nil` selects an instant vector.
        package var window: Int64?
        package var time = TimeModifiers()
    }

    /// A range of evaluations of an instant query: `query[1h:5m]`.
    package struct Subquery: Sendable {
        package var query: Query
        /// The range in milliseconds.
        package var window: Int64
        /// The step in milliseconds; `nil` is the server's evaluation interval.
        package var step: Int64?
        package var time = TimeModifiers()
    }

    /// `offset` and `@`, which shift a selector or a subquery in time.
    package struct TimeModifiers: Hashable, Sendable {
        /// Milliseconds into the past; negative is into the future.
        package var offset: Int64?
        package var at: Instant?
    }

    package enum Instant: Hashable, Sendable {
        /// Milliseconds since 1970.
        case timestamp(Int64)
        case start
        case end
    }

    package struct Matcher: Hashable, Sendable {
        package enum Operator: String, Sendable {
            case equal = "="
            case notEqual = "!="
            case matches = "=~"
            case doesNotMatch = "!~"
        }

        package var label: Name
        package var operation: Operator
        package var value: Name
        /// What the value reads as, where it is a pattern.
        let pattern: LabelPattern?

        init(label: Name, operation: Operator, value: Name) {
            (self.label, self.operation, self.value) = (label, operation, value)
            let isPattern = operation == .matches || operation == .doesNotMatch
            pattern = isPattern ? LabelPattern(value.text) : nil
        }

        package static func == (left: Matcher, right: Matcher) -> Bool {
            left.label == right.label && left.operation == right.operation && left.value == right.value
        }
        package func hash(into hasher: inout Hasher) {
            hasher.combine(label)
            hasher.combine(value)
        }
    }

    package enum UnaryOperator: String, Sendable {
        case plus = "+"
        case minus = "-"
    }

    /// Operands between operators that bind equally tightly, from left to right: `a + b - c`. A list and no tree, so that
    /// a chain may be as long as it likes. Powers, which associate to the right, are chains of one link.
    package struct Chain: Sendable {
        package var first: Query
        package var links: [Link]
    }

    /// One operator and what stands to its right.
    package struct Link: Sendable {
        package var operation: BinaryOperator
        package var returnsBool: Bool
        package var matching: Matching?
        package var operand: Query
        package var operatorRange: Range<Int>
    }

    package enum BinaryOperator: String, CaseIterable, Sendable {
        case or, and, unless
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "/"
        case modulo = "%"
        case atan2
        case power = "^"

        /// How tightly it binds: the higher, the tighter.
        package var precedence: Int {
            switch self {
            case .or: 1
            case .and, .unless: 2
            case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: 3
            case .add, .subtract: 4
            case .multiply, .divide, .modulo, .atan2: 5
            case .power: 6
            }
        }

        package var isSetOperator: Bool { precedence <= 2 }
        package var isComparison: Bool { precedence == 3 }
    }

    /// Which labels two vectors are matched on: `on (a, b) group_left (c)`.
    package struct Matching: Hashable, Sendable {
        package enum Kind: String, Sendable { case on, ignoring }
        /// The side whose series may be many for one of the other.
        package enum Many: String, Sendable {
            case left = "group_left"
            case right = "group_right"
        }

        package var kind: Kind
        package var labels: [Name]
        package var many: Many?
        /// The labels that are taken over from the side of the one.
        package var included: [Name] = []
    }

    package struct Aggregation: Sendable {
        package enum Operator: String, CaseIterable, Sendable {
            case avg, bottomk, count, group, max, min, quantile, stddev, stdvar, sum, topk
            case countValues = "count_values"

            package var takesParameter: Bool {
                switch self {
                case .bottomk, .countValues, .quantile, .topk: true
                case .avg, .count, .group, .max, .min, .stddev, .stdvar, .sum: false
                }
            }
        }
        package struct Grouping: Hashable, Sendable {
            package enum Kind: String, Sendable { case by, without }
            package var kind: Kind
            package var labels: [Name]
        }

        package var operation: Operator
        package var grouping: Grouping?
        package var parameter: Query?
        package var operand: Query
    }

    package struct Call: Sendable {
        package var function: QueryFunction
        package var name: Name
        package var arguments: [Query]
    }
}
