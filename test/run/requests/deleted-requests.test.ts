import { deletedRequests } from '../../../lib/run/requests/make-requests';
import type { AuditEventRow } from '../../../lib/audit/event-row';
import type { OutcomeKind } from '../../../lib/model/outcome';
import type { SourceReference } from '../../../lib/model/desired';
import { NOW } from '../../audit/samples';
import { event, request } from './samples';

/** Events of one document, a minute apart. */
function story(
	key: string,
	...steps: Array<[OutcomeKind, SourceReference['state'], Partial<AuditEventRow>?]>
): AuditEventRow[] {
	return steps.map(([outcome, state, more], minute) => ({
		...event(key, outcome, `2026-03-01T08:0${minute}:00.000Z`, { state }),
		procore_project_id: '9001',
		...more,
	}));
}

const draft = (key: string) => story(key, ['created', 'unposted']);

function ask(gone: string[], events: AuditEventRow[], more: object = {}) {
	return deletedRequests({
		gone,
		events,
		known: 100,
		mostShare: 0.05,
		alwaysBelieved: 10,
		waiting: [],
		company: 'TWO',
		now: NOW,
		...more,
	}).map(({ gp_key }) => gp_key);
}

test('asks for an unposted document that is gone, and says why', () => {
	expect(
		deletedRequests({
			gone: ['1;417'],
			events: draft('1;417'),
			known: 1,
			mostShare: 0,
			alwaysBelieved: 1,
			waiting: [],
			company: 'TWO',
			now: NOW,
		}),
	).toEqual([
		{
			entity: 'payable',
			gp_company: 'TWO',
			gp_key: '1;417',
			gp_label: 'Invoice INV-417 of ACME0001, voucher 417',
			reason: 'deleted',
			requested_at: NOW,
			requested_by: 'look for deleted documents',
			tries: 0,
			payload: '',
			note: '',
		},
	]);
});

test.each<[string, AuditEventRow[]]>([
	['was posted since', story('1;1', ['created', 'unposted'], ['updated', 'open'])],
	['was taken out already', story('1;1', ['created', 'unposted'], ['voided', undefined])],
	[
		'is known to be deleted and waits',
		story('1;1', ['created', 'unposted'], ['locked', undefined]),
	],
	[
		'is left alone by setting',
		story('1;1', ['created', 'unposted'], ['skipped', undefined, { reason_code: 'gone-in-gp' }]),
	],
	['was never sent', story('1;1', ['parked', 'unposted'])],
	['was only tried', story('1;1', ['created', 'unposted', { dry_run: true }])],
	['is another company’s', story('1;1', ['created', 'unposted', { gp_company: 'THREE' }])],
	[
		'stands nowhere any more',
		story('1;1', ['created', 'unposted'], ['voided', 'unposted'], ['skipped', 'unposted']),
	],
	['nothing is known of', []],
])('does not ask for one that %s', (_what, events) => {
	expect(ask(['1;1'], events)).toEqual([]);
});

test('asks for one that still stands in one of its projects', () => {
	const moved = story(
		'1;1',
		['created', 'unposted'],
		['voided', 'unposted'],
		['created', 'unposted', { procore_project_id: '9002' }],
	);
	expect(ask(['1;1'], moved)).toEqual(['1;1']);
	// Handed over newest first, as a table may be read.
	expect(ask(['1;1'], [...moved].reverse())).toEqual(['1;1']);
});

test('does not ask twice for what waits, but for the same voucher of another company', () => {
	expect(ask(['1;1'], draft('1;1'), { waiting: [request('1;1')] })).toEqual([]);
	const elsewhere = [request('1;1', { gp_company: 'THREE' }), request('1;1', { entity: 'vendor' })];
	expect(ask(['1;1'], draft('1;1'), { waiting: elsewhere })).toEqual(['1;1']);
});

test('believes a few of few, a share of many, and refuses more without asking for any', () => {
	const gone = (count: number) => Array.from({ length: count }, (_, index) => `1;${index}`);
	const lost = (count: number, known: number) =>
		ask(gone(count), gone(count).flatMap(draft), { known }).length;
	expect(lost(10, 10)).toBe(10);
	expect(lost(50, 1000)).toBe(50);
	for (const [count, known] of [
		[11, 20],
		[51, 1000],
	] as const)
		expect(() => lost(count, known)).toThrow(
			expect.objectContaining({
				code: 'deletions-implausible',
				scope: 'configuration',
				remedy: expect.stringContaining('Most Deleted'),
			}),
		);
});

test('takes what was not looked up to be like what was', () => {
	const gone = Array.from({ length: 1000 }, (_, index) => `1;${index}`);
	const lookedUp = gone.slice(0, 200);
	expect(() => ask(gone, lookedUp.flatMap(draft), { known: 5000 })).toThrow(/^1000 of 5000 /);
	// Most were paid and left the list; two of those looked up were deleted.
	const paid = lookedUp.slice(2).flatMap((key) => story(key, ['updated', 'open']));
	const events = [...lookedUp.slice(0, 2).flatMap(draft), ...paid];
	expect(ask(gone, events, { known: 5000 })).toEqual(['1;0', '1;1']);
});

test('counts only what is news: documents taken out long ago do not make a list implausible', () => {
	const old = Array.from({ length: 40 }, (_, index) => `1;${index}`);
	const events = old.flatMap((key) => story(key, ['created', 'unposted'], ['voided', undefined]));
	expect(ask([...old, '1;99'], [...events, ...draft('1;99')])).toEqual(['1;99']);
});

test('hears of a document from real events of its own company alone', () => {
	const told = (more: Partial<AuditEventRow>) => [
		...draft('1;417'),
		...story('1;417', ['created', 'open']).map((row) => ({ ...row, at: NOW, ...more })),
	];
	expect(ask(['1;417'], told({}))).toEqual([]);
	for (const other of [{ entity: 'vendor' as const }, { gp_company: 'THREE' }, { dry_run: true }])
		expect(ask(['1;417'], told(other))).toEqual(['1;417']);
});
