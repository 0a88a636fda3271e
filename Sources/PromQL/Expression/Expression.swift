/// A PromQL expression, or a part of one, with its place in the text.
///
/// Two expressions are equal if their nodes are equal: places in the text are ignored, parentheses are not.
/// See <https://prometheus.io/docs/prometheus/latest/querying/basics/>.
package struct Expression: Equatable, Sendable {
    package indirect enum Node: Sendable {
        case number(Number)
        case string(String)
        case vectorSelector(VectorSelector)
        case matrixSelector(MatrixSelector)
        case subquery(Subquery)
        case parenthesized(Expression)
        case unary(UnaryOperator, Expression)
        case binary(BinaryExpression)
        case aggregation(Aggregation)
        case call(Call)
    }

    /// The maximum nesting of parentheses, calls, signs and the like. Code that walks an expression keeps its own stack;
    /// only the release of an expression recurses on the thread's stack. 250 levels take less than half of 512 KiB, the
    /// stack size of threads on some platforms.
    package static let maximumDepth = 250

    package var node: Node
    /// The place in the text, in UTF-8 bytes.
    package var range: Range<Int>
}

extension Expression {
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

    /// A selector of an instant vector: `name{label="value"} offset 1h @ end()`.
    package struct VectorSelector: Hashable, Sendable {
        package var name: Name?
        package var matchers: [Matcher]
        package var time = TimeModifiers()
    }

    /// A selector of a range vector: `name{label="value"}[5m] offset 1h @ end()`.
    package struct MatrixSelector: Hashable, Sendable {
        package var vectorSelector: VectorSelector
        package var range: Duration
    }

    /// A range of evaluations of an instant vector: `expression[1h:5m]`.
    package struct Subquery: Sendable {
        package var expression: Expression
        package var range: Duration
        /// `nil` is the server's evaluation interval.
        package var step: Duration?
        package var time = TimeModifiers()
    }

    /// `offset` and `@`, which shift a selector or a subquery in time.
    package struct TimeModifiers: Hashable, Sendable {
        /// Into the past; a negative offset is into the future.
        package var offset: Duration?
        package var at: Instant?
    }

    package enum Instant: Hashable, Sendable {
        /// Since 1970.
        case timestamp(Duration)
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
        /// The parsed value if the matcher takes a regular expression.
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

    /// A binary expression, with all operators of the same precedence in one node: `a + b - c`. They are evaluated from
    /// left to right. The list keeps the nesting of long expressions low. Powers, which associate to the right, have one
    /// operation for each node.
    package struct BinaryExpression: Sendable {
        package var first: Expression
        package var operations: [BinaryOperation]
    }

    /// A binary operator with its right operand. Its left operand is the binary expression before it.
    package struct BinaryOperation: Sendable {
        package var binaryOperator: BinaryOperator
        package var returnsBool: Bool
        package var matching: VectorMatching?
        package var operand: Expression
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

        /// Operators of a higher precedence bind more tightly.
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

    /// The labels by which the series of two vectors are matched: `on (a, b) group_left (c)`.
    package struct VectorMatching: Hashable, Sendable {
        package enum Kind: String, Sendable { case on, ignoring }
        /// The side of which several series may match one series of the other side.
        package enum ManySide: String, Sendable {
            case left = "group_left"
            case right = "group_right"
        }

        package var kind: Kind
        package var labels: [Name]
        package var manySide: ManySide?
        /// The labels that are copied from the other side.
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
        package var parameter: Expression?
        package var operand: Expression
    }

    package struct Call: Sendable {
        package var function: PromQLFunction
        package var name: Name
        package var arguments: [Expression]
    }
}
