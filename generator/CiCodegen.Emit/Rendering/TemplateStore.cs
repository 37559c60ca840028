using System.Collections.Concurrent;
using Scriban;

namespace CiCodegen.Emit;

/// <summary>The parsed templates: embedded ones once per process, others as the host hands them over.</summary>
public sealed class TemplateStore
{
    private readonly IReadOnlyDictionary<string, string> _overrides;
    private readonly ConcurrentDictionary<string, Template> _parsed = new(StringComparer.Ordinal);

    private TemplateStore(IReadOnlyDictionary<string, string> overrides) => _overrides = overrides;

    /// <summary>The embedded templates.</summary>
    public static TemplateStore Embedded { get; } = new(new Dictionary<string, string>());

    /// <summary>The file names of the templates, as in <c>model.sbn-cs</c>.</summary>
    public static IReadOnlyList<string> FileNames => Enum.GetValues(typeof(TemplateName)).Cast<TemplateName>().Select(FileName).ToArray();

    /// <summary>Templates of one's own in the place of embedded ones.</summary>
    /// <param name="texts">Texts by file name; those that are missing stay the embedded ones.</param>
    /// <exception cref="ArgumentException">A file name is none of <see cref="FileNames"/>.</exception>
    /// <exception cref="TemplateException">A template cannot be parsed.</exception>
    public static TemplateStore WithOverrides(IReadOnlyDictionary<string, string> texts)
    {
        foreach (string name in texts.Keys)
        {
            if (!FileNames.Contains(name))
            {
                throw new ArgumentException($"'{name}' is no template; templates are {string.Join(", ", FileNames)}.", nameof(texts));
            }
        }

        TemplateStore store = new(texts);
        foreach (TemplateName name in Enum.GetValues(typeof(TemplateName)))
        {
            store.Get(name);
        }

        return store;
    }

    /// <summary>The text of an embedded template.</summary>
    /// <param name="fileName">One of <see cref="FileNames"/>.</param>
    public static string EmbeddedText(string fileName)
    {
        using Stream stream = typeof(TemplateStore).Assembly.GetManifestResourceStream(fileName)
            ?? throw new InvalidOperationException($"The template '{fileName}' is not embedded.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    internal static string FileName(TemplateName name) => name.ToString().ToLowerInvariant() + ".sbn-cs";

    internal Template Get(TemplateName name) => _parsed.GetOrAdd(FileName(name), Parse);

    private Template Parse(string fileName)
    {
        string text = _overrides.TryGetValue(fileName, out string? own) ? own : EmbeddedText(fileName);

        // A checkout with CRLF must give the same bytes.
        Template template = Template.Parse(text.Replace("\r\n", "\n"), fileName);
        return template.HasErrors ? throw new TemplateException(string.Join("\n", template.Messages.Select(m => m.ToString()))) : template;
    }
}

/// <summary>A template that cannot be parsed or rendered; the message names file, line and column.</summary>
public sealed class TemplateException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">File, line, column and what is wrong.</param>
    /// <param name="innerException">What lies beneath, if anything.</param>
    public TemplateException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
