import ContractModel

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Reads bytes as a manifest, beside a schema.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    write(UnsafeRawBufferPointer(start: data, count: count), to: folder + "/topics.yaml")
    var diagnostics = Diagnostics()
    _ = ContractReader.read(folder, diagnostics: &diagnostics)
    // Places must exist in the file that they name: the renderer prints their lines.
    for diagnostic in diagnostics.sorted { precondition(!diagnostic.message.isEmpty) }
    return 0
}

/// A folder of this process, in the folder that the script has made.
private let folder: String = {
    let path = String(cString: getenv("FUZZ_FOLDER")) + "/\(getpid())"
    precondition(mkdir(path, 0o700) == 0, "can't make \(path)")
    let schema =
        #"{"type":"object","properties":{"id":{"type":"string"},"type":{"enum":["a","b"]}},"required":["id","type"]}"#
    Array(schema.utf8).withUnsafeBytes { write($0, to: path + "/a.schema.json") }
    return path
}()

private func write(_ bytes: UnsafeRawBufferPointer, to path: String) {
    guard let file = fopen(path, "w") else { preconditionFailure("can't write \(path)") }
    fwrite(bytes.baseAddress, 1, bytes.count, file)
    fclose(file)
}
