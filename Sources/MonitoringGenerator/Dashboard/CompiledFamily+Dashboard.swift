import ContractModel
import JSONTape
import MetricsCompiler
import MonitoringCompiler
import SchemaCompiler

extension CompiledFamily {
    var isFromProducer: Bool { if case .producer? = source { true } else { false } }

    /// Returns the name of the label of a dimension.
    func label(_ dimension: MetricDimension) -> String? {
        labels.first { label in
            if case .dimension(dimension)? = label.origin { true } else { false }
        }?.name
    }
}
