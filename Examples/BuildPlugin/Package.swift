// swift-tools-version: 6.2

import PackageDescription

// The contract is among the target's sources; its code is generated at each build, and nothing is checked in.
let package = Package(
    name: "BuildPlugin",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-event-contracts", path: "../..")],
    targets: [
        .executableTarget(
            name: "Shop",
            dependencies: [.product(name: "EventContracts", package: "swift-event-contracts")],
            plugins: [.plugin(name: "GenerateContracts", package: "swift-event-contracts")]
        )
    ]
)
