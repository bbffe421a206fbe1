import type { Comparison } from '../../lib/reconcile/account-books';
import type { DifferenceCause } from '../../lib/reconcile/reconcile.types';
import { affectedKeyToken } from '../../lib/model/keys';
import type { SyncOptions } from '../../lib/sync/sync-run';
import { toCents, toUnits } from '../../sandbox/start/cents';
import { truthOf } from '../../sandbox/gp/company/truth';
import type { DirectCost } from '../../sandbox/procore/state/records';
import { allPairs, everyCombination, type Combination, type Dimensions } from './support/all-pairs';
import { Firm } from './support/firm';
import { ordinaryEdits, voidsAndDeletions } from './support/random-edits';

jest.setTimeout(120_000);

/** Policies that decide what of a document goes to Procore, and how. */
const POLICIES: Dimensions = {
	freight: ['spread', 'ownLine'],
	tax: ['spread', 'ownLine'],
	miscellaneous: ['spread', 'ownLine'],
	tradeDiscount: ['spread', 'ownLine'],
	unposted: ['leave', 'sendAsDraft'],
	financeCharges: ['skip', 'expense'],
	postedStatus: ['approved', 'pending'],
	voidPolicy: ['draft', 'delete'],
};
/** Policies that change less, met in pairs with one another and with the ones above. */
const MORE: Dimensions = {
	retainage: ['cost', 'ownLine', 'leaveOut'],
	costDate: ['document', 'posting'],
	payments: ['skip', 'expense'],
	duplicateNumbers: ['suffix', 'refuse'],
	drift: ['overwrite', 'keep'],
};
/** `npm run test:books` sets it: every combination instead of every pair. */
const { EVERY_COMBINATION } = globalThis as { EVERY_COMBINATION?: boolean };
const combinations = EVERY_COMBINATION ? everyOne() : allPairs({ ...POLICIES, ...MORE });

function everyOne(): Combination[] {
	const more = allPairs(MORE);
	return everyCombination(POLICIES).map((one, index) => ({ ...one, ...more[index % more.length] }));
}

/** Causes that need nobody to act in Procore. */
const QUIET: DifferenceCause[] = ['parked', 'skipped', 'unposted'];

async function firmWith(combination: Combination, seed?: string): Promise<Firm> {
	const { voidPolicy, drift, ...settings } = combination;
	return await Firm.open({
		vendors: 20,
		documents: 60,
		...(seed ? { seed } : {}),
		settings,
		sync: { voidPolicy, drift } as Partial<SyncOptions>,
	});
}

/** The comparison explains every cent, and the referee, who asked nobody, finds the same totals. */
async function expectBooksToAgree(firm: Firm): Promise<Comparison> {
	const comparison = await firm.compare();
	expect(comparison.total.unexplained).toBe('0');
	for (const rows of comparison.breakdowns) {
		expect(rows.filter((row) => row.unexplained !== '0')).toEqual([]);
	}
	// GP's side, from the rows of the company and nothing else: a payment is no cost.
	const inGp = truthOf(firm.gp.company).documents.filter(
		({ key, voided }) => !voided && !key.startsWith('6;'),
	);
	expect(cents(comparison.total.gp)).toBe(
		toCents(inGp.reduce((sum, { cost }) => sum + toUnits(cost), 0n)),
	);
	expect(cents(comparison.total.procore)).toBe(cents(firm.procore.snapshot().budgetTotal));
	return comparison;
}

async function expectNothingToMend(firm: Firm): Promise<void> {
	const { differences } = await expectBooksToAgree(firm);
	expect(differences.filter(({ cause }) => !QUIET.includes(cause))).toEqual([]);
	expect(firm.referee()).toMatchObject({ unexplained: '0.00' });
}

const cents = (amount: string) => toCents(toUnits(amount));

describe.each(combinations.map((one) => [Object.values(one).join(' '), one] as const))(
	'with %s',
	(name, combination) => {
		let firm: Firm;
		beforeAll(async () => {
			firm = await firmWith(combination, EVERY_COMBINATION ? name : undefined);
		});
		afterAll(() => firm.close());

		test('every cent is explained after the first load', async () => {
			await firm.run();
			await expectNothingToMend(firm);
		});

		test('and after 200 edits in GP, before and after the next run', async () => {
			expect(ordinaryEdits(firm.gp, 200, name)).toBe(200);
			await expectBooksToAgree(firm);
			await firm.run();
			await expectNothingToMend(firm);
		});

		test('and after voids and deletions, which the comparison has taken out of the budget', async () => {
			expect(voidsAndDeletions(firm.gp, 40, name)).toBeGreaterThan(20);
			await firm.run();
			const gone = await expectBooksToAgree(firm);
			await firm.run(firm.fixes(gone));
			await expectNothingToMend(firm);
		});

		test('and after a job was moved to another project and an account to another code', async () => {
			const [moved, target] = ['300', '400'].map(
				(job) => firm.crosswalk.projects.find((row) => row.gp_job === job)!,
			);
			moved.procore_project_id = target.procore_project_id;
			const account = firm.crosswalk.accounts.find(({ gp_account }) => /^500-5/.test(gp_account))!;
			account.cost_code = account.cost_code === '5110' ? '5130' : '5110';
			await expectBooksToAgree(firm);
			await firm.run([
				...firm.affected(affectedKeyToken('J', moved.gp_job)),
				...firm.affected(affectedKeyToken('A', account.gp_account)),
			]);
			await expectNothingToMend(firm);
		});
	},
);

/** What people do in Procore to a direct cost that came from GP. */
const TAMPERING: Array<
	[how: string, cause: DifferenceCause, by: (firm: Firm, cost: DirectCost) => void]
> = [
	[
		'with another amount',
		'editedInProcore',
		({ procore: { state } }, cost) => {
			const [line] = state.directCostLines.by('directCost', cost.id);
			state.put('directCostLines', { ...line, amount: '0.77' });
			state.put('directCosts', { ...cost, grand_total: '0.77' });
		},
	],
	[
		'with its line on another cost code, the sum as it was',
		'editedInProcore',
		({ procore: { state } }, cost) => {
			const [line] = state.directCostLines.by('directCost', cost.id);
			const other = state.directCostLines
				.by('project', cost.project_id)
				.find(({ wbs_code_id }) => wbs_code_id !== line.wbs_code_id)!;
			state.put('directCostLines', { ...line, wbs_code_id: other.wbs_code_id });
		},
	],
	[
		'on another day',
		'editedInProcore',
		({ procore: { state } }, cost) =>
			state.put('directCosts', { ...cost, direct_cost_date: '2024-01-31' }),
	],
	[
		'deleted',
		'missing',
		({ procore: { state } }, cost) =>
			state.put('directCosts', { ...cost, deleted_at: '2026-07-01T00:00:00Z' }),
	],
	[
		'cut off from GP',
		'notFromGp',
		({ procore: { state } }, cost) =>
			state.put('directCosts', { ...cost, origin_id: null, origin_data: null }),
	],
];

describe('a direct cost that stands in Procore', () => {
	let firm: Firm;
	beforeAll(async () => {
		firm = await firmWith({ drift: 'overwrite' });
		await firm.run();
	});
	afterAll(() => firm.close());

	test.each(TAMPERING)('%s is named as %s, and mended by the next run', async (_, cause, by) => {
		const { state } = firm.procore;
		const cost = state.directCosts
			.all()
			.find(
				(one) =>
					one.status === 'approved' &&
					one.origin_id &&
					one.deleted_at === null &&
					state.directCostLines.by('directCost', one.id).length === 1,
			)!;
		by(firm, cost);
		state.commit();
		const found = await expectBooksToAgree(firm);
		expect(found.differences.map((one) => one.cause)).toContain(cause);
		expect(firm.fixes(found)).toHaveLength(1);
		await firm.run(firm.fixes(found));
		await expectNothingToMend(firm);
	});
});
