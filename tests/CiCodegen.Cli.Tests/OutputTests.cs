namespace CiCodegen.Cli.Tests;

/// <summary>Output that goes nowhere.</summary>
public sealed class OutputTests
{
    [Fact]
    public async Task WhatCannotBeWritten_IsAFailure()
    {
        using StringWriter error = new();
        await using StreamWriter full = new(new FullStream(), bufferSize: 1 << 20);
        int exit = await CliApplication.RunToEndAsync(["tags", "--json"], CliRun.Host(full, error, Stream.Null, []));
        Assert.Equal((ExitCode.Failure, "error: The output cannot be written: the disk is full\n"), (exit, error.ToString().ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task WhatIsWritten_IsNone()
    {
        using StringWriter error = new();
        using StringWriter output = new();
        Assert.Equal(ExitCode.Done, await CliApplication.RunToEndAsync(["tags", "--json"], CliRun.Host(output, error, Stream.Null, [])));
        Assert.NotEmpty(output.ToString());
        Assert.Empty(error.ToString());
    }

    // Takes nothing; what a writer still holds when it is closed does not matter here.
    private sealed class FullStream : MemoryStream
    {
        private bool _failed;

        public override void Write(ReadOnlySpan<byte> buffer) => Fail();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Fail();
            return default;
        }

        private void Fail()
        {
            if (!_failed)
            {
                _failed = true;
                throw new IOException("the disk is full");
            }
        }
    }
}
