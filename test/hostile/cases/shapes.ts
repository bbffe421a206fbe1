import type { HostileCase } from '../case.types';

/** Values that stand where another kind is expected, as JSON text. */
const ODD: Array<[name: string, odd: string[]]> = [
	['nothing', ['null', '""', '[]', '{}', 'false']],
	['another kind', ['1', '-0', '"x"', 'true', '[[]]', '[null]', '{"a":null}', '["1;00417"]']],
	['numbers beyond all', ['1e400', '-1e400', '9007199254740993', '1e-400', `1${'0'.repeat(300)}`]],
	['400 digits', [`"${'9'.repeat(400)}"`, `"-0.${'0'.repeat(398)}1"`, `"${'9'.repeat(400)}.99"`]],
	['amounts that are none', ['"1,25"', '"0x10"', '"1e5"', '"Infinity"', '"NaN"', '"--1"', '"١٢٣"']],
	[
		'days that are none',
		[
			...['"0000-00-00"', '"0000-01-01T00:00:00"', '"9999-12-31T23:59:59.9999999"', '"2026-02-30"'],
			...[
				'"/Date(1e99)/"',
				'"/Date(-62135596800000)/"',
				'"+275760-09-13T00:00:00Z"',
				'"1900-01-01"',
			],
			...['"2026-06-01T24:00:00"', '"2026-06-01T08:00:00+99:99"', '8640000000000001'],
		],
	],
	[
		'names of the engine',
		[
			...['{"__proto__":{"Id":"x"}}', '{"constructor":{"prototype":1}}', '"__proto__"'],
			...['{"toString":1,"valueOf":1}', '{"toJSON":"x"}', '{"length":-1}', '{"then":1}'],
		],
	],
	[
		'signs',
		['"\\u0000"', '"\\ud800"', '"\\udfff\\ud800"', '"\\ufeff"', '"\\u202e"', '"\\u001b[2J"'],
	],
	['long texts', [`"${'x'.repeat(50_000)}"`, `"${'\\u0301'.repeat(5_000)}"`]],
	['depth', [`${'['.repeat(90)}1${']'.repeat(90)}`, `${'{"Key":'.repeat(90)}1${'}'.repeat(90)}`]],
];
const LISTS = [
	...['vendor', 'account', 'payable'],
	...['vendors', 'projects', 'directCosts', 'costCodes'],
];

export const SHAPE_CASES: HostileCase[] = LISTS.flatMap((of) =>
	ODD.map(([name, odd]) => ({
		name: `every member of ${of} in turn: ${name}`,
		kind: 'shapes',
		input: { of, odd },
		ends: 'done',
		withinMs: 90_000,
	})),
);
