import Foundation

// Writes the validators of the official test suite of JSON Schema, or of one schema, as Swift.
//
//     conformance-generator suite FOLDER DRAFT OUTPUT
//     conformance-generator schema FILE NAME OUTPUT

let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.count) {
case ("suite", 4):
    try SuiteGenerator(folder: arguments[1], draft: arguments[2]).generate(into: arguments[3])
case ("schema", 4):
    try SchemaGenerator.generate(file: arguments[1], named: arguments[2], into: arguments[3])
default:
    FileHandle.standardError.write(
        Data("usage: conformance-generator suite FOLDER DRAFT OUTPUT | schema FILE NAME OUTPUT\n".utf8))
    exit(64)
}
