import { ALL_CASES } from './cases';
import type { HostileCase } from './case.types';
import { buildChild, runCase } from './run-case';

/** A few of the cases of `npm run test:hostile`, the quick ones of each kind. */
const SAMPLE = [
	'gp: 172 bytes of comments',
	'gp: a context path "@127.0.0.2:9/x"',
	'gp: ten requests and 503 to each login',
	'gp: an error page that repeats the login',
	'procore: a redirect of a write to another server',
	'procore: a redirect of a write',
	'procore: Retry-After of the year 9999',
	'rows: a workflow that never',
	'sql: asked for with since that is ["2026-05-31T00:00:00.000"]',
	'gp: on the wire: trailers without end',
	'text: comments that end before no page',
	'text: beginnings of tokens with hyphens',
];

let child: Awaited<ReturnType<typeof buildChild>>;
beforeAll(async () => {
	child = await buildChild();
});
afterAll(() => child.remove());

test('there are a hundred and twenty cases and more, each with a name of its own', () => {
	const names = ALL_CASES.map(({ kind, name }) => `${kind}: ${name}`);
	expect(names.length).toBeGreaterThanOrEqual(120);
	expect(new Set(names).size).toBe(names.length);
});

test.each(SAMPLE)('%s', async (wanted) => {
	const found = ALL_CASES.find(({ kind, name }) => `${kind}: ${name}` === wanted)!;
	expect((await runCase(found, child.file)).faults).toEqual([]);
});

/** What the harness must notice: each of these cases fails, for its own reason. */
describe('the harness itself', () => {
	const control = async (does: string, more: Partial<HostileCase> = {}) =>
		(
			await runCase(
				{ name: does, kind: 'control', input: { does }, ends: 'done', ...more },
				child.file,
			)
		).faults;

	test('sees that the loop stood still for more than 250 ms, and lets 150 ms pass', async () => {
		expect(await control('block', { input: { does: 'block', ms: 400 } })).toEqual([
			expect.stringMatching(/^blocked (?:3[5-9]|[4-9]\d)\d ms$/),
		]);
		expect(await control('block', { input: { does: 'block', ms: 150 } })).toEqual([]);
	});

	test('ends a process that takes more memory or time than it may', async () => {
		expect(await control('fill memory', { heapMb: 64, blockMs: 60_000 })).toEqual([
			expect.stringMatching(/^died with (?:SIGABRT|134)/),
		]);
		expect(await control('never end', { withinMs: 2_000 })).toEqual(['killed after 2000 ms']);
	});

	test.each([
		['throw untyped', 'ended with untyped: TypeError, not done'],
		['leave a rejection', 'a rejection nobody handled'],
		['tell a secret', 'showed the password'],
		['tell it in base64', 'showed the token'],
		['clear the screen', 'showed a control character'],
	])('notices when a case would %s', async (does, fault) => {
		expect(
			await control(does, { ends: does === 'tell a secret' ? 'GP_BUSINESS_ERROR' : 'done' }),
		).toEqual([fault]);
	});

	test('counts calls to another server', async () => {
		const server = [{ body: '{"other":"{other}"}' }];
		expect(await control('call elsewhere', { server })).toEqual(['1 requests to another server']);
	});
});
