import { AccountBooks, type AccountBooksOptions } from '../../lib/reconcile/account-books';
import { EXPLANATIONS } from '../../lib/reconcile/known-causes';
import type {
	DifferenceCause,
	ExpectedCost,
	StandingDirectCost,
} from '../../lib/reconcile/reconcile.types';
import { carriesMark } from '../../nodes/GpToProcore/actions/reconciliation/evidence';
import { writeOriginData } from '../../lib/sync/origin-data';
import type { SentEvidence } from '../../lib/sync/standing/as-sent';

/* One case for each cause there is: none is claimed without what shows it. */
const ORIGIN = 'GP:TWO:PM:1:417:P:1';
const KEY = '1;417';
const wanted = (given: Partial<ExpectedCost> = {}): ExpectedCost => ({
	...{ originId: ORIGIN, projectId: '1', vendorId: 'V', voided: false },
	source: { key: KEY, label: 'Invoice 417' },
	header: { status: 'approved', direct_cost_date: '2026-02-27' },
	lines: [{ originId: `${ORIGIN}:L:1`, costCode: '5110', costType: 'M', amount: '10.00' }],
	...given,
});
const there = (given: Partial<StandingDirectCost> = {}): StandingDirectCost => ({
	...{ id: '7', projectId: '1', originId: ORIGIN, vendor: 'V', invoiceNumber: '88' },
	...{ status: 'approved', date: '2026-02-27', lines: wanted().lines.map((line) => ({ ...line })) },
	...given,
});
const other = there({ lines: [{ ...there().lines[0]!, amount: '11.00' }] });

interface Case {
	cost?: ExpectedCost;
	/** Without one GP has no such document. */
	document?: boolean;
	amount?: string;
	standing?: StandingDirectCost[];
	evidence?: SentEvidence;
	options?: Partial<AccountBooksOptions>;
	also?(books: AccountBooks): void;
	/** After Procore's side. */
	then?(books: AccountBooks): void;
}
const shown = (gp: SentEvidence['gp'], procore: SentEvidence['procore']): Case => ({
	cost: wanted(),
	standing: [other],
	evidence: { gp, procore },
});
const left =
	(outcome: 'skipped' | 'parked', code: string, more = {}) =>
	(books: AccountBooks) =>
		books.leaveOut({
			outcome,
			reason: { code: code as never, message: 'why', remedy: 'what' },
			source: { key: KEY, label: 'Invoice 417', amount: '10.00' },
			...more,
		});
const waits = new Map([[KEY, { message: 'why', remedy: 'what' }]]);
const CASES: Record<DifferenceCause, Case> = {
	parked: { also: left('parked', 'no-job') },
	skipped: { also: left('skipped', 'skipped-by-rule') },
	unposted: { also: left('skipped', 'not-posted') },
	missing: { cost: wanted() },
	editedInProcore: shown('asSent', 'edited'),
	changedInGp: shown('documentChanged', 'asSent'),
	mappingChanged: shown('mappingChanged', 'asSent'),
	changedSinceSent: shown('changed', 'asSent'),
	changedOnBothSides: shown('documentChanged', 'edited'),
	differs: shown('unknown', 'unknown'),
	notYetVoided: { cost: wanted({ voided: true, lines: [] }), amount: '0', standing: [there()] },
	duplicate: { cost: wanted(), standing: [there(), there({ id: '8' })] },
	stale: {
		cost: wanted(),
		standing: [there(), there({ id: '8', originId: `${ORIGIN.slice(0, -1)}2` })],
	},
	asSent: {
		also: left('parked', 'no-distributions', { history: true }),
		standing: [there()],
		options: { standsAsSent: () => 'asSent' },
	},
	asSentEdited: {
		also: left('parked', 'no-distributions', { history: true }),
		standing: [there()],
		options: { standsAsSent: () => 'edited' },
	},
	goneFromGp: {
		document: false,
		standing: [there()],
		then: (books) => books.askedByKey(new Map([[KEY, 'notThere']])),
	},
	notFromGp: { document: false, standing: [there({ originId: null })] },
	waitingRequest: { cost: wanted(), options: { requested: new Set([KEY]) } },
	notRead: {
		document: false,
		also: (books) => books.unreadable(KEY, 'Invoice 417', 'why', 'what'),
	},
	unrecorded: {
		cost: wanted(),
		standing: [there({ originData: writeOriginData({ src: 'gp', h: 'h', b: 'B1', w: 'c' }) })],
		options: { carriesMark, journal: [{ batch_id: 'B1', started_at: '2026-06-15T10:02:00.000Z' }] },
	},
	unsaid: {
		then: (books) =>
			books.control(
				new Map([
					[
						KEY,
						{
							...{ key: KEY, vendor: 'V', month: '2026-02', amount: '10.00', voided: false },
							...{ state: 'open' as const, modified: '2026-06-01T10:00:00.000Z' },
						},
					],
				]),
				{ leftOut: new Set(), eventsWhole: true, readTo: '2026-06-15T10:00:00.000Z' },
			),
	},
	contradicted: {
		cost: wanted(),
		standing: [there()],
		then: (books) =>
			books.control(
				new Map([
					[
						KEY,
						{
							...{ key: KEY, vendor: 'V', month: '2026-02', amount: '99.00', voided: false },
							...{ state: 'open' as const, modified: '2026-06-01T10:00:00.000Z' },
						},
					],
				]),
				{ leftOut: new Set(), eventsWhole: true, readTo: '2026-06-15T10:00:00.000Z' },
			),
	},
	unexplained: {},
};

test.each(Object.entries(CASES) as Array<[DifferenceCause, Case]>)('%s', (cause, one) => {
	const differences = outcomeOf(one);
	expect(differences.map((difference) => difference.cause)).toContain(cause);
	const { message, remedy } = differences.find((difference) => difference.cause === cause)!;
	expect([message.length, remedy.length].every((length) => length > 0)).toBe(true);
	// A document that agrees on both sides has no cause at all.
	expect(outcomeOf({ cost: wanted(), standing: [there()] })).toEqual([]);
});

test('documents nobody said anything of, and those the list tells otherwise, are numbered', () => {
	const books = new AccountBooks({ by: [] });
	const rows = ['1', '2', '3', '4'].map((voucher) => ({
		...{ key: `1;${voucher}`, vendor: 'V', month: '2026-02', voided: false },
		...{ amount: voucher < '3' ? ('99.00' as const) : ('10.00' as const), state: 'open' as const },
		modified: '2026-06-01T10:00:00.000Z',
	}));
	for (const { key, vendor, month, voided, modified } of rows)
		books.document({
			...{ key, label: key, amount: '10.00', vendor, month },
			head: { amount: '10.00', vendor, month, voided, modified },
		});
	books.control(new Map(rows.map((row) => [row.key, row])), {
		...{ leftOut: new Set(['1;4']), eventsWhole: true, readTo: '2026-06-15T10:00:00.000Z' },
	});
	expect(books.finish().control).toMatchObject({
		...{ unsaid: 3, contradicted: 2, amountsKnown: true },
		total: {
			unsaid: { documents: 3, amount: '208' },
			leftOut: { documents: 1, amount: '10' },
		},
	});
});

test('each cause has its words, and waits stand before what else is shown', () => {
	expect(Object.keys(CASES).sort()).toEqual(Object.keys(EXPLANATIONS).sort());
	expect(outcomeOf({ cost: wanted(), options: { parked: waits } })).toMatchObject([
		{ cause: 'parked' },
	]);
});

test('a record that a lost batch wrote is named by its number, else by its id', () => {
	const originData = writeOriginData({ src: 'gp', h: 'h', b: 'B1', w: 'c' });
	const journal = [{ batch_id: 'B1', started_at: '2026-06-15T10:02:00.000Z' }];
	const named = (invoiceNumber: string | null) => {
		const books = new AccountBooks({ by: [], journal, carriesMark });
		books.project('1', [there({ originData, invoiceNumber, id: '3' })]);
		const { differences } = books.finish();
		return differences.find(({ cause }) => cause === 'unrecorded')?.document;
	};
	expect([named('88'), named(null), named('')]).toEqual(['Procore 88', 'Procore 3', 'Procore 3']);
});

test('batches that were begun and not recorded are counted, with the first of them', () => {
	const journal = [
		{ batch_id: 'B2', started_at: '2026-06-15T11:00:00.000Z' },
		{ batch_id: 'B1', started_at: '2026-06-15T10:02:00.000Z' },
	];
	const mark = writeOriginData({ src: 'gp', h: 'h', b: 'B1', w: 'c' });
	const recorded = writeOriginData({ src: 'gp', h: 'h', b: 'B0', w: 'c' });
	const books = new AccountBooks({ by: [], journal, carriesMark });
	books.project('1', [there({ originData: recorded })]);
	books.lookForMark(
		{ id: '3', projectId: '', originId: 'GP:TWO:V:A', originData: mark },
		'Vendor A',
	);
	const { unrecorded, differences } = books.finish();
	expect(unrecorded).toEqual({ batches: 2, writes: 1, since: '2026-06-15T10:02:00.000Z' });
	expect(differences.filter(({ cause }) => cause === 'unrecorded')).toMatchObject([
		{ document: 'Vendor A', procoreId: '3', amount: '0' },
	]);
});

function outcomeOf({
	cost,
	document = true,
	amount,
	standing,
	evidence,
	options,
	also,
	then,
}: Case) {
	const books = new AccountBooks({
		by: [['projectId']],
		documentOf: (originId) => (originId.startsWith('GP:TWO:PM:1:417') ? KEY : null),
		...(evidence ? { evidenceOf: () => evidence } : {}),
		...options,
	});
	if (document)
		books.document({
			...{
				key: KEY,
				label: 'Invoice 417',
				amount: amount ?? '10.00',
				vendor: 'V',
				month: '2026-02',
			},
			head: {
				...{
					amount: '10.00',
					vendor: 'V',
					month: '2026-02',
					voided: false,
					modified: '2026-06-01T10:00:00.000Z',
				},
			},
		});
	if (cost) books.expect(cost);
	also?.(books);
	for (const projectId of new Set(['1', ...(standing ?? []).map((record) => record.projectId)]))
		books.project(
			projectId,
			(standing ?? []).filter((record) => record.projectId === projectId),
		);
	then?.(books);
	return books.finish().differences;
}
