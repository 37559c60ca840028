namespace CiCodegen.Extensions;

/// <summary>The names under which the library tells of itself, as for OpenTelemetry: <c>AddSource(CiInstrumentation.ActivitySource)</c>, <c>AddMeter(CiInstrumentation.Meter)</c>.</summary>
public static class CiInstrumentation
{
    /// <summary>The name of the activity source: activities <c>ci.submit</c>, <c>ci.describe</c>, <c>ci.list</c>, <c>ci.cancel</c>.</summary>
    public const string ActivitySource = "CiCodegen";

    /// <summary>The name of the meter: <c>cicodegen.client.tries</c>, <c>cicodegen.client.duration</c>.</summary>
    public const string Meter = "CiCodegen";

    /// <summary>The category of log messages.</summary>
    public const string LogCategory = "CiCodegen";
}
