// A service needs one import.
@_exported public import EventContracts
@_exported public import EventContractsConfiguration
@_exported public import EventContractsEndpoints
@_exported public import EventContractsLifecycle
