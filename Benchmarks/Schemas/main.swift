import Foundation
import JSONTape

// Measures a generated validator on documents, one a line:
//
//     PROGRAM DOCUMENTS
//
// Prints the documents, the valid ones, and the CPU time in nanoseconds for a document: to validate it, and to parse and
// validate it. Each is the median of seven passes.

/// The CPU time of the thread in nanoseconds: other processes do not count.
func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// The median time of a pass, each of which is long enough for the clock.
func median(_ pass: () -> Void) -> Double {
    var repetitions = 1
    while true {
        let start = now()
        for _ in 0..<repetitions { pass() }
        if now() - start > 20e6 || repetitions > 1 << 22 { break }
        repetitions *= 2
    }
    let times = (0..<7).map { _ in
        let start = now()
        for _ in 0..<repetitions { pass() }
        return (now() - start) / Double(repetitions)
    }
    return times.sorted()[3]
}

let data = [UInt8](try Data(contentsOf: URL(filePath: CommandLine.arguments[1])))
let lines = data.split(separator: UInt8(ascii: "\n")).map(Array.init)
// One array of all documents, so that one tape has them.
let tape = try JSONTape(
    parsing: Array("[".utf8) + lines.joined(separator: [UInt8(ascii: ",")]) + Array("]".utf8))
var nodes: [JSONTape.Index] = []
var node = tape.first(in: .root)
while node != tape.end(of: .root) {
    nodes.append(node)
    node = tape.end(of: node)
}
var valid = 0
for node in nodes where Validator.isValid(tape, at: node) { valid += 1 }
var sum = 0
let validating = median { for node in nodes where Validator.isValid(tape, at: node) { sum &+= 1 } }
var scratch = JSONTape()
let parsing = median {
    for line in lines {
        try? scratch.parse(line)
        if Validator.isValid(scratch, at: .root) { sum &+= 1 }
    }
}
// The sum keeps the optimizer from leaving out the work.
guard sum != 0 || valid == 0 else { exit(1) }
print(lines.count, valid, validating / Double(lines.count), parsing / Double(lines.count))
