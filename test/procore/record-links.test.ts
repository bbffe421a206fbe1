import type { Outcome } from '../../lib/model/outcome';
import { type LinkSite, webOriginOf, withLink } from '../../lib/procore/wire';

const site = (given: Partial<LinkSite> = {}): LinkSite => ({
	origin: 'https://us02.procore.com',
	companyId: '562949953443325',
	...given,
});

function linkOf(
	procore: Outcome['procore'],
	where = site(),
	more: Partial<Outcome> = {},
): string | undefined {
	const outcome: Outcome = {
		kind: 'outcome',
		outcome: 'created',
		source: { company: 'TWO', entity: 'payable', key: '1;417', label: '', hash: '' },
		dryRun: false,
		procore,
		...more,
	};
	return withLink(outcome, where).procore?.link;
}

const directCost = { type: 'directCost', id: '5501', projectId: '9001' } as const;

test.each<[Outcome['procore'], string]>([
	[directCost, '/9001/project/direct_costs/5501'],
	[
		{ type: 'requisition', id: '7', projectId: '9001', contract: 'purchase_order_contracts/77' },
		'/9001/project/commitments/purchase_order_contracts/77/requisitions/7',
	],
	[{ type: 'costCode', id: '3', projectId: '9001' }, '/9001/project/home'],
	[{ type: 'vendor', id: '11' }, '/562949953443325/company/directory/groups/users'],
])('links %j to its page, or the nearest that is sure', (procore, path) => {
	expect(linkOf(procore)).toBe(`https://us02.procore.com${path}`);
});

test('links nothing that is not known whole', () => {
	expect(linkOf({ type: 'directCost', projectId: '9001' })).toBeUndefined();
	expect(linkOf({ type: 'directCost', id: '5501' })).toBeUndefined();
	expect(linkOf({ type: 'requisition', id: '7', projectId: '9001' })).toBeUndefined();
	expect(linkOf({ type: 'costCode', id: 'a standard code' })).toBeUndefined();
	expect(linkOf({ type: 'costType', id: '1' })).toBeUndefined();
	expect(linkOf(undefined)).toBeUndefined();
	expect(linkOf(directCost, site({ origin: null }))).toBeUndefined();
});

test('links only what leaves an event: the many unchanged stay slim', () => {
	expect(linkOf(directCost, site(), { outcome: 'unchanged' })).toBeUndefined();
	const unrecorded = { batchId: 'run-1/3', outcome: 'created' } as const;
	expect(linkOf(directCost, site(), { outcome: 'unchanged', unrecorded })).toMatch(/5501$/);
});

test('takes the pattern an administrator gave, and no link for an empty one or an unknown word', () => {
	const link = (pattern: string) => linkOf(directCost, site({ patterns: { directCost: pattern } }));
	expect(link(' tools/{company}/costs?id={id} ')).toBe(
		'https://us02.procore.com/tools/562949953443325/costs?id=5501',
	);
	expect(link('')).toBeUndefined();
	expect(link('/{project}/{number}')).toBeUndefined();
});

test('leads to no other host, whatever a pattern or an id holds', () => {
	const evil = [
		'//evil.test/{id}',
		'@evil.test/{id}',
		'https://evil.test/{id}',
		'\\\\evil.test/{id}',
	];
	for (const pattern of evil) {
		const link = linkOf(directCost, site({ patterns: { directCost: pattern } }));
		expect(new URL(link!).origin).toBe('https://us02.procore.com');
	}
	const id = '5501?next=//evil.test#"><script>';
	expect(linkOf({ ...directCost, id })).toBe(
		'https://us02.procore.com/9001/project/direct_costs/5501%3Fnext%3D//evil.test%23%22%3E%3Cscript%3E',
	);
});

test.each([
	['production', '8906', 'https://app.procore.com'],
	['production', '562949953443325', 'https://us02.procore.com'],
	['production', '598134325683880', 'https://us02.procore.com'],
	['sandbox', '8906', 'https://sandbox.procore.com'],
	['monthly', '8906', 'https://api-sandbox-monthly.procore.com'],
	['federal', '8906', null],
	['custom', '8906', null],
])('in %s company %s is looked at in %s', (environment, company, origin) => {
	expect(webOriginOf(environment, company, '')).toBe(origin);
});

test.each([
	['https://uk01.procore.com/8906/company/home', 'https://uk01.procore.com'],
	[' us02.procore.com ', 'https://us02.procore.com'],
	['https://procore.example.test:8443', 'https://procore.example.test:8443'],
	['http://app.procore.com', null],
	['javascript:alert(1)', null],
	['https://user:password@app.procore.com', null],
	['not an address', null],
])('of the web address %j it takes %j', (typed, origin) => {
	expect(webOriginOf('production', '8906', typed)).toBe(origin);
});
