import ArgumentParser
import ContractModel

/// How the tool ends (`sysexits.h` has the last two).
enum ExitStatus {
    static let help = """
        EXIT CODES
          0   all is well
          1   something was found: a diagnostic, a difference, an invalid message
          64  the command line is wrong
          70  the tool itself failed
        """

    /// Says what is wrong with the command line, where that can only be known once the command runs.
    static func usage(_ message: String) -> ExitCode { say(message, ExitCode(64)) }

    /// Says that the tool failed.
    static func fault(_ message: String) -> ExitCode { say(message, ExitCode(70)) }

    private static func say(_ message: String, _ code: ExitCode) -> ExitCode {
        Terminal.hideProgress()
        StandardStream.error.write("error: \(message)\n")
        return code
    }
}
