namespace CiCodegen.Emit;

/// <summary>A parsed template.</summary>
internal interface ITemplate
{
    /// <summary>Lays out a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Stops it.</param>
    string Render(Plan plan, CancellationToken cancellationToken);
}
