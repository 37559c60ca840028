namespace CiCodegen.Runtime;

/// <summary>A container of the wire that can be read.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface ICiReadable<TSelf>
    where TSelf : class, ICiReadable<TSelf>
{
    /// <summary>Reads the container at which the reader stands.</summary>
    /// <typeparam name="TReader">The lane.</typeparam>
    /// <param name="reader">The lane, at the container's start.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    static abstract TSelf Read<TReader>(TReader reader)
        where TReader : struct, ICiReader;
}

/// <summary>A container of the wire that can be written.</summary>
public interface ICiWritable
{
    /// <summary>Writes the container's children and closes it (<see cref="ICiWriter.End"/>); the caller has opened it.</summary>
    /// <typeparam name="TWriter">The lane.</typeparam>
    /// <param name="writer">The lane, inside the container.</param>
    /// <exception cref="CiFormatException">A text cannot be carried by the format.</exception>
    void Write<TWriter>(ref TWriter writer)
        where TWriter : struct, ICiWriter;
}

/// <summary>A whole document.</summary>
public interface ICiRooted
{
    /// <summary>The root element.</summary>
    static abstract CiNode Root { get; }
}

/// <summary>A container of the wire as a C# type: emitted for each container of a schema.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface ICiShape<TSelf> : ICiReadable<TSelf>, ICiWritable
    where TSelf : class, ICiShape<TSelf>;

/// <summary>A shape that is a whole document, with its root element.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface ICiDocument<TSelf> : ICiShape<TSelf>, ICiRooted
    where TSelf : class, ICiDocument<TSelf>;

/// <summary>A shape whose rules can be checked before it is sent.</summary>
public interface ICiValidatable
{
    /// <summary>Checks the shape's rules and those of its children, adding each violation to the context.</summary>
    /// <param name="context">Collects the violations and knows the path.</param>
    void Validate(ref CiValidationContext context);
}
