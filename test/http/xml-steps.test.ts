import { XMLParser } from 'fast-xml-parser';
import { runSteps } from '../../lib/http/read-body';
import { readXml, XmlRefused, type XmlOptions } from '../../lib/http/xml-steps';

const read = (text: string, options?: XmlOptions) => runSteps(readXml(text, options));
const refusal = (text: string, options?: XmlOptions) => {
	try {
		read(text, options);
	} catch (error) {
		return error as XmlRefused;
	}
	return undefined;
};
const whyNot = (text: string, options?: XmlOptions) => refusal(text, options)?.why ?? 'taken';

test('reads elements as members, as the library it replaced did', () => {
	const text = `<?xml version="1.0"?>
<!-- note --><a:Vendors xmlns:a="urn:x" count="2">
	<a:Vendor id='1'><a:Key><Id> A&amp;B </Id></a:Key><Money>0012.50</Money><Empty/><None i:nil="true"></None></a:Vendor>
	<Vendor attr="a > b"><Key><Id><![CDATA[<x> & y]]></Id></Key><Note>caf&#233; &#x20AC; &unknown;</Note></Vendor>
</a:Vendors>`;
	expect(read(text)).toEqual({
		Vendor: [
			{ Key: { Id: 'A&B' }, Money: '0012.50', Empty: null, None: null },
			{ Key: { Id: '<x> & y' }, Note: 'café € &unknown;' },
		],
	});
	const plain = '<r><v><k>1</k><k>2</k></v><v><k>3</k></v><m>t<b>u</b></m></r>';
	const library = new XMLParser({ parseTagValue: false }).parse(plain) as { r: unknown };
	expect(read(plain)).toEqual(library.r);
});

test.each([
	['tags that cross', '<a><b></a>', 'malformed'],
	['two roots', '<a></a><b></b>', 'malformed'],
	['a closing tag alone', '</a>', 'malformed'],
	['text after the root', '<a>x</a>y', 'malformed'],
	['a tag without a name', '< a></a>', 'malformed'],
	['a closing tag with an attribute', '<a></a b="1">', 'malformed'],
	['no element at all', ' ', 'malformed'],
	['an element that does not end', '<a><b>', 'cut-off'],
	['text after which nothing comes', '<a><b>x', 'cut-off'],
	['an attribute that does not end', '<a b="', 'cut-off'],
	['a quotation mark that does not end', '<a b="></a>', 'cut-off'],
	['a tag that does not end', '<a b="1"', 'cut-off'],
	['a closing tag that does not end', '<a></a', 'cut-off'],
	['a declaration that does not end', '<?><a></a>', 'cut-off'],
	['a comment that does not end', '<a><!-- ', 'cut-off'],
	['a CDATA section that does not end', '<a><![CDATA[', 'cut-off'],
	['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'doctype'],
	['10,000 levels', '<a>'.repeat(10_000), 'too-deep'],
	['260,000 rows', `<a>${'<b/>'.repeat(260_000)}</a>`, 'too-many-rows'],
	['a tag of 70,000 letters', `<a b${' '.repeat(70_000)}></a>`, 'too-long-text'],
	['a text of a million letters and more', `<a>${'x'.repeat(1_048_577)}</a>`, 'too-long-text'],
])('refuses %s', (_what, text, why) => {
	expect(whyNot(text)).toBe(why);
});

test('takes as much as the limits allow, and no more', () => {
	const limits = { values: 100, rows: 3, depth: 2, text: 5 };
	const tight = (text: string, limit: Partial<typeof limits> = {}) =>
		whyNot(text, { limits: { ...limits, ...limit } });
	expect([tight('<a><b/></a>'), tight('<a><b><c/></b></a>')]).toEqual(['taken', 'too-deep']);
	const rows = (count: number) => tight(`<a>${'<b/>'.repeat(count)}</a>`);
	expect([rows(3), rows(4)]).toEqual(['taken', 'too-many-rows']);
	expect([tight('<a>12345</a>'), tight('<a>123456</a>')]).toEqual(['taken', 'too-long-text']);
	const written = (text: string) => tight(`<a><![CDATA[${text}]]></a>`);
	expect([written('12345'), written('123456')]).toEqual(['taken', 'too-long-text']);
	// A tag that opens, one that closes, and the end.
	expect([tight('<a></a>', { values: 3 }), tight('<a></a>', { values: 2 })]).toEqual([
		'taken',
		'too-many-values',
	]);
});

test('blanks where the format allows them change nothing', () => {
	expect(read('\ufeff<a\n b="1" ><c /><d >x</d ></a\t>\n')).toEqual({ c: null, d: 'x' });
	expect(read('<a> <b>&#0;&#1114112;</b><c>&#65;</c></a>')).toEqual({
		b: '&#0;&#1114112;',
		c: 'A',
	});
});

test('options: blanks and concrete types kept, the root named', () => {
	const text = '<s:e xmlns:i="x"><k i:type="a:Key"><v> 1 </v></k><n> </n></s:e>';
	expect(read(text)).toEqual({ k: { v: '1' }, n: null });
	expect(read(text, { keepBlanks: true, types: true, withRoot: true })).toEqual({
		e: { k: { v: ' 1 ', '@type': 'Key' }, n: null },
	});
});

test('an element that is said to be nil is null, whatever it holds', () => {
	expect(
		read('<a><b x:nil="1"> 5 </b><c nil = \'true\'><d>6</d></c><e nil="false">7</e></a>'),
	).toEqual({ b: null, c: null, e: '7' });
});

test('a comment ends with its own end', () => {
	expect(read('<a><!-- b --><!-- c --><!--> d --><e>1</e><!----></a>')).toEqual({ e: '1' });
});

test('a message holds no more than forty letters of a tag', () => {
	const [long, begun] = ['x'.repeat(60), 'x'.repeat(40)];
	for (const text of [`</${long}>`, `<${long}>`, `<a></${long} b>`]) {
		const { message } = refusal(text)!;
		expect(message).toContain(`"${begun}"`);
	}
});

test('names the line where it stopped', () => {
	expect(refusal('<a></b>')?.line).toBe(1);
	expect(refusal('<a>\n\n<b>\n</a>\n</b>')?.line).toBe(4);
	expect(refusal('<a>\n<b>\n')?.line).toBe(3);
	expect(refusal('<a>\n\n\n<b c="')?.line).toBe(4);
	expect(refusal('<a>\n</a b>')?.message).toContain('"a"');
});

test('gives others their turn within one long text and among many short ones', () => {
	const steps = (text: string) => {
		let count = 0;
		const reading = readXml(text);
		while (!reading.next().done) count += 1;
		return count;
	};
	expect(steps('<a>x</a>')).toBe(0);
	expect(steps(`<a>${'<b/>'.repeat(1_200)}</a>`)).toBe(2);
	expect(steps(`<a>${`<b>${'x'.repeat(40_000)}</b>`.repeat(6)}</a>`)).toBe(3);
});
