import { XMLParser } from 'fast-xml-parser';
import { runSteps } from '../../lib/http/read-body';
import { readXml, type XmlRefused } from '../../lib/http/xml-steps';

const read = (text: string) => runSteps(readXml(text));
const whyNot = (text: string) => {
	try {
		read(text);
	} catch (error) {
		return (error as XmlRefused).why;
	}
	return 'taken';
};

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
	['<a><b></a>', 'malformed'],
	['<a></a><b></b>', 'malformed'],
	['</a>', 'malformed'],
	['<a>x</a>y', 'malformed'],
	['< a></a>', 'malformed'],
	['<a><b>', 'cut-off'],
	['<a b="', 'cut-off'],
	['<a><!-- ', 'cut-off'],
	['<a><![CDATA[', 'cut-off'],
	['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'doctype'],
	['<a>'.repeat(10_000), 'too-deep'],
	[`<a>${'<b/>'.repeat(260_000)}</a>`, 'too-many-rows'],
])('refuses %.40s as %s', (text, why) => {
	expect(whyNot(text)).toBe(why);
});
