public import EventContractsEndpoints
public import Hummingbird

extension Router {
    /// Answers `/metrics`, `/health`, `/health/live` and `/health/ready`.
    public func addEndpoints(_ endpoints: ServiceEndpoints) {
        for path in ServiceEndpoints.paths {
            // Checks of containers often ask with HEAD.
            for method in [HTTPRequest.Method.get, .head] {
                on(RouterPath(path), method: method) { request, _ in
                    Response(
                        await endpoints.response(
                            to: path, method: method.rawValue, accept: request.headers[.accept]))
                }
            }
        }
    }
}

extension Response {
    /// Converts the answer of an endpoint.
    init(_ response: EndpointResponse) {
        self.init(
            status: HTTPResponse.Status(code: response.status), headers: [.contentType: response.contentType],
            body: ResponseBody { writer in
                for chunk in response.body { try await writer.write(ByteBuffer(bytes: chunk)) }
                try await writer.finish(nil)
            })
    }
}
