import { TEMPLATES } from '../../workflows/source/build';
import { expressionsOf, moreThanFetching } from './expression-grammar';

/** n8n fails an expression that reads a node which did not run, and `??` does not catch it. */
const NOT_EVERY_RUN = 'not every execution comes by the node it reads';
/** n8n gives no time to an expression but by its clock, and a time fetched from an earlier node is late. */
const CLOCK = 'the time at the moment the rows are chosen; a retry may be hours later';

/** Expressions that cannot but do more, each with the reason. */
const ALLOWED: Record<string, string> = {
	'errors: Evaluate alerts, failure': NOT_EVERY_RUN,
	'errors: Who is before?, filters.conditions.2.keyValue': CLOCK,
	'replay: Plan requests, eventRows': NOT_EVERY_RUN,
	'replay: In plain words, problem': NOT_EVERY_RUN,
	'sync: Clear expired leases, filters.conditions.1.keyValue': CLOCK,
	'sync: Claim lease, state': NOT_EVERY_RUN,
	'sync: Close failed run, state': NOT_EVERY_RUN,
	'sync: Run failed, state': NOT_EVERY_RUN,
	'sync: Record outcomes, recordedEvents': NOT_EVERY_RUN,
	'sync: Record outcomes, parkedRows': NOT_EVERY_RUN,
	'sync: Map payables, earlierEvents': NOT_EVERY_RUN,
	'sync: Sync vendors, options.leaseUntil': NOT_EVERY_RUN,
	'sync: Sync cost codes, options.leaseUntil': NOT_EVERY_RUN,
	'sync: Sync direct costs, options.leaseUntil': NOT_EVERY_RUN,
};

const all = Object.entries(TEMPLATES).flatMap(([file, build]) =>
	expressionsOf(build().nodes as never).map((one) => ({
		...one,
		place: `${file.replace(/^gp-to-procore-|\.json$/g, '')}: ${one.node}, ${one.setting.replace('parameters.', '')}`,
	})),
);

test('expressions of the templates fetch fields and decide nothing', () => {
	expect(all.length).toBeGreaterThan(500);
	const more = all
		.filter(({ place }) => !(place in ALLOWED))
		.flatMap(({ place, code }) => {
			const part = moreThanFetching(code);
			return part === null ? [] : [`${place}: ${part} in ${code}`];
		});
	expect(more).toEqual([]);
});

test('those that cannot but do more ask whether a node ran, or for the time, and no more than that', () => {
	const used = all.filter(({ place }) => place in ALLOWED);
	expect(used.map(({ place }) => place).sort()).toEqual(Object.keys(ALLOWED).sort());
	for (const { place, code } of used) {
		if (ALLOWED[place] === CLOCK) expect([place, code]).toEqual([place, '$now.toUTC().toISO()']);
		else {
			expect([place, moreThanFetching(code)]).not.toEqual([place, null]);
			expect([place, moreThanFetching(code, true)]).toEqual([place, null]);
		}
	}
});

describe('the grammar', () => {
	test.each([
		'$json.state',
		"$json['Dry run']",
		"$('Open run').first().json.state.runId",
		"$('Claim lease').first(1).json",
		"$('Read parked').all()",
		"$json.cursor ?? ''",
		'$json.more === true',
		'$json.execution?.mode',
		"{ keys: $('Begin batch').first().json.keys, of: [] }",
		'$execution.id',
	])('takes %s', (code) => expect(moreThanFetching(code)).toBeNull());

	test.each([
		['!!$json.row', '!!$json.row'],
		['$json.rows.length > 0', '$json.rows.length > 0'],
		["$json.a ? 'b' : 'c'", "$json.a ? 'b' : 'c'"],
		['$json.a || 1', '$json.a || 1'],
		["$('A').all().map(row => row.json)", "$('A').all().map(row => row.json)"],
		['$json[$json.name]', '$json[$json.name]'],
		['$json.a === false', '$json.a === false'],
		["'x' + $json.a", "'x' + $json.a"],
		['JSON.stringify($json)', 'JSON.stringify($json)'],
		['process.env.HOME', 'process'],
		['`${$json.a}`', '`${$json.a}`'],
		['$json.a; $json.b', '$json.a; $json.b'],
		["{ ['a']: 1 }", "['a']: 1"],
		["$('A').isExecuted ? 1 : 2", "$('A').isExecuted ? 1 : 2"],
	])('does not take %s', (code, part) => expect(moreThanFetching(code)).toBe(part));

	test('of what may not have run it takes the question and nothing else', () => {
		expect(moreThanFetching("$('A').isExecuted ? $('A').all() : []", true)).toBeNull();
		expect(moreThanFetching("$('A').first().json.x ? 1 : 2", true)).toBe("$('A').first().json.x");
		expect(moreThanFetching("$('A').isExecuted ? $json.a + 1 : 2", true)).toBe('$json.a + 1');
	});

	test('an expression is found wherever it stands, several in one text too', () => {
		const found = expressionsOf([
			{
				name: 'N',
				parameters: { a: { b: ['=%{{ $json.a }}% and {{ $json.b }}', 'plain {{ no }}'] } },
			},
		]);
		expect(found).toEqual([
			{ node: 'N', setting: 'parameters.a.b.0', code: '$json.a' },
			{ node: 'N', setting: 'parameters.a.b.0', code: '$json.b' },
		]);
	});
});
