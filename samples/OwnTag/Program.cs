using CiCodegen.Runtime;
using OwnTag.CiJobs;

// A Tag that nobody has bundled, and a bundled one with a node more: both are types like any other.
LoudnessRequest request = new() { Input = new() { Object = "input/song.mp3" }, Operation = new() { Loudness = new() { Target = 3, Mode = LoudnessMode.Album } } };
foreach (CiViolation violation in request.Validate().Violations)
{
    Console.WriteLine($"{violation.Path}: {violation.Message}");
}

request.Operation.Loudness.Target = -14;
Console.WriteLine(CiXml.ToXml(request));

VideoTargetRecRequest corrected = new() { Input = new() { Object = "input/harbour.mp4" }, Operation = new() { VideoTargetRec = new() { Boat = true } } };
Console.WriteLine(CiXml.ToXml(corrected));
Console.WriteLine(string.Join(", ", CiTagCatalog.All.Select(binding => binding.Tag.Name)));
