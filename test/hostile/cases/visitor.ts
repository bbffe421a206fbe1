import type { HostileCase } from '../case.types';

const long = (repeat: string, times = 100_000) => ({ repeat, times });
const MARKUP = [
	'<script>alert(1)</script>',
	'"><img src=x onerror=alert(1)>',
	"' onmouseover='alert(1)",
	'javascript:alert(1)',
	'</title><script>1</script>',
	'{{ $env.PATH }}',
	'\u001b[2J\u0000',
	'\ud800',
];
const PAGES = [
	'overview',
	'waiting',
	'search',
	'story',
	'run',
	'runs',
	'reconciliation',
	'crosswalks',
];
const QUERY_NAMES = [
	'q',
	'entity',
	'company',
	'key',
	'run',
	'outcome',
	'kind',
	'cause',
	'about',
	'project',
	'notice',
	'sort',
];
const everywhere = (value: unknown) => Object.fromEntries(QUERY_NAMES.map((name) => [name, value]));
const press = (form: Record<string, unknown>) => ({
	token: true,
	company: 'TWO',
	key: '1;1',
	entity: 'payable',
	...form,
});

const cases: Array<Omit<HostileCase, 'kind'>> = [
	...PAGES.flatMap(
		(page): Array<Omit<HostileCase, 'kind'>> => [
			...MARKUP.map((text, index) => ({
				name: `${page} with markup ${index + 1} in the address and in every cell`,
				input: { query: { page, ...everywhere(text) }, cell: text, rows: 3 },
				ends: 'done',
			})),
			{
				name: `${page} of 2,000 rows of long cells`,
				input: { query: { page, kind: 'job' }, cell: long('<b> ', 200), rows: 2_000 },
				ends: 'done',
			},
		],
	),
	{
		name: 'an export of 10,000 rows a sheet',
		input: { query: { page: 'export' }, cell: 'Invoice 417 of ACME; -12.00', rows: 10_000 },
		ends: 'done',
		heapMb: 512,
		withinMs: 60_000,
	},
	{
		name: 'an export of cells of a megabyte',
		input: { query: { page: 'export' }, cell: long('=1;<b>', 170_000), rows: 60 },
		ends: 'done',
		heapMb: 768,
		withinMs: 60_000,
	},
	{
		name: 'an export that no file holds',
		input: { query: { page: 'export' }, cell: long('x', 40_000), rows: 2_000 },
		ends: 'EXPORT_TOO_LARGE',
		heapMb: 1_024,
		withinMs: 60_000,
	},
	{ name: 'a search without end', input: { query: { q: long('%') } }, ends: 'done' },
	{ name: 'a query of lists', input: { query: everywhere([['a'], { b: 1 }, null]) }, ends: 'done' },
	{
		name: 'a query of objects',
		input: { query: everywhere({ toString: 1, __proto__: null }) },
		ends: 'done',
	},
	{
		name: 'numbers that are none',
		input: { query: { before: '9e99', after: '-1', place: 'NaN' } },
		ends: 'done',
	},
	{ name: 'a page that is none', input: { query: { page: '__proto__' } }, ends: 'done' },
	{
		name: 'a page called constructor',
		input: { query: { page: 'constructor', kind: 'toString' } },
		ends: 'done',
	},
	{
		name: 'cells that are objects',
		input: { query: { page: 'story', key: '1;1' }, cell: { a: { b: [1] } } },
		ends: 'done',
	},
	{ name: 'cells that are null', input: { query: { page: 'waiting' }, cell: null }, ends: 'done' },
	{
		name: 'JSON cells cut off',
		input: { query: { page: 'run', run: 'x' }, cell: '[{"a":' },
		ends: 'done',
	},
	{
		name: 'JSON cells of depth',
		input: { query: { page: 'story' }, cell: long('[', 50_000) },
		ends: 'done',
	},
	{
		name: 'numbers as cells',
		input: { query: { page: 'overview' }, cell: '1e308', rows: 50 },
		ends: 'done',
	},
	{
		name: 'links that leave',
		input: {
			query: { page: 'story', entity: 'payable' },
			cell: 'https://procore.com.example.net/x',
		},
		ends: 'done',
	},
	{
		name: 'links with a login',
		input: { query: { page: 'story' }, cell: 'https://procore.com@example.net/' },
		ends: 'done',
	},
	{
		name: 'links with a line break',
		input: { query: { page: 'run' }, cell: 'https://procore.com\n@example.net/' },
		ends: 'done',
	},
	...['', 'x', '1.1', 'zzzzzzzzzz.', '0.', long('9'), null, ['a'], { a: 1 }].map(
		(token, index): Omit<HostileCase, 'kind'> => ({
			name: `a button with token ${index + 1} that does not count`,
			input: { form: { ...press({}), token } },
			ends: 'done',
		}),
	),
	{ name: 'a button without a login', input: { form: press({}), authorization: '' }, ends: 'done' },
	{
		name: 'a login of a megabyte',
		input: { form: press({}), authorization: long('Basic YQ', 120_000) },
		ends: 'done',
	},
	{
		name: 'a login that is no base64',
		input: { form: press({}), authorization: 'Basic ====' },
		ends: 'done',
	},
	{
		name: 'a login of NULs',
		input: { form: press({}), authorization: `Basic ${Buffer.alloc(90).toString('base64')}` },
		ends: 'done',
	},
	{ name: 'an act that is none', input: { form: press({ act: '__proto__' }) }, ends: 'done' },
	{
		name: 'a record of wild cards',
		input: { form: press({ key: '%', company: '%', entity: '%' }) },
		ends: 'done',
	},
	{
		name: 'a cause of wild cards',
		input: { form: press({ cause: '%', about: '%' }), cell: '%' },
		ends: 'done',
	},
	{
		name: 'all of five thousand records that wait',
		input: { form: press({ all: 'yes' }), cell: 'x', rows: 5_000 },
		ends: 'done',
	},
	{
		name: 'a crosswalk kind that is none',
		input: { form: press({ act: 'crosswalk', kind: 'constructor' }) },
		ends: 'done',
	},
	{
		name: 'a crosswalk action that is none',
		input: { form: press({ act: 'crosswalk', kind: 'job', action: '__proto__' }) },
		ends: 'done',
	},
	{
		name: 'a crosswalk target of a megabyte',
		input: { form: press({ act: 'crosswalk', kind: 'job', target: long('| ', 500_000) }) },
		ends: 'done',
	},
	{
		name: 'a crosswalk vendor by a formula',
		input: { form: press({ act: 'crosswalk', kind: 'vendor', target: '=1+1' }) },
		ends: 'done',
	},
	{
		name: 'a crosswalk choice that concerns everything',
		input: {
			form: press({ act: 'crosswalk', kind: 'account', key: '|%|' }),
			cell: '|A:|%||',
			rows: 5_000,
		},
		ends: 'done',
	},
	{
		name: 'a comparison for a company of markup',
		input: { form: press({ act: 'reconcile', company: MARKUP[0] }) },
		ends: 'done',
	},
];

export const VISITOR_CASES: HostileCase[] = cases.map((test) => ({ ...test, kind: 'visitor' }));
