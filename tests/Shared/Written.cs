namespace CiCodegen.Tests;

/// <summary>A file of the repository that is made from the corpus: held there, and written anew with <c>UPDATE_SNAPSHOTS=1</c>.</summary>
internal static class Written
{
    public static void Match(string path, string text)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1" && Environment.GetEnvironmentVariable("CI") != "true")
        {
            File.WriteAllText(path, text);
            return;
        }

        Assert.True(File.Exists(path), $"No file {path}. Run with UPDATE_SNAPSHOTS=1.");
        Assert.Equal(File.ReadAllText(path), text);
    }
}
