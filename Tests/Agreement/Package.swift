// swift-tools-version: 6.2
import PackageDescription

// Code that scripts/test-agreement generates from schemas at random, beside the program that runs it.
let package = Package(
    name: "Agreement",
    dependencies: [.package(name: "swift-event-contracts", path: "../..")],
    targets: [
        .executableTarget(
            name: "Agreement", dependencies: [.product(name: "EventContracts", package: "swift-event-contracts")])
    ]
)
