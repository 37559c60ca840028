namespace CiCodegen.Conformance.Tests.Grammar;

/// <summary>XML 1.0: elements, attributes and references; Namespaces in XML 1.0.</summary>
internal static class ElementProductions
{
    private static readonly int[] s_legal = [0x9, 0xA, 0xD, 0x20, 0x26, 0x3C, 0x7F, 0x85, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x10FFFF];
    private static readonly int[] s_illegal = [0x0, 0x1, 0x8, 0xB, 0xC, 0xE, 0x1F, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xFFFE, 0xFFFF, 0x110000];

    private const string Xml = "http://www.w3.org/XML/1998/namespace";
    private const string Xmlns = "http://www.w3.org/2000/xmlns/";

    public static IReadOnlyList<Production> All { get; } =
    [
        new("[10] AttValue")
        {
            Accepted = ["<a b=''/>", "<a b=\"\"/>", "<a b='\"'/>", "<a b=\"'\"/>", "<a b='>'/>", "<a b='&lt;&amp;&gt;&quot;&apos;'/>", "<a b='&#60;&#x26;'/>", "<a b='x\ny'/>", "<a b=']]>'/>", "<a b='\u4E2D\U0001F600'/>", "<a b='--'/>", "<a b='?>'/>", "<a b='%x;'/>"],
            Refused = ["<a b='<'/>", "<a b='x<y'/>", "<a b=\"<!--x-->\"/>", "<a b='&'/>", "<a b='x & y'/>", "<a b='&x'/>", "<a b='&x;'/>", "<a b='''/>", "<a b=\"\"\"/>", "<a b='x\"/>", "<a b='x", "<a b=x/>", "<a b=`x`/>", "<a b=\u201Cx\u201D/>", "<a b='x'y/>"],
        },
        new("[39] element, WFC: Element Type Match")
        {
            Accepted = ["<a><b></b></a>", "<a><b/><b></b></a>", "<a><a><a/></a></a>", "<a>x<b>y</b>z</a>", "<a><ab/><abc></abc></a>", "<\u4E2D></\u4E2D>"],
            Refused = ["<a></A>", "<A></a>", "<a></ab>", "<ab></a>", "<a></b>", "<a><b></a></b>", "<a><b><c></b></c></a>", "<a></a></a>", "<a><b></a>", "<\u4E2D></\u6587>", "<a></a\u0300>", "<a:b xmlns:a='u'></b>", "<a:b xmlns:a='u' xmlns:c='u'></c:b>", "<b xmlns:a='u'></a:b>"],
        },
        new("[40] STag, [44] EmptyElemTag")
        {
            Accepted = ["<a ></a>", "<a\n></a>", "<a b='c'></a>", "<a b='c' ></a>", "<a b='c' d='e'/>", "<a b='c'\n\td='e' />", "<a/>", "<a />"],
            Refused =
            [
                "<a/ >", "<a / >", "<a/b='c'>", "<a b='c'd='e'/>", "<a b='c'/ >", "<a b='c'/d='e'>", "<a/></a>", "<a//>", "<a>/>", "<>", "</>", "<></>", "< a/>", "<\na/>", "<a<b/>", "<a <b/></a>", "<a b='c' <d/>", "<a,/>", "<a/b/>", "<a b='c' ; />", "<a b='c'></a", "<a b",
                "<a b=", "<a b='c'", "<a b='c' ", "<a b='c'/", "<a ?>", "<a !>", "<a '>", "<a 'b'/>", "<a =/>", "<a ='b'/>",
            ],
        },
        new("[41] Attribute, WFC: Unique Att Spec")
        {
            Accepted = ["<a b='c'/>", "<a b ='c'/>", "<a b= 'c'/>", "<a b\n=\n'c'/>", "<a b='' B=''/>", "<a \u4E2D='c'/>", "<a xml='c'/>", "<a _='c' b='d'/>"],
            Refused = ["<a b/>", "<a b c='d'/>", "<a b=/>", "<a b=c/>", "<a b 'c'/>", "<a b=='c'/>", "<a b='c' b='c'/>", "<a b='c' b='d'/>", "<a b='c' d='e' b='f'></a>", "<a b:='c'/>", "<a :b='c'/>", "<a b='c' 'd'/>", "<a 1='b'/>", "<a b;c='d'/>", "<a b='c',d='e'/>", "<a \u0300='b'/>"],
        },
        new("[42] ETag")
        {
            Accepted = ["<a></a>", "<a></a >", "<a></a\n\t>", "<a>x</a>"],
            Refused = ["<a></ a>", "<a>< /a>", "<a></a b='c'>", "<a></a/>", "<a></a", "<a></a b>", "<a></a,>", "<a><//a>", "<a></a<b/>>", "<a></>", "<a></a><", "<a></\na>", "<a></a'>"],
        },
        new("[43] content")
        {
            Accepted = ["<a>x&amp;y<b/><![CDATA[z]]><?p?><!--c-->w</a>", "<a>\n</a>", "<a>&#32;</a>"],
            Refused = ["<a>x&y</a>", "<a>x<y</a>", "<a><1/></a>", "<a><!x></a>", "<a><!></a>", "<a><$/></a>", "<a><</a>", "<a><=</a>", "<a><a", "<a>x", "<a>&amp;", "<a>&am"],
        },
        new("[66] CharRef, WFC: Legal Character")
        {
            Accepted =
            [
                .. s_legal.Select(c => $"<a>{Production.Reference(c)}</a>"), .. s_legal.Select(c => $"<a b='{Production.Reference(c)}'/>"), "<a>&#65;</a>", "<a>&#0065;</a>", "<a>&#x00000000000000000000041;</a>", "<a>&#xaB;</a>", "<a>&#1114111;</a>",
                "<a>&#65;&#x42;</a>", "<a>&#93;]></a>",
            ],
            IllegalCharacter = [.. s_illegal.Select(c => $"<a>{Production.Reference(c)}</a>"), .. s_illegal.Select(c => $"<a b='{Production.Reference(c)}'/>"), "<a>&#xD83D;&#xDE00;</a>", "<a>&#55357;</a>", "<a>&#1114112;</a>", "<a>&#00;</a>"],
            Refused =
            [
                "<a>&#;</a>", "<a>&#x;</a>", "<a>&#X41;</a>", "<a>&#A;</a>", "<a>&#6A;</a>", "<a>&#xG;</a>", "<a>&#x4 1;</a>", "<a>& #65;</a>", "<a>&# 65;</a>", "<a>&#65</a>", "<a>&#65 ;</a>", "<a>&#-65;</a>", "<a>&#+65;</a>", "<a>&#6.5;</a>", "<a>&#x4000000000;</a>",
                "<a>&#4294967361;</a>", "<a>&#18446744073709551681;</a>", "<a>&#\uFF16\uFF15;</a>", "<a>&#x", "<a>&#6", "<a>&#", "<a b='&#x;'/>", "<a b='&#65'/>", "<&#97;/>", "<a &#98;='c'/>", "<a b=&#39;c&#39;/>", "<a>&#38#65;</a>",
            ],
        },
        new("[67]-[68] Reference, EntityRef, WFC: Entity Declared")
        {
            Accepted = ["<a>&lt;&gt;&amp;&quot;&apos;</a>", "<a b='&lt;&gt;&amp;&quot;&apos;'/>", "<a>&amp;lt;</a>", "<a>&amp;#0;</a>", "<a>&amp;;</a>", "<a>&lt;b/&gt;</a>"],
            Refused =
            [
                "<a>&nbsp;</a>", "<a>&b;</a>", "<a>&LT;</a>", "<a>&Amp;</a>", "<a>&lt</a>", "<a>&lt ;</a>", "<a>& lt;</a>", "<a>&;</a>", "<a>&</a>", "<a>& </a>", "<a>&&</a>", "<a>&&amp;</a>", "<a>&amp&amp;</a>", "<a>&1;</a>", "<a>&.;</a>", "<a>&\u4E2D;</a>", "<a>&l\u4E2D;</a>",
                "<a>&lt<b/></a>", "<a>&ltx;</a>", "<a>&quott;</a>", "<a>&apo;</a>", "<a>&a:b;</a>", "<a>&amp\n;</a>", "<a b='&b;'/>", "<a b='&amp'/>", "<a b='&lt'/>", "<a b='&'/>", "&amp;", "<a/>&amp;", "<a>&x", "<a>&lt", "<a b='&lt",
            ],
        },
        new("Namespaces [1]-[3] NSAttName: reserved prefixes and names")
        {
            Accepted =
            [
                "<a xmlns='u'/>", "<a xmlns=''/>", "<a xmlns='u'><b xmlns=''/></a>", "<a xmlns:b='u'/>", "<a xmlns:b='u'><c xmlns:b='v'/></a>", $"<a xmlns:xml='{Xml}'/>", "<a xml:lang='en'/>", "<a xml:lang=''/>", "<a xml:space='preserve'/>", "<a xml:space='default'/>",
                "<a xml:base='x'/>", "<a xml:id='x'/>", "<a xml:b='c'/>", "<xml:a/>", "<xml/>", "<a xmlns:xmlfoo='u'/>", "<a xmlns:_='u'/>", "<a xmlns:b='relative/name'/>", "<a xmlns:b=' '/>", "<a xmlns='u' xmlns:b='u'/>", "<a xmlns:b='a &amp; b'/>", "<xmlns/>", "<a:xmlns xmlns:a='u'/>",
                "<a xmlns:b='u' b:xmlns='c'/>", "<a xmlns:XML='u'/>", "<a xmlns:Xmlns='u'/>", $"<a xmlns:b='{Xml} '/>", $"<a xmlns='{Xmlns}x'/>",
            ],
            Refused =
            [
                "<a xmlns:xml='u'/>", "<a xmlns:xml=''/>", $"<a xmlns:b='{Xml}'/>", $"<a xmlns='{Xml}'/>", "<a xmlns:xmlns='u'/>", $"<a xmlns:xmlns='{Xmlns}'/>", $"<a xmlns:b='{Xmlns}'/>", $"<a xmlns='{Xmlns}'/>", "<a xmlns:xmlns=''/>", $"<a xmlns:b='http://www.w3.org/XML/1998/&#110;amespace'/>",
                "<a xmlns:/>", "<a xmlns:='u'/>", "<a xmlns:1='u'/>", "<a xmlns:b:c='u'/>", "<a xmlns/>", "<a xmlns=u/>",
            ],
            RefusedButByXmlReader = ["<xmlns:a/>", "<a><xmlns:b/></a>", "<xmlns:a xmlns:b='u'/>"],
        },
        new("Namespaces [4]-[15] NCName, QName")
        {
            Accepted = ["<a:b xmlns:a='u'/>", "<a:b xmlns:a='u'></a:b>", "<a:b-c.d_1 xmlns:a='u'/>", "<a b:c='d' xmlns:b='u'/>", "<\u4E2D:\u6587 xmlns:\u4E2D='u'/>", "<_:_ xmlns:_='u'/>", "<?p a:b?><a/>"],
            Refused =
            [
                "<:/>", "<:a/>", "<a:/>", "<a::b xmlns:a='u'/>", "<a:b:c xmlns:a='u'/>", "<a:1 xmlns:a='u'/>", "<a:-b xmlns:a='u'/>", "<1:a/>", "<a:b: xmlns:a='u'/>", "<a :b='c'/>", "<a b:='c'/>", "<a xmlns:b='u' b:c:d='e'/>", "<a xmlns:b='u' b:1='c'/>", "<a xmlns:b='u' b :c='d'/>",
                "<?a:b?><a/>", "<?a: x?><a/>", "<?:a x?><a/>", "<a: b xmlns:a='u'/>", "<a>&b:c;</a>",
            ],
        },
        new("NSC: Prefix Declared, No Prefix Undeclaring")
        {
            Accepted = ["<a:b xmlns:a='u'><a:c/></a:b>", "<a xmlns:b='u'><b:c><b:d/></b:c></a>", "<b:a xmlns:b='u'/>", "<a b:c='d' xmlns:b='u'/>", "<a xmlns:b='u'><c xmlns:b='v'><b:d/></c><b:e/></a>", "<a xmlns='u'><b/></a>", "<a xmlns:b='u'><b:c xmlns:b='v'/></a>"],
            Refused =
            [
                "<b:a/>", "<a b:c='d'/>", "<a><b:c/></a>", "<a><c xmlns:b='u'/><b:d/></a>", "<a><c xmlns:b='u'></c><b:d/></a>", "<a xmlns:b=''/>", "<a xmlns:b='u'><c xmlns:b=''/></a>", "<b:a xmlns:B='u'/>", "<a xmlns='b'><b:c/></a>", "<a:b xmlns:a='u'/><a:c/>", "<a b:c='xmlns:b' d='u'/>",
                "<a xmlns:b=\"\"></a>",
            ],
        },
        new("NSC: Attributes Unique")
        {
            Accepted =
            [
                "<a xmlns:b='u' xmlns:c='v' b:d='1' c:d='2'/>", "<a xmlns:b='u' b:d='1' d='2'/>", "<a xmlns='u' xmlns:b='u' d='1' b:d='2'/>", "<a xmlns:b='u' xmlns:c='U' b:d='1' c:d='2'/>", "<a xmlns:b='u' xmlns:c='u ' b:d='1' c:d='2'/>", "<a xmlns:b='%75' xmlns:c='u' b:d='1' c:d='2'/>",
                "<a xmlns:b='u' xmlns:c='v'><d xmlns:c='u' xmlns:b='v' b:e='1' c:e='2'/></a>", "<a xml:b='1' b='2'/>", "<a xmlns:b='u' xmlns='u'/>",
            ],
            Refused =
            [
                "<a xmlns:b='u' xmlns:c='u' b:d='1' c:d='2'/>", "<a b:d='1' c:d='2' xmlns:b='u' xmlns:c='u'/>", "<a xmlns:b='u' b:d='1' b:d='2'/>", "<a xmlns:b='u'><d xmlns:c='u' b:e='1' c:e='2'/></a>", "<a xmlns:b='u' xmlns:c='&#117;' b:d='1' c:d='2'/>", "<a xmlns='u' xmlns='u'/>",
                "<a xmlns:b='u' xmlns:b='u'/>", "<a xmlns:b='u' xmlns:b='v'/>", "<a xml:b='1' xml:b='2'/>", $"<a xmlns:xml='{Xml}' xml:b='1' xml:b='2'/>", "<a b='1' c='2' d='3' e='4' f='5' g='6' h='7' i='8' j='9' b='10'/>",
            ],
        },
    ];
}
