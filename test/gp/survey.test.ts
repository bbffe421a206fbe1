import type { SwitchChange } from '../../sandbox/gp/server/switches';
import { clientFor, siteFor } from './support/client';
import { FakeGp, json, payableRow, vendorRow } from './support/fake-gp';
import { standInOf } from './support/stand-in';

/* What Survey finds by asking, and that what it proposes reads all or says that it is not proven. */
const clientOf = standInOf({ vendorCount: 110, documentCount: 130 });

/** Number of documents the company has, read where nothing is cut. */
async function documents(): Promise<number> {
	const { keys } = await clientOf({}).listKeys('payable');
	return keys.length;
}

const SITES: Array<[string, SwitchChange, 'sba' | 'odata']> = [
	['SBA as the stand-in pleases', {}, 'sba'],
	['lists whole', { dialect: 'none' }, 'sba'],
	['lists whole, cut at 100', { dialect: 'none', defaultPageSize: 100 }, 'sba'],
	['lists whole, cut at 97', { dialect: 'none', defaultPageSize: 97 }, 'sba'],
	['a cap of 50', { maxPageSize: 50 }, 'sba'],
	['a cap of 37', { maxPageSize: 37 }, 'sba'],
	['a cap and a default page', { maxPageSize: 37, defaultPageSize: 25 }, 'sba'],
	['parameters of its own', { dialect: 'simple', maxPageSize: 37 }, 'sba'],
	[
		'pages from 0',
		{
			dialect: 'simple',
			defaultPageSize: 20,
			simpleNames: { limit: 'size', offset: '', page: 'pageIndex' },
			firstPage: 0,
		},
		'sba',
	],
	['no stamps, summaries', { stampMode: 'absent', listDetail: 'summary' }, 'sba'],
	[
		'voucher first, comma',
		{ listDetail: 'summary', keyOrder: 'voucherType', keySeparator: ',' },
		'sba',
	],
	['XML, flat, money as text', { envelope: 'xml', fieldStyle: 'flat', moneyFormat: 'text' }, 'sba'],
	['OData v4, pages of 50', { odataVersion: 'v4', maxPageSize: 50 }, 'odata'],
	['OData v3, pages of 37', { odataVersion: 'v3', maxPageSize: 37 }, 'odata'],
	['OData with dates', { odataVersion: 'v4', stampMode: 'dateOnly' }, 'odata'],
];

test.each(SITES)(
	'with what it proposes for %s all is read, or it is not proven, and nothing is proposed again',
	async (what, switches, door) => {
		const all = await documents();
		const { suggestedProfile } = await clientOf(switches, {}, door).survey();
		const { keys, completeness } = await clientOf(switches, suggestedProfile, door).listKeys(
			'payable',
		);
		// Where nothing asks for the rest, no more can be done than to say so.
		expect(completeness.proven).toBe(!/cut at/.test(what));
		if (completeness.proven) expect(keys).toHaveLength(all);
		else expect(completeness.why).toMatch(/exactly (100|97) rows came/);
		const again = await clientOf(switches, suggestedProfile, door).survey();
		expect(again.suggestedProfile).toEqual({});
	},
);

test('a cap is found whatever its size, and asked for as the page size', async () => {
	const { entities, suggestedProfile, findings } = await clientOf({ maxPageSize: 37 }).survey();
	expect(entities.payable).toMatchObject({ cap: 37, mayBeCut: null });
	expect(suggestedProfile.query).toMatchObject({ pageSize: 37 });
	expect(findings.join('\n')).toMatch(/Payables .*at most 37 rows an answer/);
});

test('two lists cut at the same odd number are told', async () => {
	const { entities } = await clientOf({ dialect: 'none', defaultPageSize: 97 }).survey();
	expect(entities.payable.mayBeCut).toMatch(/^97 rows came, as many as of Purchasing\/Vendors/);
});

test('order and separator of composite keys are found by asking for a record the list had shown', async () => {
	const shape: SwitchChange = {
		listDetail: 'summary',
		keyOrder: 'voucherType',
		keySeparator: '|',
	};
	const { entities, suggestedProfile } = await clientOf(shape).survey();
	expect(entities.payable).toMatchObject({
		detail: { answer: 'honoured', key: { parts: ['voucher', 'documentType'], separator: '|' } },
		distributions: 'detail',
	});
	expect(suggestedProfile).toMatchObject({
		keySeparator: '|',
		entities: { payable: { keyParts: ['voucher', 'documentType'] } },
	});
	const [record] = await clientOf(shape, suggestedProfile).list('payable', { limit: 1 });
	expect(record).toMatchObject({ distributions: expect.arrayContaining([expect.anything()]) });
});

test('OData: links that end after $top rows, counts of either version, and tables not published', async () => {
	const v4 = await clientOf({ odataVersion: 'v4', maxPageSize: 50 }, {}, 'odata').survey();
	expect(v4.entities.vendor).toMatchObject({ links: 'endAtTop', count: 'odata4', cap: 50 });
	expect(v4.entities.payable).toMatchObject({ distributions: 'table', descending: 'honoured' });
	const v3 = await clientOf({ odataVersion: 'v3', maxPageSize: 50 }, {}, 'odata').survey();
	expect(v3.suggestedProfile.query).toMatchObject({ count: 'odata3' });

	const some = await clientOf(
		{ publishedTables: ['PM00200', 'GL00100', 'GL00105', 'PM20000', 'PM30200', 'PM30600'] },
		{},
		'odata',
	).survey();
	const rights = Object.fromEntries(
		some.entities.payable.rights.map(({ path, answer, needed }) => [path, [answer, needed]]),
	);
	expect(rights).toMatchObject({
		PM10000: ['notOffered', true],
		PM20000: ['readable', true],
		PM10100: ['notOffered', true],
		PM10500: ['notOffered', false],
	});
	expect(some.advice.join('\n')).toMatch(/PM10100 \(needed\) is not published/);
});

test('a count that counts the page alone is no count', async () => {
	const gp = new FakeGp({ envelope: 'odata', cap: 7 });
	for (let number = 0; number < 40; number += 1) {
		const id = `V${String(number).padStart(3, '0')}`;
		gp.put(
			'vendor',
			vendorRow(id, `2026-05-${String((number % 28) + 1).padStart(2, '0')}T08:00:00Z`),
		);
	}
	const { request } = gp;
	gp.request = async (wish) => {
		const answer = await request.call(gp, wish);
		if (!new URL(wish.url).searchParams.has('$count')) return answer;
		const body = JSON.parse(Buffer.from(answer.body).toString()) as { value: unknown[] };
		return json(200, { ...body, '@odata.count': body.value.length });
	};
	const { entities } = await clientFor(gp).client.survey();
	expect(entities.vendor).toMatchObject({ cap: 7, count: 'none', offset: 'honoured' });
});

test('a filter that leaves out what it should give is not used', async () => {
	const gp = new FakeGp();
	for (let number = 0; number < 12; number += 1)
		gp.put('payable', payableRow(String(100 + number), `2026-05-10T08:00:0${number % 10}Z`));
	const { request } = gp;
	const losing = (hours: number) => async (wish: Parameters<typeof request>[0]) => {
		const url = new URL(wish.url);
		const filter = url.searchParams.get('$filter');
		const moment = /datetime'([^']+)'/.exec(filter ?? '')?.[1];
		if (moment) {
			const later = new Date(Date.parse(`${moment}Z`) + hours * 3_600_000).toISOString();
			url.searchParams.set('$filter', filter!.replace(moment, later.slice(0, 19)));
		}
		return await request.call(gp, { ...wish, url: url.href });
	};
	gp.request = losing(24 * 365);
	const lost = await clientFor(gp).client.survey();
	expect(lost.entities.payable.modifiedFilter).toBe('losesRows');
	expect(lost.suggestedProfile.entities).toMatchObject({ payable: { stampField: null } });

	gp.request = losing(6);
	const shifted = await clientFor(gp).client.survey();
	expect(shifted.entities.payable.modifiedFilter).toBe('shifted');
	expect(shifted.suggestedProfile.stamp).toMatchObject({ overlapMinutes: 1440 });
});

test('a list whose distributions are always empty has its records read one by one', async () => {
	const gp = new FakeGp({ summary: true });
	for (let number = 0; number < 5; number += 1)
		gp.put(
			'payable',
			payableRow(String(100 + number), '2026-05-10T08:00:00Z', { Distributions: [] }),
		);
	const { entities, suggestedProfile } = await clientFor(gp).client.survey();
	expect(entities.payable).toMatchObject({ rowsAreComplete: true, distributions: 'detail' });
	expect(suggestedProfile.entities).toMatchObject({ payable: { details: 'always' } });
	const { client } = clientFor(gp, { site: siteFor(suggestedProfile) });
	const [record] = await client.list('payable');
	expect(record).toMatchObject({ distributions: { length: 3 } });
});

test('who may read one list and not another is told which, and a refused login stops all', async () => {
	const gp = new FakeGp();
	gp.put('vendor', vendorRow('A', '2026-05-10T08:00:00Z'));
	gp.put('payable', payableRow('100', '2026-05-10T08:00:00Z'));
	gp.before = (url) =>
		/Accounts/.test(url.pathname) ? json(403, { Message: 'No access to this list.' }) : undefined;
	const { entities, findings } = await clientFor(gp).client.survey();
	expect(entities.account).toMatchObject({
		readable: false,
		error: { code: 'GP_USER_NOT_ALLOWED' },
	});
	expect(entities.payable.readable).toBe(true);
	expect(findings.join('\n')).toMatch(/GL accounts .*cannot be read \(GP_USER_NOT_ALLOWED\)/);

	gp.before = () => json(401, { Message: 'Unauthorized' });
	gp.log.length = 0;
	await expect(clientFor(gp).client.survey()).rejects.toMatchObject({ code: 'GP_LOGIN_REFUSED' });
	expect(gp.log).toHaveLength(1);
});
