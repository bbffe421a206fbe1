import { ALL_CASES } from './cases';
import { buildChild, runCase } from './run-case';

/** A few of the cases of `npm run test:hostile`, the quick ones of each kind. */
const SAMPLE = [
	'gp: 172 bytes of comments',
	'gp: a context path "@127.0.0.2:9/x"',
	'gp: ten requests and 503 to each login',
	'gp: an error page that repeats the login',
	'procore: a redirect of a write to another server',
	'procore: Retry-After of the year 9999',
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
