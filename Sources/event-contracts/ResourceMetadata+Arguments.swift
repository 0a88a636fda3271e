import ArgumentParser
import MonitoringGenerator

extension ResourceMetadata.Namespace: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension ResourceMetadata.Label: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
