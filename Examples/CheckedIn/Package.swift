// swift-tools-version: 6.2

import PackageDescription

// The generated code is checked in. After a change of the contract, write it anew with:
//     swift package --allow-writing-to-package-directory event-contracts generate contract --output Sources/Shop/Generated
let package = Package(
    name: "CheckedIn",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-event-contracts", path: "../..")],
    targets: [
        .executableTarget(
            name: "Shop",
            dependencies: [.product(name: "EventContracts", package: "swift-event-contracts")]
        )
    ]
)
