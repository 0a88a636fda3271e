import ArgumentParser
import ContractModel

/// The exit codes of the tool (`sysexits.h` has the last two).
enum ExitStatus {
    static let help = """
        EXIT CODES
          0   all is well
          1   something was found: a diagnostic, a difference, an invalid message
          64  the command line is wrong
          70  the tool itself failed
        """

    /// Reports an error of the command line that only the running command can find.
    static func usage(_ message: String) -> ExitCode { say(message, ExitCode(64)) }

    /// Reports a failure of the tool.
    static func fault(_ message: String) -> ExitCode { say(message, ExitCode(70)) }

    private static func say(_ message: String, _ code: ExitCode) -> ExitCode {
        Terminal.hideProgress()
        StandardStream.error.write("error: \(message)\n")
        return code
    }
}
