import { ProcoreProjectBlockedError } from '../../lib/procore/errors/procore-errors';
import type { ProcoreClient } from '../../lib/procore/procore-client';
import { outcomeOf, type OutcomeSubject } from '../../lib/sync/outcomes';
import { byPlace, placeOf, RunCache, runCacheFor } from '../../lib/sync/sync-run';
import { source } from '../procore/support/desired';
import { fakeClock } from '../procore/support/fake-clock';

const MINUTE = 60_000;

describe('what a run has learned', () => {
	test('is made once, and anew after a quarter of an hour', () => {
		const cache = new RunCache();
		let made = 0;
		const at = (now: number) => cache.get('key', now, () => ++made);
		expect([at(0), at(15 * MINUTE - 1), at(15 * MINUTE), at(16 * MINUTE)]).toEqual([1, 1, 2, 2]);
		expect(cache.get('another key', 0, () => 'x')).toBe('x');
		cache.forget();
		expect(at(16 * MINUTE)).toBe(3);
	});

	test('is made anew where the clock was set back', () => {
		const cache = new RunCache();
		let made = 0;
		const at = (now: number) => cache.get('key', now, () => ++made);
		expect([at(60 * MINUTE), at(59 * MINUTE), at(0), at(MINUTE)]).toEqual([1, 1, 2, 2]);
	});

	test('is nothing where the reading failed', async () => {
		const cache = new RunCache();
		await expect(cache.get('key', 0, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
		expect(await cache.get('key', 0, () => Promise.resolve(1))).toBe(1);
		expect(await cache.get('key', 0, () => Promise.resolve(2))).toBe(1);
	});

	test('is shared within a run of one company alone, for the eight runs that were asked for last', () => {
		const client = { apiBaseUrl: 'https://api.example', companyId: '1' };
		expect(runCacheFor(client)).not.toBe(runCacheFor(client));
		const first = runCacheFor(client, 'run 0');
		expect(runCacheFor(client, 'run 0')).toBe(first);
		expect(runCacheFor({ ...client, companyId: '2' }, 'run 0')).not.toBe(first);
		expect(runCacheFor({ ...client, apiBaseUrl: 'https://b.example' }, 'run 0')).not.toBe(first);
		const second = runCacheFor(client, 'run 1');
		expect(runCacheFor(client, 'run 0')).toBe(first);
		for (let run = 2; run <= 8; run++) runCacheFor(client, `run ${run}`);
		expect(runCacheFor(client, 'run 0')).toBe(first);
		expect(runCacheFor(client, 'run 1')).not.toBe(second);
	});
});

test('a record stands in its list, else in its project, else in the company', () => {
	const one = asked('1', '9001');
	expect(placeOf({ listOf: () => '5' }, one)).toEqual({ key: 'list 5', listId: '5' });
	expect(placeOf({ listOf: () => undefined }, one)).toEqual(placeOf({}, one));
	expect(placeOf({}, one)).toEqual({ key: 'project 9001', projectId: '9001' });
	expect(placeOf({}, asked('1', ''))).toEqual({ key: 'company' });
});

function asked(key: string, projectId: string): OutcomeSubject {
	return { kind: 'vendor', originId: key, source: source('vendor', key), projectId };
}

describe('work by place', () => {
	const effects = fakeClock();
	let worked: string[];
	let refused: Record<string, Error>;
	let cache: RunCache;
	let most: number;
	beforeEach(() => {
		worked = [];
		refused = {};
		cache = new RunCache();
		most = 0;
	});
	const client = { effects, projectConcurrency: 2 } as unknown as ProcoreClient;
	const run = async (...projects: string[]) => {
		const desired = projects.map((project, index) => asked(String(index), project));
		let open = 0;
		const outcomes = await byPlace(
			...([client, { label: 'records' }, desired, { dryRun: false }, cache] as const),
			async ({ key }, records) => {
				worked.push(`${key}: ${records.map(({ originId }) => originId).join()}`);
				most = Math.max(most, ++open);
				await effects.sleep(1);
				open--;
				const error = refused[key];
				if (error) throw error;
				return new Map(records.map((one) => [one, outcomeOf(one, 'created', false)]));
			},
		);
		return desired.map((one) => outcomes.get(one)).map((one) => one?.reason?.code ?? one?.outcome);
	};
	const blocked = new ProcoreProjectBlockedError('No.', { remedy: '' });

	test('takes each place once, some projects at a time, those of the company last and alone', async () => {
		expect(await run('', '1', '2', '1', '3', '')).toEqual(Array(6).fill('created'));
		expect(worked).toEqual(['project 1: 1,3', 'project 2: 2', 'project 3: 4', 'company: 0,5']);
		expect(most).toBe(2);
	});

	test('fails the records of a refused project alone, and does not ask it again for a minute', async () => {
		refused['project 1'] = blocked;
		expect(await run('1', '2', '')).toEqual(['project-blocked', 'created', 'created']);
		refused = {};
		effects.advance(MINUTE - 2);
		expect(await run('1', '2')).toEqual(['project-blocked', 'created']);
		effects.advance(MINUTE);
		expect(await run('1')).toEqual(['created']);
	});

	test('asks a refused project again where the clock was set back', async () => {
		refused['project 1'] = blocked;
		expect(await run('1')).toEqual(['project-blocked']);
		refused = {};
		effects.advance(-2 * MINUTE);
		expect(await run('1')).toEqual(['created']);
	});

	test('stops at anything worse, begins nothing more and forgets what it had read', async () => {
		refused['project 1'] = new Error('no answer');
		cache.get('key', effects.now(), () => 'old');
		await expect(run('1', '2', '3', '')).rejects.toThrow('no answer');
		expect(worked).toEqual(['project 1: 0', 'project 2: 1']);
		expect(cache.get('key', effects.now(), () => 'new')).toBe('new');
	});

	test('a refusal of the company stops it, too', async () => {
		refused.company = blocked;
		await expect(run('')).rejects.toBe(blocked);
	});
});
