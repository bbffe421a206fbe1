import { decodeBody } from '../../lib/gp/response/decode-body';

/*
 * OData up to version 3 also speaks Atom, and some services whatever they are asked for.
 */
const NAMESPACES =
	'xmlns="http://www.w3.org/2005/Atom" xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"';
const HEAD =
	'<title type="text">PM00200</title><id>http://gp/PM00200</id><updated>2026-11-01T00:00:00Z</updated><link rel="self" href="PM00200"/>';
const fields = (id: string) =>
	`<m:properties><d:VENDORID>${id}</d:VENDORID><d:HOLD m:type="Edm.Int16">0</d:HOLD><d:NOTE m:null="true"/></m:properties>`;
const entry = (id: string) =>
	`<entry><id>${id}</id><title/><link rel="edit" href="x"/><content type="application/xml">${fields(id)}</content></entry>`;
const row = (VENDORID: string) => ({ VENDORID, HOLD: '0', NOTE: null });

async function read(feed: string): Promise<unknown> {
	const body = Buffer.from(`<?xml version="1.0" encoding="utf-8"?>\n${feed}`);
	const headers = { 'content-type': 'application/atom+xml;type=feed;charset=utf-8' };
	return (await decodeBody({ status: 200, headers, body, url: 'http://gp' }, {})).value;
}
const feedOf = (inside: string) => `<feed ${NAMESPACES}>${HEAD}${inside}</feed>`;

test.each<[string, string, object]>([
	['several entries', feedOf(entry('A') + entry('B')), { value: [row('A'), row('B')] }],
	['one entry', feedOf(entry('A')), { value: [row('A')] }],
	['no entry', feedOf(''), { value: [] }],
	[
		'fields beside the content',
		feedOf(`<entry><id>A</id><content type="image/png" src="x"/>${fields('A')}</entry>`),
		{ value: [row('A')] },
	],
	[
		'a count and a next page',
		feedOf(
			`<m:count>31</m:count>${entry('A')}<link rel="next" href="http://gp/PM00200?$top=1&amp;$skiptoken=1"/>`,
		),
		{
			value: [row('A')],
			'odata.count': '31',
			'odata.nextLink': 'http://gp/PM00200?$top=1&$skiptoken=1',
		},
	],
	[
		'prefixes of its own',
		`<a:feed xmlns:a="http://www.w3.org/2005/Atom" ${NAMESPACES}><a:entry><a:content>${fields('A')}</a:content></a:entry><a:link href='n' rel='next' /></a:feed>`,
		{ value: [row('A')], 'odata.nextLink': 'n' },
	],
])('a feed with %s reads as the same in JSON', async (_what, feed, expected) => {
	expect(await read(feed)).toEqual(expected);
});

test('the link to the next page is found at the end of a long feed', async () => {
	const many = Array.from({ length: 200 }, (_, at) => entry(`V${at}`)).join('');
	const long = feedOf(`${many}<link rel="next" href="n"/>`);
	expect(long.length).toBeGreaterThan(20_000);
	expect(await read(long)).toMatchObject({ 'odata.nextLink': 'n' });
	expect(await read(feedOf(many))).not.toHaveProperty('odata.nextLink');
});

test('other XML stays what it is', async () => {
	expect(await read('<Vendors><Vendor><feed>x</feed></Vendor></Vendors>')).toEqual({
		Vendor: { feed: 'x' },
	});
});
