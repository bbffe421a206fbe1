import { fc, test as property } from '@fast-check/jest';
import { groupedBy } from '../../lib/model/keys';
import { AccountBooks, type AccountBooksOptions } from '../../lib/reconcile/account-books';
import type { LeftOut, StandingDirectCost } from '../../lib/reconcile/reconcile.types';
import { add } from '../../lib/model/money';
import type { DesiredDirectCost } from '../../lib/model/desired';
import { outcome, source } from '../audit/samples';

function desired(
	voucher: string,
	amounts: string[],
	given: Partial<DesiredDirectCost> = {},
): DesiredDirectCost {
	const originId = `GP:TWO:PM:1:${voucher}:P:1`;
	return {
		kind: 'directCost',
		originId,
		source: source(`1;${voucher}`, { label: `Invoice ${voucher}` }),
		projectId: '1',
		vendorOriginId: 'GP:TWO:V:ACME',
		voided: false,
		header: { direct_cost_type: 'invoice', status: 'approved', direct_cost_date: '2026-02-27' },
		lines: amounts.map((amount, index) => ({
			originId: `${originId}:L:${index}`,
			costCode: `51${index}0`,
			costType: 'M',
			amount,
		})),
		total: add(...amounts),
		...given,
	};
}

/** Procore after a faithful sync. */
function standing(cost: DesiredDirectCost): StandingDirectCost {
	return {
		id: `id of ${cost.originId}`,
		projectId: cost.projectId,
		originId: cost.originId,
		vendor: cost.vendorOriginId!,
		invoiceNumber: 'INV',
		status: cost.header.status,
		date: cost.header.direct_cost_date!,
		lines: cost.lines.map((line) => ({ ...line })),
	};
}

/** All documents and records at once, broken down one way. */
function run(given: {
	desired?: readonly DesiredDirectCost[];
	notSent?: readonly LeftOut[];
	standing?: readonly StandingDirectCost[];
	by?: AccountBooksOptions['by'][number];
	evidenceOf?: AccountBooksOptions['evidenceOf'];
}) {
	const books = new AccountBooks({
		by: [given.by ?? ['projectId', 'costCode']],
		// GP wants what was sent: what differs was edited in Procore.
		evidenceOf: ({ voided }) =>
			voided ? { gp: 'documentChanged', procore: 'unknown' } : { gp: 'asSent', procore: 'edited' },
		...(given.evidenceOf ? { evidenceOf: given.evidenceOf } : {}),
	});
	for (const cost of given.desired ?? []) books.expect(cost);
	for (const one of given.notSent ?? []) books.leaveOut(one);
	for (const [id, own] of groupedBy(given.standing ?? [], ({ projectId }) => projectId))
		books.project(id, own);
	const { total, breakdowns, differences } = books.finish();
	return { total, rows: breakdowns[0], differences };
}

describe('reconciling', () => {
	test('agrees after a faithful sync', () => {
		const costs = [desired('1', ['10', '5.5']), desired('2', ['-3'])];
		const result = run({ desired: costs, standing: costs.map(standing) });
		expect(result.total).toEqual({
			gp: '12.5',
			procore: '12.5',
			difference: '0',
			explained: {},
			unexplained: '0',
		});
		expect(result.rows).toMatchObject([
			{ projectId: '1', costCode: '5100', gp: '7', procore: '7' },
			{ projectId: '1', costCode: '5110', gp: '5.5', procore: '5.5' },
		]);
	});

	test.each<
		[
			string,
			(cost: StandingDirectCost) => StandingDirectCost[],
			Partial<DesiredDirectCost>,
			string,
			string,
		]
	>([
		['missing', () => [], {}, 'missing', '10'],
		[
			'changed in amount',
			(cost) => [{ ...cost, lines: [{ ...cost.lines[0], amount: '8' }] }],
			{},
			'editedInProcore',
			'2',
		],
		['set to draft by hand', (cost) => [{ ...cost, status: 'draft' }], {}, 'editedInProcore', '10'],
		['there twice', (cost) => [cost, { ...cost, id: 'copy' }], {}, 'duplicate', '-10'],
		[
			'without its origin id',
			(cost) => [cost, { ...cost, originId: null }],
			{},
			'notFromGp',
			'-10',
		],
		[
			'of a voucher GP no longer has',
			(cost) => [cost, { ...cost, originId: 'GP:TWO:PM:1:9:P:1' }],
			{},
			'goneFromGp',
			'-10',
		],
		[
			'voided in GP but counting',
			(cost) => [cost],
			{ voided: true, lines: [], total: '0' },
			'notYetVoided',
			'-10',
		],
	])('explains a direct cost that is %s', (_, change, given, cause, amount) => {
		const before = desired('1', ['10']);
		const result = run({ desired: [{ ...before, ...given }], standing: change(standing(before)) });
		expect(result.differences).toMatchObject([{ cause, amount }]);
		expect(result.differences[0].remedy).not.toBe('');
		expect(result.total).toMatchObject({
			difference: amount,
			explained: { [cause]: amount },
			unexplained: '0',
		});
	});

	test('explains a draft of an unposted document as unposted', () => {
		const cost = desired('1', ['10'], { header: { direct_cost_type: 'invoice', status: 'draft' } });
		const actual = { ...standing(cost), date: '2026-02-27' };
		expect(run({ desired: [cost], standing: [actual] }).total.explained).toEqual({
			unposted: '10',
		});
	});

	test('shows a line moved to another code at both codes', () => {
		const cost = desired('1', ['10']);
		const actual = standing(cost);
		actual.lines[0].costCode = '9999';
		const result = run({ desired: [cost], standing: [actual] });
		expect(result.rows).toMatchObject([
			{ costCode: '5100', difference: '10', unexplained: '0' },
			{ costCode: '9999', difference: '-10', unexplained: '0' },
		]);
		expect(result.total.difference).toBe('0');
	});

	test('explains what was not sent by its reason', () => {
		const result = run({
			notSent: [
				outcome('parked', '1;1'),
				outcome('skipped', '1;2', { reason: { code: 'not-job-cost', message: 'm', remedy: 'r' } }),
				outcome('skipped', '1;3', { reason: { code: 'not-posted', message: 'm', remedy: 'r' } }),
				outcome('skipped', '6;1', { source: source('6;1', { amount: '0' }) }),
			],
		});
		expect(result.total).toMatchObject({
			gp: '30',
			explained: { parked: '10', skipped: '10', unposted: '10' },
			unexplained: '0',
		});
		expect(result.differences).toHaveLength(3);
	});
});

const amounts = fc.integer({ min: -50_000, max: 90_000 }).map((cents) => (cents / 100).toFixed(2));
const costs = fc
	.array(fc.array(amounts, { minLength: 1, maxLength: 3 }), { maxLength: 6 })
	.map((documents) => documents.map((lines, index) => desired(String(index), lines)));
const edits = fc.array(
	fc.record({
		at: fc.nat(5),
		how: fc.constantFrom(
			'delete',
			'copy',
			'draft',
			'amount',
			'lineTwice',
			'code',
			'origin',
			'month',
			'void',
			'vendor',
		),
		amount: amounts,
	}),
	{ maxLength: 8 },
);

property.prop([costs, edits], { numRuns: 2_000 })(
	'whatever is edited on either side, every cent in every row is explained',
	(documents, changes) => {
		const inGp = [...documents];
		const inProcore = documents.map(standing);
		for (const { at, how, amount } of changes) {
			const actual = inProcore[at];
			if (how === 'void' && inGp[at])
				inGp[at] = { ...inGp[at], voided: true, lines: [], total: '0' };
			if (!actual) continue;
			if (how === 'delete') inProcore.splice(at, 1);
			if (how === 'copy') inProcore.push({ ...actual, id: 'copy' });
			if (how === 'draft') actual.status = 'draft';
			if (how === 'amount') actual.lines = [{ ...actual.lines[0], amount }];
			if (how === 'lineTwice') actual.lines = [...actual.lines, actual.lines[0]];
			if (how === 'code') actual.lines = actual.lines.map((line) => ({ ...line, costCode: '9' }));
			if (how === 'origin') actual.originId = null;
			if (how === 'month') actual.date = '2025-12-31';
			if (how === 'vendor') actual.vendor = 'somebody';
		}
		// Books by another way than the code under test.
		const cents = (value: string) => Math.round(Number(value) * 100);
		const gp = inGp
			.flatMap((cost) => cost.lines)
			.reduce((sum, line) => sum + cents(line.amount), 0);
		const procore = inProcore
			.filter((cost) => cost.status !== 'draft')
			.flatMap((cost) => cost.lines)
			.reduce((sum, line) => sum + cents(line.amount), 0);
		for (const by of [['projectId'], ['costCode'], ['vendor', 'month']] as const) {
			const result = run({ desired: inGp, standing: inProcore, by });
			expect([cents(result.total.gp), cents(result.total.procore)]).toEqual([gp, procore]);
			expect(result.total.unexplained).toBe('0');
			expect(result.rows.every((row) => row.unexplained === '0')).toBe(true);
			expect(cents(add(...result.rows.map((row) => row.difference)))).toBe(gp - procore);
		}
	},
);
