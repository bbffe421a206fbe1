import { anotherMapping } from '../../lib/run/look-up';

const mapping = { version: 'v2', settings: { freight: 'spread' } };
const row = (version: string, used_at: string, settings: object) => ({
	gp_company: 'TWO',
	version,
	used_at,
	settings: JSON.stringify(settings),
});
const ask = (used: ReturnType<typeof row>[]) =>
	anotherMapping({ company: 'TWO', mapping, used, now: '2026-03-02' });

test('the first mapping of a company, and one that is not the last, give a row', () => {
	const wanted = row('v2', '2026-03-02', mapping);
	expect(ask([])).toEqual(wanted);
	// It was used once, but another one after it.
	expect(ask([row('v2', '2026-01-01', mapping), row('v1', '2026-02-01', {})])).toEqual(wanted);
});

test('the one used last gives none, in whatever order the rows come', () => {
	const [older, last] = [row('v1', '2026-01-01', {}), row('v2', '2026-02-01', mapping)];
	expect(ask([older, last])).toBeNull();
	expect(ask([last, older, { ...older, version: '' }])).toBeNull();
});
