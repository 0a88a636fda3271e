import JSONTape

/// Parses bytes as JSON. What is accepted is written and parsed again: the values must be equal.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    guard let tape = try? JSONTape(parsing: bytes), let value = try? tape.value(at: .root) else { return 0 }
    var writer = JSONWriter()
    writer.write(value)
    do {
        let text = try writer.finish()
        let copy = try JSONTape(parsing: text)
        let read = try copy.value(at: .root)
        precondition(read == value, "the value changes on the way to text and back")
        precondition(copy.value(at: .root, equals: value), "the tape does not equal its own value")
    } catch {
        preconditionFailure("a value that was read can't be written: \(error)")
    }
    return 0
}
