import type { HostileCase } from '../case.types';
import { CANARY } from '../case.types';

const WRONG = 'GP_ROW_ANSWER_WRONG';
const answer = (rows: unknown) => [{ request: '{request}', rows }];
const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);

const items: Array<[name: string, items: unknown, ends?: HostileCase['ends']]> = [
	['nothing', [], WRONG],
	['an empty item', [{}], WRONG],
	['two items', [...answer([]), ...answer([])], WRONG],
	['null', [null], WRONG],
	['numbers', [1, 2], WRONG],
	['rows that are text', answer('x'), WRONG],
	['rows that are null', answer(null), WRONG],
	['a row that is null', answer([null]), WRONG],
	['rows of another request', [{ request: 'vendors 9', rows: [] }], WRONG],
	['more rows than asked for', answer(Array.from({ length: 6_000 }, () => ({ a: 1 }))), WRONG],
	['rows without columns', answer([{ a: 1 }]), WRONG],
	['rows of depth', answer([{ a: deep(500) }]), WRONG],
	['the password in a row', answer([{ VENDORID: CANARY.password }]), WRONG],
	['the password as the request', [{ request: CANARY.password, rows: [] }], WRONG],
	['escapes of a terminal', answer([{ '\u001b[2J': '\u001b[2J' }]), WRONG],
	['a megabyte instead of rows', [{ request: '{request}', rows: 'x'.repeat(60_000) }], WRONG],
	['__proto__', JSON.parse('[{"request":"{request}","rows":[{"__proto__":1}]}]'), WRONG],
];

const cases: Array<Omit<HostileCase, 'kind'>> = [
	...items.map(([name, given, ends]) => ({
		name,
		input: { items: given },
		ends: ends ?? WRONG,
	})),
	{ name: 'the same row for ever', input: { row: { INTERID: 'TWO', VENDORID: 'A' } }, ends: WRONG },
	{
		name: 'rows of another company',
		input: { row: { INTERID: 'THREE' } },
		ends: ['GP_ROWS_OF_OTHER_COMPANY', WRONG],
	},
	{
		name: 'a new row for ever',
		input: {},
		ends: ['done', 'GP_LIST_UNSTABLE', WRONG],
		withinMs: 60_000,
	},
	{
		name: 'a text of a megabyte',
		input: { row: { VENDNAME: { repeat: 'x', times: 1_000_000 } } },
		ends: WRONG,
	},
	{ name: 'a number that is none', input: { row: { VENDSTTS: 1e308 } }, ends: WRONG },
];

/** What tries to become a part of a statement. */
const INJECTIONS = [
	"'; DROP TABLE PM00200; --",
	"x' OR '1'='1",
	'$1',
	'$99; SELECT 1',
	'@p1',
	'{{ $env.PATH }}',
	'=1',
	'/* */',
	'\u0000',
	'\ud800',
	'\uff07; DROP TABLE x',
	'a,b',
];
const REFUSED = 'GP_ROW_REQUEST_REFUSED';
const asked = (more: Record<string, unknown>) => ({
	...{
		request: 'vendor 1',
		company: 'TWO',
		rows: 'vendor',
		columns: ['VENDORID'],
		key: ['VENDORID'],
	},
	...{ after: null, since: null, only: null, limit: 500, window: 500, ...more },
});
const requests: Array<[name: string, request: unknown, ends: HostileCase['ends']]> = [
	...INJECTIONS.flatMap((text): Array<[string, unknown, HostileCase['ends']]> => {
		const shown = JSON.stringify(text);
		return [
			[`a key ${shown}`, asked({ after: [text] }), 'done'],
			[`a wanted value ${shown}`, asked({ only: { column: 'VENDORID', values: [text] } }), 'done'],
			[`since ${shown}`, asked({ since: text }), REFUSED],
			[`rows ${shown}`, asked({ rows: text }), REFUSED],
			[`a column ${shown}`, asked({ only: { column: text, values: ['A'] } }), REFUSED],
			[`a limit ${shown}`, asked({ limit: text }), REFUSED],
			[`a window ${shown}`, asked({ window: text }), REFUSED],
			[`columns and keys ${shown}`, asked({ columns: [text], key: [text] }), REFUSED],
			[`a number as the key ${shown}`, asked({ rows: 'account', after: [text] }), REFUSED],
		];
	}),
	...[
		...[{}, [], 'x', 1, true, { toString: 1 }],
		...[['2026-05-31T00:00:00.000'], { length: 1 }, -1, 1e300, 0.5],
	].flatMap((odd): Array<[string, unknown, HostileCase['ends']]> => {
		const shown = JSON.stringify(odd);
		const members = ['after', 'since', 'only', 'limit', 'window', 'rows'];
		// A key may be any text; one row is a number of rows.
		const fits =
			odd === 1 ? ['limit', 'window'] : shown === '["2026-05-31T00:00:00.000"]' ? ['after'] : [];
		return members
			.filter((member) => !fits.includes(member))
			.map((member) => [`${member} that is ${shown}`, asked({ [member]: odd }), REFUSED]);
	}),
	['nothing', {}, REFUSED],
	['null', null, REFUSED],
	['a list', [], REFUSED],
	['rows of the prototype', asked({ rows: '__proto__' }), REFUSED],
	['rows of the constructor', asked({ rows: 'constructor' }), REFUSED],
	['a list as rows', asked({ rows: ['vendor'] }), REFUSED],
	['a column of the prototype', asked({ only: { column: 'length', values: ['A'] } }), REFUSED],
	[
		'too many values',
		asked({ only: { column: 'VENDORID', values: Array(501).fill('A') } }),
		REFUSED,
	],
	['a value of a megabyte', asked({ after: [{ repeat: 'x', times: 1_000_000 }] }), REFUSED],
	['a moment of a megabyte', asked({ since: { repeat: '2', times: 1_000_000 } }), REFUSED],
	['a moment with more behind it', asked({ since: '2026-05-31T00:00:00.000\n--' }), REFUSED],
	['a month that is none', asked({ since: '2026-99-99T99:99:99' }), REFUSED],
	['a list as a value', asked({ only: { column: 'VENDORID', values: [['A']] } }), REFUSED],
];

const wide = Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`c${at}`, 'x']));
const more: Array<Omit<HostileCase, 'kind'>> = [
	{
		name: 'rows of 2,000 columns',
		input: { row: wide, rows: 2_000, entity: 'vendor' },
		ends: ['done', WRONG, 'GP_LIST_UNSTABLE'],
		heapMb: 768,
		withinMs: 60_000,
	},
	{
		name: 'rows of long texts in every column',
		input: { row: { VENDNAME: { repeat: '\ud83d\ude00', times: 4_000 } }, rows: 500 },
		ends: ['done', WRONG, 'GP_LIST_UNSTABLE'],
		heapMb: 768,
	},
	...['never', 'late', 'throws', 'throws nothing', 'throws a secret', 'no list', 'a getter'].map(
		(behaves): Omit<HostileCase, 'kind'> => ({
			name: `a workflow that ${behaves}`,
			input: { behaves },
			ends: ['GP_ROW_SOURCE_TOO_SLOW', 'GP_ROW_SOURCE_FAILED', WRONG],
		}),
	),
	...[
		...['', ' ', '\u0000', 'NaN', '-1', '1e400', '9'.repeat(400), '0000-00-00', '9999-12-31'],
		...['+275760-09-13', 'Infinity', '\ufeff', '\ud800', '__proto__', '[object Object]'],
	].flatMap(
		(odd): Array<Omit<HostileCase, 'kind'>> =>
			(['vendor', 'account', 'payable'] as const).map((entity) => ({
				name: `${JSON.stringify(odd).slice(0, 30)} in every column of ${entity}s`,
				input: { entity, every: odd },
				ends: [
					'done',
					WRONG,
					'GP_LIST_UNSTABLE',
					'GP_ROWS_OF_OTHER_COMPANY',
					'GP_UNEXPECTED_SHAPE',
				],
			})),
	),
];

export const ROWS_CASES: HostileCase[] = [
	...[...cases, ...more].map((test) => ({ ...test, kind: 'rows' })),
	...requests.map(([name, request, ends]) => ({
		...{ name: `asked for with ${name}`, kind: 'sql', input: { request }, ends },
	})),
];
