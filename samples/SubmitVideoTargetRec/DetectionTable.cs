using System.Globalization;
using Spectre.Console;
using SubmitVideoTargetRec.CiJobs;

namespace SubmitVideoTargetRec;

/// <summary>What a job found, as a table with a row per detection.</summary>
internal static class DetectionTable
{
    public static Table Of(VideoTargetRecJob job)
    {
        Table table = new Table().AddColumns("Kind", "Time (s)", "Name", "Score", "Box (x, y, width, height)");
        VideoTargetRecResult? result = job.Operation?.VideoTargetRecResult;
        foreach (VideoTargetRecBodyRecognition found in result?.BodyRecognition ?? [])
        {
            found.BodyInfo.ForEach(info => Add(table, "Body", found.Time, info.Name, info.Score, info.Location));
        }

        foreach (VideoTargetRecCarRecognition found in result?.CarRecognition ?? [])
        {
            found.CarInfo.ForEach(info => Add(table, "Car", found.Time, info.Name, info.Score, info.Location));
        }

        foreach (VideoTargetRecPetRecognition found in result?.PetRecognition ?? [])
        {
            found.PetInfo.ForEach(info => Add(table, "Pet", found.Time, info.Name, info.Score, info.Location));
        }

        return table;
    }

    private static void Add(Table table, string kind, string? time, string? name, int? score, VideoTargetRecLocation? box)
        => table.AddRow(
            kind,
            Markup.Escape(time ?? "-"),
            Markup.Escape(name ?? "-"),
            score?.ToString(CultureInfo.InvariantCulture) ?? "-",
            box is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{box.X}, {box.Y}, {box.Width}, {box.Height}"));
}
