import ArgumentParser
import ContractModel

/// The exit codes (`sysexits.h` has the last three).
enum ExitStatus {
    static let help = """
        EXIT CODES
          0   the cluster is as the contract says
          1   an error: in the contract, the configuration, or from the cluster
          2   the cluster differs from the contract
          64  the command line is wrong
          70  the program itself failed
        """

    static let registryHelp = """
        EXIT CODES
          0   the registry is as the contract says
          1   an error: in the contract, the configuration, or from the registry; a schema that is refused
          2   the registry differs from the contract
          64  the command line is wrong
          70  the program itself failed
        """

    static let drift = ExitCode(2)

    /// Reports an error of the contract, the configuration or the cluster.
    static func failure(_ message: String) -> ExitCode { say(message, ExitCode(1)) }

    /// Reports a fault of the program.
    static func fault(_ message: String) -> ExitCode { say(message, ExitCode(70)) }

    private static func say(_ message: String, _ code: ExitCode) -> ExitCode {
        StandardStream.error.write("error: \(message)\n")
        return code
    }
}
