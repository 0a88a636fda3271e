import ContractModel
import MetricsCompiler
import SchemaCompiler

extension AlertCondition {
    /// The place of the limit of an intent, or of its metric.
    var place: SourceLocation? {
        switch self {
        case .expression: nil
        case .quantileAbove(_, _, let value), .errorRatioAbove(_, let value), .rateAbove(_, let value),
            .above(_, let value), .equals(_, let value):
            value.location
        case .silent, .absent, .objective: selection?.family.location
        }
    }

    /// The selection of an intent; `nil` for an expression.
    var selection: MetricSelection? {
        switch self {
        case .expression: nil
        case .quantileAbove(let selection, _, _), .errorRatioAbove(let selection, _), .rateAbove(let selection, _),
            .above(let selection, _), .equals(let selection, _), .silent(let selection), .absent(let selection):
            selection
        case .objective(let objective): objective.selection
        }
    }
}
