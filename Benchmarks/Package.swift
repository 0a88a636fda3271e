// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-event-contracts", path: "..")],
    targets: [
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                .product(name: "EventContracts", package: "swift-event-contracts"),
                .product(name: "TDAContracts", package: "swift-event-contracts"),
            ]
        )
    ]
)
