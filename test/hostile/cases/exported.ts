import type { HostileCase } from '../case.types';
import { CANARY } from '../case.types';

const FORMULAS = [
	...['=1+1', '+1+1', '-1+1', '@SUM(A1)', '|calc', '\t=1+1', '\r=1+1', '\n=1+1', ' =1+1', '"=1+1'],
	...[
		'\u200b=1+1',
		'\ufeff=1+1',
		'\uff1d1+1',
		'\uff0b1',
		'\u22121+1',
		'a;=1+1',
		'a,=1+1',
		'a\t=1+1',
	],
	...['a\r=1+1', 'a\n=1+1', 'a";=1+1', 'a; "=1+1', "=cmd|'/c calc'!A1", '=HYPERLINK("http://x")'],
	...[
		`a;${' '.repeat(60)}=1`,
		'a;\u200b=1',
		'a;\u3000\uff1d1',
		'a\n\ufeff+1',
		'a,\t \u00ad@x',
		';;;;-1',
	],
	...['a\u2028=1', 'a\u0085=1', 'a\v=1', '\u0000=1', "'=1", '=\ud800'],
];
const SECRETS: Array<[string, string]> = [
	['the password', CANARY.password],
	['the token in base64', Buffer.from(`Bearer ${CANARY.token}`).toString('base64')],
	['the token in an address', `https://x/?a=${encodeURIComponent(CANARY.token)}`],
	['a named secret', `client_secret=${CANARY.clientSecret}`],
	['a login in an address', `https://me:${CANARY.password}@gp/`],
];
const long = (repeat: string, times: number) => ({ repeat, times });

const cases: Array<Omit<HostileCase, 'kind'>> = [
	...FORMULAS.map((cell, index) => ({
		name: `formula ${index + 1}: ${JSON.stringify(cell)}`,
		input: { cell },
		ends: 'done',
	})),
	...SECRETS.map(([name, cell]) => ({ name, input: { cell }, ends: 'done' })),
	{ name: 'a cell that is an object', input: { cell: { f: '=1+1', t: 'n' } }, ends: 'done' },
	{ name: 'a cell that is a list', input: { cell: ['=1', '=2'] }, ends: 'done' },
	{
		name: 'a column called __proto__',
		input: { cell: 'x', columns: { constructor: '=1', toString: '=1' } },
		ends: 'done',
	},
	{ name: 'a cell of a megabyte', input: { cell: long(';=', 500_000) }, ends: ['done'] },
	{ name: 'a cell of separators', input: { cell: long(';', 200_000) }, ends: 'done' },
	{
		name: 'a cell of blanks before a formula',
		input: { cell: { ...long(' ', 200_000), after: '=1' } },
		ends: 'done',
	},
	{
		name: '200,000 rows',
		input: { cell: 'Invoice 417 of ACME; freight -12.00', rows: 200_000 },
		ends: 'done',
		heapMb: 1_024,
		withinMs: 90_000,
	},
];

export const EXPORT_CASES: HostileCase[] = cases.map((test) => ({ ...test, kind: 'exported' }));
