using System.Text;
using System.Xml.Linq;

namespace CiCodegen.Emulator.Tests;

public sealed class JournalTests
{
    private static readonly EmulatedTags s_tags = EmulatedTags.Load(new(), CancellationToken.None);

    [Fact]
    public void A_job_that_could_not_be_written_leaves_nothing_behind_and_takes_no_number()
    {
        using Disk disk = new();
        JobStore store = Open(disk);
        Add(store, 1);
        byte[] before = disk.ToArray();

        disk.Room = 20;
        Assert.Throws<IOException>(() => Add(store, 1));
        Assert.Equal(before, disk.ToArray());
        Assert.Null(store.Find("j2", s_bucket));
        disk.Room = long.MaxValue;
        Assert.Equal(2, Assert.Single(Add(store, 1)).Sequence);

        Assert.Equal(["j1", "j2"], Ids(Reopened(disk)));
    }

    [Fact]
    public void What_could_not_be_taken_back_at_once_is_taken_back_before_the_next_write()
    {
        using Disk disk = new();
        JobStore store = Open(disk);
        Add(store, 1);

        (disk.Room, disk.IsStuck) = (20, true);
        Assert.Throws<IOException>(() => Add(store, 1));
        (disk.Room, disk.IsStuck) = (long.MaxValue, false);
        Add(store, 1);

        Assert.Equal(["j1", "j2"], Ids(Reopened(disk)));
    }

    [Fact]
    public void Of_a_request_with_several_operations_all_jobs_are_written_or_none()
    {
        using Disk disk = new();
        JobStore store = Open(disk);
        Add(store, 3);
        long one = disk.Length;

        // There is room for two of three.
        disk.Room = one - 10;
        Assert.Throws<IOException>(() => Add(store, 3));
        Assert.Equal(3, store.Of(s_bucket).Count);
        disk.Room = long.MaxValue;
        Add(store, 3);

        Assert.Equal(["j1", "j2", "j3", "j4", "j5", "j6"], Ids(Reopened(disk)));

        // And where the process ended while it wrote.
        disk.SetLength(disk.Length - 10);
        Assert.Equal(["j1", "j2", "j3"], Ids(Reopened(disk)));
    }

    [Fact]
    public void A_cancel_that_could_not_be_written_is_none()
    {
        using Disk disk = new();
        JobStore store = Open(disk);
        Job job = Assert.Single(Add(store, 1));

        disk.Room = 20;
        Assert.Throws<IOException>(() => store.Cancel(job, new() { TimeProvider = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(EmulatorFixture.Start) }));

        Assert.Null(job.Cancelled);
        Assert.Null(Assert.Single(Reopened(disk).Of(s_bucket)).Cancelled);
    }

    [Fact]
    public void A_file_from_which_a_line_was_taken_gives_no_id_twice()
    {
        using Disk disk = new();
        JobStore store = Open(disk);
        Add(store, 1);
        Add(store, 1);
        string[] lines = Encoding.UTF8.GetString(disk.ToArray()).Split('\n');
        using Disk shorter = new();
        shorter.Write(Encoding.UTF8.GetBytes(lines[1] + "\n"));

        store = Reopened(shorter);
        Add(store, 1);

        Assert.Equal(["j2", "j3"], Ids(Reopened(shorter)));
    }

    private static readonly BucketAddress s_bucket = new("a-1", "r");

    private static JobStore Open(Disk disk) => new(JobJournal.Open(disk, "jobs.jsonl", s_tags));

    private static JobStore Reopened(Disk disk)
    {
        disk.Position = 0;
        return Open(disk);
    }

    private static IReadOnlyList<Job> Add(JobStore store, int count) => store.Add([.. Enumerable.Range(0, count)], static (_, sequence) => new Job
    {
        Sequence = sequence,
        JobId = $"j{sequence}",
        Tag = s_tags.Find("VideoTargetRec")!,
        Bucket = s_bucket,
        QueueId = "p",
        Created = EmulatorFixture.Start,
        Request = new XElement("Request"),
    });

    private static string[] Ids(JobStore store) => [.. store.Of(s_bucket).Select(static job => job.JobId)];

    /// <summary>A disk that gets full: what still fits is written before the write fails.</summary>
    private sealed class Disk : MemoryStream
    {
        public long Room { get; set; } = long.MaxValue;

        /// <summary>Whether nothing can be taken back either.</summary>
        public bool IsStuck { get; set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            int fits = (int)Math.Min(Room, buffer.Length);
            base.Write(buffer[..fits]);
            Room -= fits;
            if (fits < buffer.Length)
            {
                throw new IOException("No space left on device");
            }
        }

        public override void SetLength(long value)
        {
            if (IsStuck)
            {
                throw new IOException("Input/output error");
            }

            base.SetLength(value);
        }
    }
}
