import type { SwitchChange } from '../../sandbox/gp/server/switches';
import { runSteps } from '../../lib/http/read-body';
import { helpLinks, helpOperations, resourcePath } from '../../lib/gp/discovery/questions';
import type { GpSite } from '../../lib/gp/site';
import { FakeGp, html } from './support/fake-gp';
import { clientFor } from './support/client';
import { standInOf } from './support/stand-in';

const clientOf = standInOf({ vendorCount: 30, documentCount: 40 });

test('discovery lists what the service says about itself and finds the three entities', async () => {
	const found = await clientOf({}).discover();
	expect(found.dictionaries).toEqual(['Dynamics']);
	expect(found.objectLibraries).toContain('Microsoft.Dynamics.GP.BusinessObjects');
	expect(found.entities).toEqual({
		vendor: 'Purchasing/Vendors',
		account: 'Financial/Accounts',
		payable: 'Purchasing/Payables/Transactions',
	});
	expect(found).toMatchObject({ profile: 'sba', missing: [], suggestedProfile: {} });
});

test('discovery says what is missing and what to do about it', async () => {
	const found = await clientOf({
		offers: { vendors: true, accounts: false, payables: true, companies: true, odata: true },
	}).discover();
	expect(found).toMatchObject({ profile: null, missing: ['account'], entities: { account: null } });
	expect(found.advice.join(' ')).toMatch(/GL00100/);
});

test('discovery of the OData service names the tables that are not published', async () => {
	for (const odataVersion of ['v3', 'v4'] as const) {
		const all = await clientOf({ odataVersion }, {}, 'odata').discover();
		expect(all).toMatchObject({ profile: 'odata', missing: [] });
		const some = await clientOf(
			{ odataVersion, publishedTables: ['PM00200', 'GL00100', 'GL00105', 'PM20000'] },
			{},
			'odata',
		).discover();
		expect(some).toMatchObject({ profile: null, missing: ['payable'] });
		expect(some.advice.join(' ')).toMatch(/PM10000, PM10100, PM30200, PM30600/);
	}
});

test('a path found elsewhere is suggested as a profile that then works', async () => {
	const gp = new FakeGp();
	gp.before = (url) =>
		url.pathname.endsWith('/help')
			? html(200, 'Discovery', '<h2>Dictionaries</h2><a href="help/Custom">Custom</a>')
			: url.pathname.endsWith('/help/Custom')
				? html(
						200,
						'Custom',
						'<table><tr><td>GET</td><td>/Tenants({Tenant})/Companies({Company})/Custom/Finance/GLAccounts({Number})</td></tr><tr><td>POST</td><td>Companies({Company})/Custom/Purchasing/Vendors</td></tr></table>',
					)
				: undefined;
	const found = await clientFor(gp).client.discover();
	expect(found.entities).toEqual({
		vendor: null,
		account: 'Custom/Finance/GLAccounts',
		payable: null,
	});
	expect(found.suggestedProfile).toEqual({
		entities: {
			account: {
				lists: [{ path: 'Custom/Finance/GLAccounts' }],
				detail: 'Custom/Finance/GLAccounts({key})',
			},
		},
	});
	expect(gp.log).toHaveLength(2);
});

test('discovery never follows a link to another server', async () => {
	const gp = new FakeGp();
	gp.before = () =>
		html(
			200,
			'Discovery',
			'<a href="https://elsewhere.example.com/help/x">x</a><a href="help/y">y</a>',
		);
	await clientFor(gp).client.discover();
	expect(gp.log.every((path) => path.startsWith('/'))).toBe(true);
	expect(gp.log.length).toBeLessThanOrEqual(60);
});

test('a survey of a service that honours all finds nothing to change', async () => {
	const { entities, suggestedProfile } = await clientOf({}).survey();
	expect(entities.payable).toMatchObject({
		readable: true,
		envelope: 'Payload',
		limit: 'honoured',
		offset: 'honoured',
		modifiedFilter: 'honoured',
		rowsAreComplete: true,
		stampField: 'ModifiedDate',
		stampFormat: 'ISO date and time',
		granularity: 'dateTime',
		firstRowFault: null,
	});
	expect(suggestedProfile).toEqual({ stamp: { granularity: 'dateTime' } });
	expect(JSON.stringify(entities)).not.toContain('TaxIdentificationNumber');
});

test.each<[string, SwitchChange, GpSite['profile']]>([
	['whole lists whatever is asked', { dialect: 'none' }, { query: { dialect: 'none' } }],
	['named parameters', { dialect: 'simple' }, { query: { dialect: 'parameters' } }],
	[
		'no stamps',
		{ stampMode: 'absent' },
		{
			entities: {
				vendor: { stampField: null },
				account: { stampField: null },
				payable: { stampField: null },
			},
		},
	],
	['dates only', { stampMode: 'dateOnly' }, { stamp: { granularity: 'date' } }],
])(
	'a survey of a service with %s suggests a profile, and with it there is nothing more to suggest',
	async (_what, switches, expected) => {
		const { suggestedProfile } = await clientOf(switches).survey();
		expect(suggestedProfile).toMatchObject(expected!);
		const again = await clientOf(switches, suggestedProfile).survey();
		expect(again.suggestedProfile).toEqual({});
		expect(
			Object.values(again.entities).every(
				({ readable, firstRowFault }) => readable && firstRowFault === null,
			),
		).toBe(true);
	},
);

test.each<[string, SwitchChange, object]>([
	[
		'numbers its pages from 0',
		{ simpleNames: { limit: 'pageSize', offset: '', page: 'pageNumber' }, firstPage: 0 },
		{ names: { limit: 'pageSize', offset: null, page: 'pageNumber' }, firstPage: 0 },
	],
	[
		'numbers its pages from 1 and gives the last one again',
		{
			simpleNames: { limit: 'per_page', offset: '', page: 'page' },
			firstPage: 1,
			beyondLastPage: 'lastPage',
		},
		{ names: { limit: 'per_page', offset: null, page: 'page' }, firstPage: 1 },
	],
	[
		'skips by a name of its own',
		{ simpleNames: { limit: 'take', offset: 'start' } },
		{ names: { limit: 'take', offset: 'start', page: null } },
	],
])(
	'a survey finds by asking that a service %s, and with it all is read',
	async (_what, switches, query) => {
		const shape: SwitchChange = { dialect: 'simple', defaultPageSize: 10, ...switches };
		const { suggestedProfile, advice } = await clientOf(shape).survey();
		expect(suggestedProfile.query).toMatchObject({ dialect: 'parameters', ...query });
		expect(advice.join(' ')).toMatch(/gives pages by/);
		const { completeness, keys } = await clientOf(shape, {
			...suggestedProfile,
			query: { ...suggestedProfile.query, pageSize: 7 },
		}).listKeys('payable');
		expect(completeness).toMatchObject({ proven: true });
		expect(keys.length).toBeGreaterThan(10);
		const again = await clientOf(shape, suggestedProfile).survey();
		expect(again.suggestedProfile.query).toBeUndefined();
	},
);

test('a survey says when a list may be cut and nothing asks for the rest', async () => {
	const { entities, advice } = await clientOf({ dialect: 'none', defaultPageSize: 10 }).survey();
	expect(entities.payable.mayBeCut).toMatch(/^exactly 10 rows came/);
	expect(advice.join(' ')).toMatch(/exactly 10 rows came.*Compare the number/);
});

test('a survey tells summaries, and entities that cannot be read, apart', async () => {
	const { entities, advice } = await clientOf({
		listDetail: 'summary',
		offers: { vendors: true, accounts: false, payables: true, companies: true, odata: true },
	}).survey();
	expect(entities.payable.rowsAreComplete).toBe(false);
	expect(entities.account).toMatchObject({
		readable: false,
		error: { code: 'GP_RESOURCE_NOT_OFFERED' },
	});
	expect(advice.join(' ')).toMatch(/summaries/);
});

test('a survey costs some ten small requests per list', async () => {
	const client = clientOf({});
	await client.survey();
	expect(client.counters.requests).toBeLessThanOrEqual(33);
});

test('pages of the description are read as far as they can be', () => {
	expect(
		runSteps(
			helpLinks(
				'<h2>Object&nbsp;Libraries</h2><a class=x href="a/b">B &amp; C</a><a href="#top">up</a>',
			),
		),
	).toEqual([{ text: 'B & C', href: 'a/b', section: 'Object Libraries' }]);
	expect(
		runSteps(
			helpOperations(
				'<tr><td>GET, POST</td><td>Companies({Company})/Sales/Customers({Id})</td></tr>',
			),
		),
	).toEqual([
		{ path: 'Sales/Customers', verb: 'GET' },
		{ path: 'Sales/Customers', verb: 'POST' },
	]);
	expect(
		[
			'Inventory/Items(100XLG).json',
			'/GPService/Tenants(T)/Companies(A (B), C.)/Purchasing/Vendors.json',
			'https://x/y',
			'word',
		].map(resourcePath),
	).toEqual(['Inventory/Items', 'Purchasing/Vendors', null, null]);
});
