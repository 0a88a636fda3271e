import ContractModel
import EventContracts
import EventContractsConfiguration
import Logging

extension KafkaConfiguration {
    /// Reads the configuration of a contract's service from the environment.
    ///
    /// - Throws: All that is wrong with the variables.
    init(of contract: Contract, logger: Logger) throws(ConfigurationError) {
        try self.init(service: contract.service.value, topics: contract.prefixedTopics, logger: logger)
    }
}
