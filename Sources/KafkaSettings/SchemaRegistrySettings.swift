/// The addresses of a schema registry, and the credentials of its clients.
public struct SchemaRegistrySettings: Hashable, Sendable {
    /// `SCHEMA_REGISTRY_URL`: the URLs of one registry, without user info and query. A request that one of them does not
    /// answer goes to the next.
    public var urls = [KafkaAddresses.schemaRegistry]
    /// `SCHEMA_REGISTRY_USERNAME`: the user name of basic authentication.
    public var username: String?
    /// `SCHEMA_REGISTRY_PASSWORD`.
    public var password: Secret?
    /// `SCHEMA_REGISTRY_TOKEN`: a bearer token, in place of user name and password.
    public var token: Secret?
    /// `SCHEMA_REGISTRY_SSL_CAFILE`: the path of the certificate authorities to trust, in PEM.
    public var authoritiesFile: String?
    /// `SCHEMA_REGISTRY_SSL_CERTFILE`: the path of the client's certificate, in PEM.
    public var certificateFile: String?
    /// `SCHEMA_REGISTRY_SSL_KEYFILE`: the path of the client's private key, in PEM.
    public var keyFile: String?
    /// `SCHEMA_REGISTRY_TIMEOUT_MS`: the timeout of one request to one URL.
    public var requestTimeout = Duration.seconds(10)
    /// `SCHEMA_REGISTRY_RETRIES`: how often a request is sent again after a connection error or a status of 500 or more.
    public var retries = 3

    /// Creates the settings of a registry on this machine, without credentials.
    public init() {}

    /// Creates the settings of a registry without credentials.
    ///
    /// - Parameter urls: The URLs of one registry.
    public init(urls: [String]) {
        self.urls = urls
    }
}
