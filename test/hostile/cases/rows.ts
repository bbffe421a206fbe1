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

export const ROWS_CASES: HostileCase[] = cases.map((test) => ({ ...test, kind: 'rows' }));
