import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.internals.BrokerSecurityConfigs;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ByteBufferSend;
import org.apache.kafka.common.network.ChannelBuilders;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.network.NetworkReceive;
import org.apache.kafka.common.network.NetworkSend;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.network.Send;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.FindCoordinatorResponse;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.authenticator.CredentialCache;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.apache.kafka.common.security.token.delegation.internals.DelegationTokenCache;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * Stands before a broker that knows neither TLS nor authentication: accepts connections with Apache Kafka's own server-side
 * code, and forwards their requests. One listener for each security protocol; its port is written to standard output. Ends
 * with its standard input.
 *
 * <p>Arguments: the broker's port, and the folder of the certificates. The user is {@code shop}, its password the
 * environment variable {@code FRONT_PASSWORD}. Nobody may write to topics whose names end in {@code denied}, nor see those
 * whose names end in {@code hidden}.
 */
final class KafkaFront implements Runnable {
    private static final List<String> MECHANISMS = List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER");

    private final int broker;
    private final ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
    private final Selector selector;
    private final ConcurrentLinkedQueue<SocketChannel> accepted = new ConcurrentLinkedQueue<>();
    private final Map<String, Socket> upstream = new HashMap<>();

    private KafkaFront(String name, SecurityProtocol protocol, int broker, Map<String, Object> settings) throws Exception {
        this.broker = broker;
        var listener = new ListenerName(name);
        var credentials = new CredentialCache();
        for (var mechanism : ScramMechanism.values()) {
            credentials.createCache(mechanism.mechanismName(), ScramCredential.class).put(
                "shop", new ScramFormatter(mechanism).generateCredential(System.getenv("FRONT_PASSWORD"), 4096));
        }
        var versions = versions();
        var channels = ChannelBuilders.serverChannelBuilder(
            listener, false, protocol, new AbstractConfig(BrokerSecurityConfigs.CONFIG_DEF, settings, false), credentials,
            new DelegationTokenCache(ScramMechanism.mechanismNames()), Time.SYSTEM, new LogContext(), version -> versions);
        selector = new Selector(
            100_000_000, 600_000, 0, new Metrics(), Time.SYSTEM, name, Map.of(), false, channels, new LogContext());
    }

    private int port() throws Exception {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** The versions of the broker's requests, which a client asks for before it authenticates. */
    private ApiVersionsResponse versions() throws Exception {
        var header = new RequestHeader(ApiKeys.API_VERSIONS, (short) 0, "front", 0);
        var request = new ApiVersionsRequest.Builder().build((short) 0);
        try (var socket = new Socket("127.0.0.1", broker)) {
            var answer = ask(socket, request.serializeWithHeader(header));
            return (ApiVersionsResponse) AbstractResponse.parseResponse(answer, header);
        }
    }

    /** Accepts connections, for the thread that serves them. */
    private void accept() {
        try {
            while (true) {
                var channel = server.accept();
                channel.configureBlocking(false);
                accepted.add(channel);
                selector.wakeup();
            }
        } catch (Exception error) {
            fail(error);
        }
    }

    @Override
    public void run() {
        var number = 0;
        try {
            while (true) {
                for (SocketChannel channel; (channel = accepted.poll()) != null;) selector.register("c" + number++, channel);
                selector.poll(1000);
                for (var receive : selector.completedReceives()) {
                    // The next request of a connection is read when this one is answered.
                    selector.mute(receive.source());
                    answer(receive);
                }
                for (var send : selector.completedSends()) selector.unmute(send.destinationId());
                for (var connection : selector.disconnected().keySet()) {
                    var socket = upstream.remove(connection);
                    if (socket != null) socket.close();
                }
            }
        } catch (Exception error) {
            fail(error);
        }
    }

    private void answer(NetworkReceive receive) throws Exception {
        var payload = receive.payload();
        var header = RequestHeader.parse(payload.duplicate());
        var denial = denial(payload, header);
        Send send;
        if (denial != null) {
            send = denial.toSend(header.toResponseHeader(), header.apiVersion());
        } else {
            var socket = upstream.get(receive.source());
            if (socket == null) upstream.put(receive.source(), socket = new Socket("127.0.0.1", broker));
            socket.setTcpNoDelay(true);
            send = rewritten(ask(socket, payload), header);
        }
        selector.send(new NetworkSend(receive.source(), send));
    }

    /** Sends a request to the broker, and waits for its answer. */
    private static ByteBuffer ask(Socket socket, ByteBuffer request) throws Exception {
        var frame = ByteBuffer.allocate(4 + request.remaining()).putInt(request.remaining()).put(request);
        new DataOutputStream(socket.getOutputStream()).write(frame.array());
        var input = new DataInputStream(socket.getInputStream());
        var answer = new byte[input.readInt()];
        input.readFully(answer);
        return ByteBuffer.wrap(answer);
    }

    /** The answer to a request for a topic that nobody may write to; {@code null} for all others. */
    private static AbstractResponse denial(ByteBuffer payload, RequestHeader header) {
        if (header.apiKey() != ApiKeys.PRODUCE) return null;
        var body = payload.duplicate();
        RequestHeader.parse(body);
        var request = (ProduceRequest) AbstractRequest.parseRequest(
            ApiKeys.PRODUCE, header.apiVersion(), new ByteBufferAccessor(body)).request;
        var isDenied = request.data().topicData().stream().anyMatch(topic -> topic.name().endsWith("denied"));
        return isDenied ? request.getErrorResponse(0, new TopicAuthorizationException(Set.of())) : null;
    }

    /** Puts the front's address in place of the broker's. */
    private Send rewritten(ByteBuffer answer, RequestHeader header) throws Exception {
        if (header.apiKey() != ApiKeys.METADATA && header.apiKey() != ApiKeys.FIND_COORDINATOR) {
            return ByteBufferSend.sizePrefixed(answer);
        }
        var response = AbstractResponse.parseResponse(answer, header);
        if (response instanceof MetadataResponse metadata) {
            for (var node : metadata.data().brokers()) node.setHost("localhost").setPort(port());
            for (var topic : metadata.data().topics()) {
                if (!topic.name().endsWith("hidden")) continue;
                topic.setErrorCode(Errors.TOPIC_AUTHORIZATION_FAILED.code()).setPartitions(List.of());
            }
        } else if (response instanceof FindCoordinatorResponse coordinator) {
            coordinator.data().setHost("localhost").setPort(port());
            for (var node : coordinator.data().coordinators()) node.setHost("localhost").setPort(port());
        }
        return response.toSend(header.toResponseHeader(), header.apiVersion());
    }

    private static void fail(Exception error) {
        error.printStackTrace();
        System.exit(1);
    }

    public static void main(String[] arguments) throws Exception {
        var broker = Integer.parseInt(arguments[0]);
        var settings = new HashMap<String, Object>(Map.of(
            "ssl.keystore.type", "PEM", "ssl.keystore.location", arguments[1] + "/server.pem",
            "ssl.truststore.type", "PEM", "ssl.truststore.location", arguments[1] + "/authority.pem",
            "sasl.enabled.mechanisms", MECHANISMS, "listener.name.mutual.ssl.client.auth", "required"));
        var modules = Map.of(
            "PLAIN", "plain.PlainLoginModule required user_shop=\"" + System.getenv("FRONT_PASSWORD") + "\";",
            "SCRAM-SHA-256", "scram.ScramLoginModule required;", "SCRAM-SHA-512", "scram.ScramLoginModule required;",
            "OAUTHBEARER", "oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub=\"front\";");
        for (var listener : List.of("sasl", "secure")) {
            for (var mechanism : MECHANISMS) {
                settings.put(
                    "listener.name." + listener + "." + mechanism.toLowerCase() + ".sasl.jaas.config",
                    "org.apache.kafka.common.security." + modules.get(mechanism));
            }
            settings.put(
                "listener.name." + listener + ".oauthbearer.sasl.server.callback.handler.class",
                "org.apache.kafka.common.security.oauthbearer.internals.unsecured."
                    + "OAuthBearerUnsecuredValidatorCallbackHandler");
        }
        var fronts = List.of(
            new KafkaFront("tls", SecurityProtocol.SSL, broker, settings),
            new KafkaFront("mutual", SecurityProtocol.SSL, broker, settings),
            new KafkaFront("sasl", SecurityProtocol.SASL_PLAINTEXT, broker, settings),
            new KafkaFront("secure", SecurityProtocol.SASL_SSL, broker, settings));
        var ports = new StringBuilder("ready");
        for (var front : fronts) {
            new Thread(front).start();
            new Thread(front::accept).start();
            ports.append(' ').append(front.port());
        }
        System.out.println(ports);
        while (System.in.read() >= 0) {}
        System.exit(0);
    }
}
