using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CiCodegen.Tests.Faults;

/// <summary>A server on loopback whose answers go wrong as a fault says, byte by byte; behind it is a <see cref="LoopbackService"/>.</summary>
internal sealed class FaultServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<Task> _connections = [];
    private readonly List<WireRequest> _requests = [];
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;
    private readonly Func<WireRequest, WireAnswer> _handle;

    /// <summary>Starts a server.</summary>
    /// <param name="tls">Whether it speaks TLS, with a certificate that nobody trusts.</param>
    /// <param name="handle">Carries requests out instead of <see cref="Service"/>.</param>
    public FaultServer(bool tls = false, Func<WireRequest, WireAnswer>? handle = null)
    {
        _handle = handle ?? Service.Handle;
        _certificate = tls ? SelfSigned() : null;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public LoopbackService Service { get; } = new();

    public string Endpoint => $"{(_certificate is null ? "http" : "https")}://{_listener.LocalEndpoint}";

    /// <summary>Which fault a request meets; null for none.</summary>
    public Func<WireRequest, Fault?> Choose { get; set; } = _ => null;

    /// <summary>After how many bytes of a connection it is reset; null for never.</summary>
    public Func<int?> ResetAfter { get; set; } = () => null;

    public IReadOnlyList<WireRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Takes a request off the list of its connection and lets it meet its fault.</summary>
    /// <returns>Whether the connection goes on.</returns>
    private async Task<bool> AnswerAsync(Wire wire)
    {
        if (await wire.ReadRequestAsync(_stop.Token) is not { } request)
        {
            return false;
        }

        Fault? fault;
        lock (_lock)
        {
            fault = Choose(request);
            _requests.Add(request);
        }

        return await (fault ?? Fault.None).PlayAsync(wire, request, _handle, _stop.Token);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync(_stop.Token);
                lock (_lock)
                {
                    _connections.RemoveAll(connection => connection.IsCompleted);
                    _connections.Add(ServeAsync(socket));
                }
            }
        }
        catch (Exception e) when (_stop.IsCancellationRequested && e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                if (ResetAfter() is { } bytes)
                {
                    if (bytes > 0)
                    {
                        await socket.ReceiveAsync(new byte[bytes], _stop.Token);
                    }

                    Wire.Reset(socket);
                    return;
                }

                Stream stream = new NetworkStream(socket);
                if (_certificate is not null)
                {
                    SslStream tls = new(stream);
                    stream = tls;
                    await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
                }

                await using Wire wire = new(socket, stream);
                while (await AnswerAsync(wire))
                {
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException or AuthenticationException)
            {
                // The client went away, as the fault made it or as its time limit did.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Task[] open;
        lock (_lock)
        {
            open = [.. _connections];
        }

        await Task.WhenAll(open);
        _stop.Dispose();
        _certificate?.Dispose();
    }

    // For another name, and signed by nobody.
    private static X509Certificate2 SelfSigned()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=elsewhere.invalid", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}

/// <summary>One connection, byte by byte.</summary>
internal sealed class Wire(Socket socket, Stream stream) : IAsyncDisposable
{
    private readonly List<byte> _received = [];

    /// <summary>Closes a connection the hard way: the other side's read fails.</summary>
    public static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void Reset() => Reset(socket);

    public ValueTask SendAsync(string text, CancellationToken cancellationToken) => SendAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>Reads one request; null when the client has closed the connection.</summary>
    public async Task<WireRequest?> ReadRequestAsync(CancellationToken cancellationToken)
    {
        int headEnd;
        while ((headEnd = IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await ReceiveAsync(cancellationToken))
            {
                return null;
            }
        }

        string[] lines = Encoding.ASCII.GetString([.. _received.Take(headEnd)]).Split("\r\n");
        Dictionary<string, string> headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        int length = int.Parse(headers.GetValueOrDefault("content-length", "0"), System.Globalization.CultureInfo.InvariantCulture);
        while (_received.Count < headEnd + 4 + length)
        {
            if (!await ReceiveAsync(cancellationToken))
            {
                return null;
            }
        }

        string body = Encoding.UTF8.GetString([.. _received.Skip(headEnd + 4).Take(length)]);
        _received.RemoveRange(0, headEnd + 4 + length);
        string[] first = lines[0].Split(' ');
        return new WireRequest(first[0], first[1], headers, body);
    }

    private async Task<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[8192];
        int read = await stream.ReadAsync(buffer, cancellationToken);
        _received.AddRange(buffer.AsSpan(0, read));
        return read > 0;
    }

    private int IndexOf(ReadOnlySpan<byte> pattern) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_received).IndexOf(pattern);

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
