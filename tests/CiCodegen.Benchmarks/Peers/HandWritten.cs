using System.Xml;
using System.Xml.Linq;
using CiCodegen.Benchmarks.Data;

namespace CiCodegen.Benchmarks.Peers;

/// <summary>What is written by hand where no serializer is used.</summary>
internal static class HandWritten
{
    /// <summary>The usual loop over an <see cref="XmlReader"/>: a method per element, a switch on names, skipping what is unknown.</summary>
    public static Response Read(byte[] document)
    {
        using XmlReader reader = XmlReader.Create(new MemoryStream(document), new XmlReaderSettings { IgnoreWhitespace = true });
        reader.MoveToContent();
        Response response = new();
        Children(reader, name =>
        {
            switch (name)
            {
                case "JobsDetail":
                    response.JobsDetail.Add(ReadJob(reader));
                    return true;
                case "EventName":
                    response.EventName = reader.ReadElementContentAsString();
                    return true;
                default:
                    return false;
            }
        });
        return response;
    }

    /// <summary>The usual queries over an <see cref="XDocument"/>.</summary>
    public static Response Query(byte[] document)
    {
        XElement root = XDocument.Load(new MemoryStream(document)).Root!;
        return new Response
        {
            EventName = (string?)root.Element("EventName"),
            JobsDetail = [.. root.Elements("JobsDetail").Select(QueryJob)],
        };
    }

    private static void Children(XmlReader reader, Func<string, bool> take)
    {
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return;
        }

        reader.Read();
        while (reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                reader.Read();
            }
            else if (!take(reader.LocalName))
            {
                reader.Skip();
            }
        }

        reader.Read();
    }

    private static Job ReadJob(XmlReader reader)
    {
        Job job = new();
        Children(reader, name =>
        {
            switch (name)
            {
                case "Code": job.Code = reader.ReadElementContentAsString(); return true;
                case "Message": job.Message = reader.ReadElementContentAsString(); return true;
                case "JobId": job.JobId = reader.ReadElementContentAsString(); return true;
                case "Tag": job.Tag = reader.ReadElementContentAsString(); return true;
                case "State": job.State = reader.ReadElementContentAsString(); return true;
                case "CreationTime": job.CreationTime = reader.ReadElementContentAsString(); return true;
                case "StartTime": job.StartTime = reader.ReadElementContentAsString(); return true;
                case "EndTime": job.EndTime = reader.ReadElementContentAsString(); return true;
                case "QueueId": job.QueueId = reader.ReadElementContentAsString(); return true;
                case "Operation": job.Operation = ReadOperation(reader); return true;
                case "Input": job.Input = ReadInput(reader); return true;
                default: return false;
            }
        });
        return job;
    }

    private static Input ReadInput(XmlReader reader)
    {
        Input input = new();
        Children(reader, name =>
        {
            switch (name)
            {
                case "Region": input.Region = reader.ReadElementContentAsString(); return true;
                case "BucketId": input.BucketId = reader.ReadElementContentAsString(); return true;
                case "Object": input.Object = reader.ReadElementContentAsString(); return true;
                default: return false;
            }
        });
        return input;
    }

    private static Operation ReadOperation(XmlReader reader)
    {
        Operation operation = new();
        Children(reader, name =>
        {
            switch (name)
            {
                case "TemplateId": operation.TemplateId = reader.ReadElementContentAsString(); return true;
                case "TemplateName": operation.TemplateName = reader.ReadElementContentAsString(); return true;
                case "VideoTargetRecResult": operation.VideoTargetRecResult = ReadResult(reader); return true;
                case "UserData": operation.UserData = reader.ReadElementContentAsString(); return true;
                case "JobLevel": operation.JobLevel = reader.ReadElementContentAsString(); return true;
                default: return false;
            }
        });
        return operation;
    }

    private static Result ReadResult(XmlReader reader)
    {
        Result result = new();
        Children(reader, name =>
        {
            switch (name)
            {
                case "BodyRecognition":
                    Body body = new();
                    ReadFrame(reader, "BodyInfo", body.BodyInfo, time => body.Time = time, url => body.Url = url);
                    result.BodyRecognition.Add(body);
                    return true;
                case "CarRecognition":
                    Car car = new();
                    ReadFrame(reader, "CarInfo", car.CarInfo, time => car.Time = time, url => car.Url = url);
                    result.CarRecognition.Add(car);
                    return true;
                default:
                    return false;
            }
        });
        return result;
    }

    private static void ReadFrame(XmlReader reader, string infoName, List<Info> infos, Action<string> setTime, Action<string> setUrl)
        => Children(reader, name =>
        {
            switch (name)
            {
                case "Time": setTime(reader.ReadElementContentAsString()); return true;
                case "Url": setUrl(reader.ReadElementContentAsString()); return true;
                default:
                    if (name != infoName)
                    {
                        return false;
                    }

                    infos.Add(ReadInfo(reader));
                    return true;
            }
        });

    private static Info ReadInfo(XmlReader reader)
    {
        Info info = new();
        Children(reader, name =>
        {
            switch (name)
            {
                case "Name": info.Name = reader.ReadElementContentAsString(); return true;
                case "Score": info.Score = reader.ReadElementContentAsInt(); return true;
                case "Location": info.Location = ReadLocation(reader); return true;
                default: return false;
            }
        });
        return info;
    }

    private static Location ReadLocation(XmlReader reader)
    {
        Location location = new();
        Children(reader, name =>
        {
            switch (name)
            {
                case "X": location.X = reader.ReadElementContentAsInt(); return true;
                case "Y": location.Y = reader.ReadElementContentAsInt(); return true;
                case "Height": location.Height = reader.ReadElementContentAsInt(); return true;
                case "Width": location.Width = reader.ReadElementContentAsInt(); return true;
                default: return false;
            }
        });
        return location;
    }

    private static Job QueryJob(XElement job)
    {
        XElement operation = job.Element("Operation")!;
        XElement result = operation.Element("VideoTargetRecResult")!;
        XElement input = job.Element("Input")!;
        return new Job
        {
            Code = (string?)job.Element("Code"),
            Message = (string?)job.Element("Message"),
            JobId = (string?)job.Element("JobId"),
            Tag = (string?)job.Element("Tag"),
            State = (string?)job.Element("State"),
            CreationTime = (string?)job.Element("CreationTime"),
            StartTime = (string?)job.Element("StartTime"),
            EndTime = (string?)job.Element("EndTime"),
            QueueId = (string?)job.Element("QueueId"),
            Operation = new Operation
            {
                TemplateId = (string?)operation.Element("TemplateId"),
                TemplateName = (string?)operation.Element("TemplateName"),
                VideoTargetRecResult = new Result
                {
                    BodyRecognition = [.. result.Elements("BodyRecognition").Select(b => new Body { Time = (string?)b.Element("Time"), Url = (string?)b.Element("Url"), BodyInfo = [.. b.Elements("BodyInfo").Select(QueryInfo)] })],
                    CarRecognition = [.. result.Elements("CarRecognition").Select(c => new Car { Time = (string?)c.Element("Time"), Url = (string?)c.Element("Url"), CarInfo = [.. c.Elements("CarInfo").Select(QueryInfo)] })],
                },
                UserData = (string?)operation.Element("UserData"),
                JobLevel = (string?)operation.Element("JobLevel"),
            },
            Input = new Input { Region = (string?)input.Element("Region"), BucketId = (string?)input.Element("BucketId"), Object = (string?)input.Element("Object") },
        };
    }

    private static Info QueryInfo(XElement info)
    {
        XElement at = info.Element("Location")!;
        return new Info
        {
            Name = (string?)info.Element("Name"),
            Score = (int)info.Element("Score")!,
            Location = new Location { X = (int)at.Element("X")!, Y = (int)at.Element("Y")!, Height = (int)at.Element("Height")!, Width = (int)at.Element("Width")! },
        };
    }
}
