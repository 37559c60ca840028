namespace CiCodegen.Conformance.Tests.Grammar;

/// <summary>XML 1.0: documents, characters, names, comments, instructions, CDATA sections, prolog and declaration.</summary>
internal static class DocumentProductions
{
    private static readonly int[] s_legal = [0x9, 0xA, 0xD, 0x20, 0x7F, 0x80, 0x85, 0x9F, 0xA0, 0x2028, 0xD7FF, 0xE000, 0xFDD0, 0xFDEF, 0xFEFF, 0xFFFD, 0x10000, 0x1FFFE, 0x1FFFF, 0x10FFFF];
    private static readonly int[] s_illegal = [0x0, 0x1, 0x8, 0xB, 0xC, 0xE, 0x1F, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xFFFE, 0xFFFF];

    // Where a Char may stand: text, attribute value, comment, instruction, CDATA section, text that nobody reads.
    private static readonly Func<string, string>[] s_places =
    [
        c => $"<a>x{c}y</a>", c => $"<a b='x{c}y'/>", c => $"<a><!--x{c}y--></a>", c => $"<a><?p x{c}y?></a>", c => $"<a><![CDATA[x{c}y]]></a>", c => $"<!--{c}--><a/>", c => $"<a/><?p {c}?>",
    ];

    public static IReadOnlyList<Production> All { get; } =
    [
        new("[1] document")
        {
            Accepted = ["<a/>", "<a></a>", "<a>text</a>", "<!--x--><a/><!--y-->", "<?p?><a/><?q?>", "\n<a/>", "<a/>\n", " \t\r\n<a/> \t\r\n", "<a><a/></a>"],
            Refused =
            [
                "", " ", "\n", "<!--x-->", "<?p?>", "<?xml version='1.0'?>", "text", "<a/><a/>", "<a/><b></b>", "<a></a></a>", "</a>", "<a>", "<a><b></a>", "<a/>text", "text<a/>", "<a/>&amp;", "&amp;<a/>",
                "<a/>&#32;", "&#32;<a/>", "<a/><![CDATA[]]>", "<![CDATA[ ]]><a/>", "<a/]]>", "<a/>]]>", "<", "<a", "<a/", "<a></", "<a></a", "<a></a></b>",
            ],
            IllegalCharacter = ["<a/>\0", "\u0001<a/>", "<a/>\uFFFF", "<a/>\uD800"],
        },
        new("[2] Char")
        {
            Accepted = [.. s_legal.SelectMany(c => s_places.Select(p => p(Production.Of(c))))],
            IllegalCharacter = [.. s_illegal.SelectMany(c => s_places.Select(p => p(Production.Of(c))))],
        },
        new("[3] S")
        {
            Accepted = ["<a \t\r\n/>", "<a \t\r\nb \t\r\n= \t\r\n'c' \t\r\n/>", "<a></a \t\r\n>", "<?xml \t\r\nversion \t\r\n= \t\r\n'1.0' \t\r\n?>\t<a/>", "<?p \t\r\n?><a/>"],
            Refused = ["<a\u00A0/>", "<a\u0085/>", "<a\u2028b='c'/>", "<a\u3000/>", "<a b\u00A0='c'/>", "\u00A0<a/>", "<a/>\u0085", "<a\u000B/>", "<a\u000Cb='c'/>", "<?xml\u0085version='1.0'?><a/>"],
        },
        new("[4]-[8] Name, Names, Nmtoken")
        {
            Accepted =
            [
                "<_/>", "<a.b-c_d1/>", "<A/>", "<a\u00B7/>", "<\u00C0/>", "<\u00D6\u00D8\u00F6\u00F8/>", "<\u0100\u0131/>", "<a\u0300/>", "<\u0391/>", "<\u05D0/>", "<\u4E00/>", "<\u9FA5/>", "<\u3007/>",
                "<\u3021\u3029/>", "<\uAC00/>", "<\uD7A3/>", "<a\u0660/>", "<a\u3005/>", "<a \u4E2D='1'/>", "<?\u4E2D\u6587 x?><a/>", "<xm/>", "<a Xml='1'/>",
            ],
            Refused =
            [
                "< a/>", "<1/>", "<./>", "<-/>", "<\u00B7/>", "<\u0300/>", "<\u00D7/>", "<\u00F7/>", "<a\u00D7/>", "<\u0660/>", "<\u3005/>", "<a b;='1'/>", "<a 1b='1'/>", "<a .='1'/>", "<a @='1'/>", "<a$/>", "<a,b/>",
                "<a!/>", "<a(/>", "<a*/>", "<a+/>", "<a&b/>", "<a#/>", "<a%/>", "<a[/>", "<a\\/>", "<a^/>", "<a`/>", "<a{/>", "<a|/>", "<a~/>", "<a\u007F/>", "<?1 x?><a/>", "<?.?><a/>", "<?-?><a/>",
                // The names of the fifth edition are not read: XmlReader has the fourth's.
                "<\U00010000/>", "<a\U0001F600/>", "<\u0132/>", "<\u2070/>", "<\u200C/>",
            ],
        },
        new("[14] CharData")
        {
            Accepted = ["<a>]</a>", "<a>]]</a>", "<a>]>]</a>", "<a>]] ></a>", "<a>></a>", "<a>]]&gt;</a>", "<a>'\"</a>", "<a>%x;</a>", "<a>--</a>", "<a>?></a>", "<a>]]<b/>></a>", "<a>]<!--x-->]></a>"],
            Refused = ["<a>]]></a>", "<a>x]]>y</a>", "<a>]]]></a>", "<a>]]]]></a>", "<a>中]]></a>", "<a>&lt;]]></a>", "<a><b/>]]></a>", "<a><</a>", "<a>x<</a>", "<a>x< y</a>", "<a>&</a>"],
        },
        new("[15] Comment")
        {
            Accepted = ["<a><!----></a>", "<a><!-- --></a>", "<a><!-- - - --></a>", "<a><!--->--></a>", "<a><!--<b>&c;]]>?>--></a>", "<a><!--\n--></a>", "<!--x--><!--y--><a/>", "<a><!-- <!- --></a>", "<a><!--\U0001F600--></a>"],
            Refused =
            [
                "<a><!-- -- --></a>", "<a><!-----></a>", "<a><!-- ---></a>", "<a><!--x--y--></a>", "<a><!-- -></a>", "<a><!-></a>", "<a><!-- x></a>", "<a><!- - x --></a>", "<a>< !--x--></a>", "<a><! --x--></a>", "<!--", "<!--x",
                "<!--x-", "<!--x--", "<a/><!--x", "<a/><!--x--", "<a <!--x-->/>", "<a><!--x--", "<!-- <!-- x --> --><a/>", "<a b=<!--x-->'c'/>",
            ],
        },
        new("[16] PI")
        {
            Accepted = ["<?p?><a/>", "<?p ?><a/>", "<?p x?><a/>", "<?p  x  y ?><a/>", "<?p <b>&c;--]]>?><a/>", "<?p ??><a/>", "<?p ? >?><a/>", "<?p \"'?><a/>", "<a><?p x?></a>", "<a/><?p x?>", "<?p-q.r_s1 x?><a/>"],
            Refused = ["<??><a/>", "<? ?><a/>", "<? p?><a/>", "<?p><a/>", "<?p x><a/>", "<?p x? ><a/>", "<?p??><a/>", "<?p/><a/>", "<?p", "<?", "<?p x", "<?p x?", "<a/><?p", "<a><?p</a>", "<a <?p?>/>", "<?p,x?><a/>", "<?p=x?><a/>", "<a/><?1?>"],
        },
        new("[17] PITarget")
        {
            Accepted = ["<?xm?><a/>", "<?xmlx?><a/>", "<?xml-stylesheet href='x'?><a/>", "<?xml.x?><a/>", "<?xml_?><a/>", "<?xm l?><a/>", "<a><?xml1 x?></a>", "<?XMLX?><a/>"],
            Refused = ["<?XML version='1.0'?><a/>", "<?Xml?><a/>", "<?xMl x?><a/>", "<a><?xml?></a>", "<a><?xml version='1.0'?></a>", "<a/><?xml version='1.0'?>", "<a><?XML x?></a>", "<a/><?xmL?>", "<!--x--><?xml version='1.0'?><a/>"],
        },
        new("[18]-[21] CDSect")
        {
            Accepted =
            [
                "<a><![CDATA[]]></a>", "<a><![CDATA[x]]></a>", "<a><![CDATA[<b>&c;]]></a>", "<a><![CDATA[]]]></a>", "<a><![CDATA[]]]]></a>", "<a><![CDATA[]]]]><![CDATA[>]]></a>", "<a><![CDATA[<![CDATA[]]></a>", "<a><![CDATA[]>]]></a>",
                "<a><![CDATA[]] >]]></a>", "<a><![CDATA[ ]]>x<![CDATA[ ]]></a>", "<a><![CDATA[\u4E2D\U0001F600]]></a>", "<a><![CDATA[&#0;]]></a>",
            ],
            Refused =
            [
                "<a><![CDATA[</a>", "<a><![CDATA[]</a>", "<a><![CDATA[]]</a>", "<a><![CDATA[x", "<a><![CDATA[x]]", "<a><![CDATA [x]]></a>", "<a><![cdata[x]]></a>", "<a><![Cdata[x]]></a>", "<a><! [CDATA[x]]></a>", "<a><![ CDATA[x]]></a>",
                "<a><![CDATA[x]]]></b>", "<a><![CDATA[<![CDATA[x]]>]]></a>", "<a><![CDAT[x]]></a>", "<a><![CDATAx]]></a>", "<a><![[x]]></a>", "<a><![INCLUDE[x]]></a>", "<a b=<![CDATA[x]]>/>", "<a <![CDATA[x]]>/>", "<![CDATA[x]]>", "<a><![CDATA",
            ],
        },
        new("[22] prolog, [27] Misc")
        {
            Accepted = ["<?xml version='1.0'?><a/>", "<?xml version='1.0'?>\n<!--x-->\n<?p?>\n<a/>", "<?p?><!--x--><a/>", "<a/><?p?><!--x-->\n", "\uFEFF<a/>", "\uFEFF<?xml version='1.0'?><a/>", "\uFEFF <!--x--><a/>"],
            Refused =
            [
                " <?xml version='1.0'?><a/>", "\n<?xml version='1.0'?><a/>", "<!--x--><?xml version='1.0'?><a/>", "<?xml version='1.0'?><?xml version='1.0'?><a/>", "<?xml version='1.0'?>x<a/>", "<?xml version='1.0'?>&#32;<a/>",
                "\uFEFF\uFEFF<a/>", "\uFEFF <?xml version='1.0'?><a/>", "<a/>\uFEFF", " \uFEFF<a/>", "<a><!DOCTYPE a></a>",
            ],
        },
        new("[23] XMLDecl")
        {
            Accepted =
            [
                "<?xml version=\"1.0\"?><a/>", "<?xml version='1.0'?><a/>", "<?xml version='1.0' ?><a/>", "<?xml version='1.0' encoding='UTF-8'?><a/>", "<?xml version='1.0' standalone='yes'?><a/>",
                "<?xml version='1.0' encoding='UTF-8' standalone='no'?><a/>", "<?xml  version='1.0'\nencoding=\"utf-8\"\tstandalone=\"no\"  ?><a/>",
            ],
            Refused =
            [
                "<?xml?><a/>", "<?xml ?><a/>", "<?xml encoding='UTF-8'?><a/>", "<?xml standalone='yes'?><a/>", "<?xml encoding='UTF-8' version='1.0'?><a/>", "<?xml version='1.0' standalone='yes' encoding='UTF-8'?><a/>",
                "<?xml version='1.0' version='1.0'?><a/>", "<?xml version='1.0' encoding='UTF-8' encoding='UTF-8'?><a/>", "<?xml version='1.0' valid='no'?><a/>", "<?xml version='1.0'encoding='UTF-8'?><a/>",
                "<?xml version='1.0' encoding='UTF-8'standalone='yes'?><a/>", "<?xml version='1.0'><a/>", "<?xml version='1.0'/><a/>", "<?xml version='1.0'", "<?xml version='1.0'?", "<?xml version='1.0'? ><a/>", "<?xml version='1.0',?><a/>",
                "<?xml VERSION='1.0'?><a/>", "<?xml Version='1.0'?><a/>", "<?xml version='1.0' ENCODING='UTF-8'?><a/>", "<?xml version='1.0' x?><a/>", "<?xml version='1.0' <!--x-->?><a/>", "<?xml v='1.0'?><a/>", "<? xml version='1.0'?><a/>",
                "<?xml versio", "<?xml version='1.0' encoding", "<?xml version='1.0' encoding='UTF-8' standalone='", "<?xml a:version='1.0'?><a/>",
            ],
        },
        new("[24]-[26] VersionInfo, Eq, VersionNum")
        {
            Accepted = ["<?xml version= '1.0'?><a/>", "<?xml version ='1.0'?><a/>", "<?xml version\n=\n'1.0'?><a/>"],
            Refused =
            [
                "<?xml version=1.0?><a/>", "<?xml version='1.0\"?><a/>", "<?xml version=\"1.0'?><a/>", "<?xml version '1.0'?><a/>", "<?xml version=='1.0'?><a/>", "<?xml version=''?><a/>", "<?xml version='1'?><a/>", "<?xml version='1.'?><a/>",
                "<?xml version=' 1.0'?><a/>", "<?xml version='2.0'?><a/>", "<?xml version='1.1'?><a/>", "<?xml version='v1.0'?><a/>", "<?xml version='&#49;.0'?><a/>", "<?xml version='1,0'?><a/>", "<?xml version=?><a/>", "<?xml version?><a/>",
                "<?xmlversion='1.0'?><a/><a/>", "<?xml version='1.0\u00E9'?><a/>",
            ],
            RefusedButByXmlReader = ["<?xml version='1.0 '?><a/>", "<?xml version='1.0.1'?><a/>", "<?xml version='1.00'?><a/>", "<?xml version='1.0?'?><a/>", "<?xml version='1.0a'?><a/>", "<?xml version='1.0-'?><a/>"],
        },
        new("[28] doctypedecl")
        {
            WithDtd =
            [
                "<!DOCTYPE a><a/>", "<!DOCTYPE a []><a/>", "<?xml version='1.0'?><!DOCTYPE a [<!ELEMENT a ANY>]><a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<!DOCTYPE a SYSTEM 'file:///nowhere'><a/>",
                "<!DOCTYPE a PUBLIC '-//X//Y' 'http://127.0.0.1:1/'><a/>", "<!--x--><!DOCTYPE a><a/>", "<?p?>\n<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>", "<!DOCTYPE a [%b;]><a/>", "<!DOCTYPE a", "<!DOCTYPE",
                "<!DOCTYPE [ <!ELEMENT a ANY> ]><a/>", "<!DOCTYPE a><b/>", "<!DOCTYPE a><!DOCTYPE a><a/>", "<a/><!DOCTYPE a>",
            ],
            Refused = ["<a><!DOCTYPE a></a>", "<a><!ELEMENT a ANY></a>", "<a><!ENTITY b 'c'></a>", "<a><![IGNORE[x]]></a>"],
        },
        new("[32] SDDecl")
        {
            Accepted = ["<?xml version='1.0' standalone='yes'?><a/>", "<?xml version='1.0' standalone=\"no\"?><a/>", "<?xml version='1.0' standalone = 'no' ?><a/>"],
            Refused =
            [
                "<?xml version='1.0' standalone='YES'?><a/>", "<?xml version='1.0' standalone='Yes'?><a/>", "<?xml version='1.0' standalone='true'?><a/>", "<?xml version='1.0' standalone=''?><a/>", "<?xml version='1.0' standalone=' yes'?><a/>",
                "<?xml version='1.0' standalone='yes '?><a/>", "<?xml version='1.0' standalone=yes?><a/>", "<?xml version='1.0' standalone?><a/>", "<?xml version='1.0' standalone='yes\"?><a/>", "<?xml version='1.0' Standalone='yes'?><a/>",
                "<?xml version='1.0' standalone='yes' standalone='yes'?><a/>", "<?xml version='1.0' standalone='&#121;es'?><a/>",
            ],
        },
        new("[80]-[81] EncodingDecl, EncName")
        {
            Accepted = ["<?xml version='1.0' encoding='utf-8'?><a/>", "<?xml version='1.0' encoding='UTF-8'?><a/>", "<?xml version='1.0' encoding='Utf-8'?><a/>", "<?xml version='1.0' encoding=\"UTF-8\"?><a>\u00E9\u4E2D</a>", "\uFEFF<?xml version='1.0' encoding='utf-8'?><a/>"],
            Refused = ["<?xml version='1.0' encoding=utf-8?><a/>", "<?xml version='1.0' encoding='utf-8?><a/>", "<?xml version='1.0' encoding='utf-8\"?><a/>", "<?xml version='1.0' encoding='<'?><a/>", "<?xml version='1.0' encoding=?><a/>", "<?xml version='1.0' encoding?><a/>"],
            UnsupportedEncoding =
            [
                "<?xml version='1.0' encoding=''?><a/>", "<?xml version='1.0' encoding=' utf-8'?><a/>", "<?xml version='1.0' encoding='utf-8 '?><a/>", "<?xml version='1.0' encoding='utf 8'?><a/>", "<?xml version='1.0' encoding='utf_8'?><a/>",
                "<?xml version='1.0' encoding='8-utf'?><a/>", "<?xml version='1.0' encoding='-utf-8'?><a/>", "<?xml version='1.0' encoding='utf:8'?><a/>", "<?xml version='1.0' encoding='utf+8'?><a/>", "<?xml version='1.0' encoding='x-unknown'?><a/>",
                "<?xml version='1.0' encoding='UTF-16'?><a/>", "\uFEFF<?xml version='1.0' encoding='utf-16'?><a/>",
            ],
        },
    ];
}
