import {
	causeOfRest,
	causeOfUnlisted,
	GpDocuments,
	UnlistedRecords,
} from '../../lib/reconcile/gp-documents';
import { MAYBE_GONE, NOT_LISTED, PARKED_AND_GONE } from '../../lib/reconcile/known-causes';
import type { GpDocument, LeftOut } from '../../lib/reconcile/reconcile.types';
import type { StandingDirectCost } from '../../lib/sync/standing/read-standing';

const document = (key: string, amount = '10') =>
	({ key, label: `Invoice ${key}`, amount, vendor: 'V', month: '2026-01' }) as GpDocument;
const row = (key: string) => ({ key }) as never;
const record = (id: string) => ({ id }) as StandingDirectCost;
let gp: GpDocuments;
beforeEach(() => (gp = new GpDocuments()));

test('where a document of GP is, by what was read of it', () => {
	gp.add(document('read'));
	gp.add(document('waits'));
	gp.addWaiting('waits', { code: 'no-job', message: 'No job.', remedy: 'Map it.' });
	gp.addOutside('outside');
	gp.addNotRead('not read');
	expect(gp.find('found')).toBe(true);
	expect(
		['read', 'waits', 'outside', 'not read', 'found', 'other'].map((key) => gp.whereIs(key)),
	).toEqual(['compared', 'waits', 'outside', 'notRead', 'notRead', 'notListed']);
	expect([gp.whyWaiting('waits')?.code, gp.whyWaiting('read')]).toEqual(['no-job', undefined]);
	expect([gp.labelOf('read'), gp.labelOf('outside')]).toEqual(['Invoice read', undefined]);
	expect([gp.first(), new GpDocuments().first()]).toEqual(['read', undefined]);
});

test('documents that are missing in the list: found by another way, or only counted', () => {
	gp.add(document('1'));
	gp.addOutside('2');
	gp.addNotRead('3');
	gp.addNotRead('1');
	expect(['1', '2', '3'].map((key) => gp.find(key))).toEqual([false, false, false]);
	expect(gp.missing).toBe(0);
	gp.count(3);
	expect(gp.missing).toBe(0);
	gp.count(5);
	expect(gp.missing).toBe(2);
	expect([gp.find('4'), gp.find('4')]).toEqual([true, false]);
	expect(gp.missing).toBe(2);
	for (const key of ['5', '6']) gp.find(key);
	expect(gp.missing).toBe(3);
});

test('what of each document is not accounted for yet', () => {
	gp.add(document('1', '10'));
	gp.settle('1', '4.00');
	gp.settle('other', '1.00');
	expect([...gp.all()]).toEqual([{ document: document('1', '10'), rest: '6' }]);
});

test('what mapping makes of a document: sent in part is sent, but for one that was not read whole', () => {
	const mapped = (
		...steps: Array<'send' | 'leftOut' | 'waits' | 'notRead' | 'nothing' | 'out'>
	) => {
		const one = new GpDocuments();
		one.add(document('1'));
		for (const step of steps) {
			if (step === 'out') one.leaveOut('1');
			else one.map('1', step);
		}
		return one.controlled([row('1')], {})[0].facts.mapped;
	};
	expect([mapped(), mapped('leftOut'), mapped('leftOut', 'send')]).toEqual([
		...['nothing', 'leftOut', 'send'],
	]);
	expect([mapped('send', 'leftOut'), mapped('send', 'notRead'), mapped('send', 'out')]).toEqual([
		...['send', 'notRead', 'leftOut'],
	]);
});

test('what control totals need of each, without those whose details were not asked for', () => {
	const head = { amount: '10', vendor: 'V', month: '2026-01', voided: false, modified: null };
	gp.add({ ...document('1'), head });
	gp.addStanding('1');
	gp.map('1', 'send');
	gp.addNotRead('2');
	gp.addOutside('3');
	const at = { requested: new Set(['2']), parked: new Set(['1']) };
	expect(gp.controlled(['1', '2', '3', '4'].map(row), at)).toEqual([
		{
			...{ row: { key: '1' }, head },
			facts: { standing: true, requested: false, parked: true, mapped: 'send' },
		},
		{
			...{ row: { key: '2' }, head: undefined },
			facts: { standing: false, requested: true, parked: false, mapped: 'notRead' },
		},
	]);
	const [{ facts }] = gp.controlled([row('1')], {});
	expect(facts).toMatchObject({ requested: false, parked: false });
});

describe('documents in history whose lines GP tells no more', () => {
	const outcome = (key: string, code?: string, history?: boolean) =>
		({
			source: { key },
			...(code ? { reason: { code, message: '', remedy: '' } } : {}),
			...(history === undefined ? {} : { history }),
		}) as LeftOut;

	test('are those sent before, or left out for that', () => {
		const { asSent } = gp;
		expect(asSent.take(outcome('1', 'as-sent'))).toBe(true);
		expect(asSent.take(outcome('2', 'no-distributions', true))).toBe(true);
		expect(asSent.take(outcome('3', 'intercompany-unknown', true))).toBe(true);
		expect(asSent.take(outcome('4', 'no-distributions', false))).toBe(false);
		expect(asSent.take(outcome('5', 'no-job', true))).toBe(false);
		expect(asSent.take(outcome('6', undefined, true))).toBe(false);
		expect([asSent.has('1'), asSent.has('4'), asSent.has(null)]).toEqual([true, false, false]);
	});

	test('stand once under each origin id, in whatever spelling', () => {
		const { asSent } = gp;
		for (const key of ['1', '2']) asSent.take(outcome(key, 'no-distributions', true));
		asSent.take(outcome('3', 'as-sent'));
		expect(asSent.stands('1', 'GP:TWO:PM:1:A:P:1')).toBe(true);
		expect(asSent.stands('1', 'GP:TWO:PM:1:a:P:1')).toBe(false);
		expect(asSent.stands('1', 'GP:TWO:PM:1:A:P:2')).toBe(true);
		expect(asSent.all().map(({ outcome: of, stands }) => [of.source.key, stands])).toEqual([
			...[
				['1', true],
				['2', false],
				['3', true],
			],
		]);
	});
});

test('why Procore has what GP’s documents do not want there', () => {
	const cause = (where: Parameters<typeof causeOfRest>[0]) => causeOfRest(where).cause;
	expect([cause('compared'), cause('waits'), cause('outside'), cause('notRead')]).toEqual([
		...['stale', 'parked', 'differs', 'notRead'],
	]);
	const unlisted = (whole: boolean) =>
		(['there', 'notThere', 'notAsked'] as const).map((said) => causeOfUnlisted(whole, said));
	expect(unlisted(true).map((known) => known.cause)).toEqual([
		...['notRead', 'goneFromGp', 'goneFromGp'],
	]);
	expect(unlisted(false)[1].cause).toBe('goneFromGp');
	expect([unlisted(false)[0], unlisted(false)[2]]).toEqual([NOT_LISTED, MAYBE_GONE]);
});

describe('records whose document is not in the list', () => {
	const judged = (
		unlisted: UnlistedRecords,
		whole: boolean,
		answers: Record<string, 'there' | 'notThere' | 'notAsked'> = {},
	) => {
		unlisted.answered(new Map(Object.entries(answers)));
		const told: string[] = [];
		unlisted.judge(
			whole,
			(key, known) => {
				expect([NOT_LISTED, PARKED_AND_GONE]).toContain(known);
				told.push(`${key} ${known === NOT_LISTED ? 'listed not' : 'gone'}`);
			},
			({ id }, known) => told.push(`#${id} ${known === MAYBE_GONE ? 'maybe gone' : known.cause}`),
		);
		return told;
	};

	test('are asked for by key, once each, with what waits behind', () => {
		const unlisted = new UnlistedRecords(gp);
		unlisted.add(record('1'), 'b');
		unlisted.add(record('2'), 'b');
		gp.add(document('listed'));
		expect(unlisted.keys(['a', 'listed', 'b'])).toEqual(['b', 'a']);
	});

	test('are gone where the list is whole and nothing was shown to be missing', () => {
		const unlisted = new UnlistedRecords(gp);
		unlisted.add(record('1'), 'a');
		expect(judged(unlisted, true)).toEqual(['#1 goneFromGp']);
		expect(judged(unlisted, false)).toEqual(['#1 maybe gone']);
		gp.count(1);
		expect(judged(unlisted, true)).toEqual(['#1 maybe gone']);
	});

	test('by GP’s answer: of one that is there nobody believes the others to be gone', () => {
		const unlisted = new UnlistedRecords(gp);
		for (const [id, key] of Object.entries({ 1: 'a', 2: 'b', 3: 'c' }))
			unlisted.add(record(id), key);
		const answers = {
			a: 'there',
			b: 'notThere',
			x: 'there',
			y: 'notThere',
			z: 'notAsked',
		} as const;
		expect(judged(unlisted, true, answers)).toEqual([
			...['x listed not', 'y gone', '#1 notRead', '#2 goneFromGp', '#3 maybe gone'],
		]);
		// Judged again, what was found is known.
		expect(judged(unlisted, true, {})).not.toContain('x listed not');
	});
});
