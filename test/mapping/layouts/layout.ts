import type { GpAccount, GpPayable } from '../../../lib/model/gp-records';
import type { ProcoreNumbers } from '../../../lib/mapping/suggest/propose-types';
import { SeededRandom } from '../../../sandbox/gp/company/seeded-random';
import { account, payable, type Entry } from '../samples';

/** What is right for one cost line, by the label of who made it up. */
export type Label =
	| { is: 'cost'; project: string; code: string; type: string }
	/** Job cost, but its job has no project in Procore: it waits. */
	| { is: 'open'; job: string }
	/** No cost of any project: left out, or waiting for a job that nobody can know. */
	| { is: 'no project' }
	/** On a purchase accrual account: its cost stands on the receipt, so it waits. */
	| { is: 'accrual' };

export interface Job {
	/** As GP has it. */
	number: string;
	/** Project number in Procore; null: there is none. */
	project: string | null;
	name: string;
	/** Shop and the like: no project, whatever is posted to it. */
	isShop?: true;
}

export interface Trade {
	/** Cost code as GP has it, and as Procore has it. */
	gp: string;
	procore: string;
	name: string;
}

export interface Kind {
	gp: string;
	/** Code of the cost type in Procore. */
	type: string;
	word: string;
}

export interface CostLine {
	account: string;
	reference?: string;
	purchaseOrder?: string;
	description?: string;
}

export interface LayoutPlan {
	name: string;
	jobs: Job[];
	trades: Trade[];
	kinds: Kind[];
	/** How a cost line is written. */
	write(of: { job: Job; trade: Trade; kind: Kind; random: SeededRandom; n: number }): CostLine;
	/** Accounts in the chart beside those of the cost lines: number, description, more. */
	chart: Array<[number: string, description: string, more?: Partial<GpAccount>]>;
	/** Accounts purchases of the company itself are posted to. */
	overhead: string[];
	/** Of those, the purchase accruals. */
	accruals?: string[];
	/** Accounts tax is posted to. */
	tax?: string[];
	/** Texts beside lines of the company itself, and of cost lines that say nothing. */
	noise?: string[];
	/** Which of the codes stand in Procore already. */
	codesInProcore?: 'all' | 'few' | 'none';
	types?: ProcoreNumbers['costTypes'];
	documents?: number;
	/** Active, or closed phases in the chart. */
	isInactive?(number: string): boolean;
}

export interface Layout {
	name: string;
	procore: ProcoreNumbers;
	accounts: GpAccount[];
	payables: GpPayable[];
	/** By key of the document and sequence of the line. */
	labels: Map<string, Label>;
}

export const TYPES: ProcoreNumbers['costTypes'] = [
	{ code: 'L', name: 'Labor' },
	{ code: 'M', name: 'Materials' },
	{ code: 'S', name: 'Commitment' },
	{ code: 'E', name: 'Equipment' },
	{ code: 'O', name: 'Other' },
	{ code: 'OC', name: 'Owner Cost' },
	{ code: 'SVC', name: 'Professional Services' },
];

/** Every job with every trade and kind, in a chart of accounts, payables, and what is right for each line. */
export function layout(plan: LayoutPlan): Layout {
	const random = new SeededRandom(`layout ${plan.name}`);
	const accounts = new Map<string, GpAccount>();
	const put = (number: string, description: string, more: Partial<GpAccount> = {}) => {
		if (accounts.has(number)) return;
		const active = !plan.isInactive?.(number);
		accounts.set(number, account(number, { description, active, ...more }));
	};
	for (const job of plan.jobs) {
		for (const trade of plan.trades) {
			for (const kind of plan.kinds) {
				const { account: number } = plan.write({ job, trade, kind, random, n: 0 });
				const name = job.isShop ? job.name : trade.name;
				put(number, [name, kind.word].filter(Boolean).join(' - '), {
					category: 'Cost of Goods Sold',
				});
			}
		}
	}
	for (const [number, description, more] of plan.chart) put(number, description, more);
	const projects = plan.jobs
		.filter(({ project }) => project !== null)
		.map(({ project, name }, index) => ({
			id: String(7000 + index),
			name,
			projectNumber: project,
		}));
	const idOf = new Map(projects.map(({ id, projectNumber }) => [projectNumber, id]));
	const labels = new Map<string, Label>();
	const payables: GpPayable[] = [];
	for (let n = 0; n < (plan.documents ?? 160); n++) {
		const isOverhead = random.chance(0.15);
		const job = random.pick(plan.jobs);
		const entries: Entry[] = [];
		const given: Partial<GpPayable> = {
			voucher: String(n).padStart(17, '0'),
			description: random.chance(0.5) ? random.pick(plan.noise ?? ['Weekly delivery']) : null,
		};
		const made: Label[] = [];
		for (let line = random.integer(1, 3); line > 0; line--) {
			const amount = `${random.integer(20, 9000)}.${random.integer(10, 99)}`;
			if (isOverhead) {
				const number = random.pick(plan.overhead);
				entries.push(['purchase', number, amount]);
				made.push({ is: plan.accruals?.includes(number) ? 'accrual' : 'no project' });
				continue;
			}
			const [trade, kind] = [random.pick(plan.trades), random.pick(plan.kinds)];
			const written = plan.write({ job, trade, kind, random, n });
			entries.push(['purchase', written.account, amount, written.reference]);
			if (written.description !== undefined) given.description = written.description;
			if (written.purchaseOrder !== undefined) given.purchaseOrderNumber = written.purchaseOrder;
			made.push(
				job.isShop
					? { is: 'no project' }
					: job.project === null
						? { is: 'open', job: job.number }
						: {
								is: 'cost',
								project: idOf.get(job.project)!,
								code: trade.procore,
								type: kind.type,
							},
			);
		}
		if (plan.tax && random.chance(0.6)) entries.push(['taxes', random.pick(plan.tax), '12.00']);
		const document = payable(entries, given);
		for (const line of document.distributions) {
			const known = accounts.get(line.account);
			// As the GP node hands payables on.
			if (line.type === 'purchase' && known?.postingType === 'balanceSheet')
				line.accountFacts = { postingType: 'balanceSheet', active: true, description: null };
		}
		payables.push(document);
		made.forEach((label, index) =>
			labels.set(`${document.key} ${document.distributions[index].sequence}`, label),
		);
	}
	const codes = [...new Map(plan.trades.map((trade) => [trade.procore, trade])).values()];
	const standing = plan.codesInProcore ?? 'all';
	const kept = standing === 'all' ? codes : standing === 'few' ? codes.slice(0, 4) : [];
	return {
		name: plan.name,
		procore: {
			projects,
			costCodes: projects.flatMap(({ id }) =>
				kept.map(({ procore, name }) => ({ projectId: id, code: procore, name })),
			),
			costTypes: plan.types ?? TYPES,
		},
		accounts: [...accounts.values()],
		payables,
		labels,
	};
}

export const SHEET = { postingType: 'balanceSheet', category: 'Balance sheet' } as const;
export const EXPENSE = { category: 'Administrative Expense' } as const;

const NAMES = [
	...['Harbor Tower', 'Lincoln School', 'Mill Street Bridge', 'Riverfront Garage', 'Northgate'],
	...['City Library', 'Piñon Ridge', 'Brewery Hall', 'Airport Terminal', 'Clinic South'],
];

/** Jobs by their numbers in GP, with the project number each has in Procore. */
export function jobs(
	numbers: readonly string[],
	project: (number: string, index: number) => string | null = (number) => number,
): Job[] {
	return numbers.map((number, index) => ({
		number,
		project: project(number, index),
		name: NAMES[index % NAMES.length],
	}));
}

const TRADES = [
	...['General conditions', 'Site work', 'Concrete', 'Masonry', 'Structural steel', 'Carpentry'],
	...['Roofing', 'Drywall', 'Electrical', 'Plumbing'],
];

/** Trades by the code each has in GP, with the code in Procore. */
export function trades(
	codes: readonly string[],
	procore: (code: string) => string = (code) => code,
): Trade[] {
	return codes.map((gp, index) => ({
		gp,
		procore: procore(gp),
		name: TRADES[index % TRADES.length],
	}));
}

export const NATURALS = ['5110', '5120', '5130', '5140', '5210', '5310', '5320', '5390'];

export const KINDS: Kind[] = [
	{ gp: '01', type: 'L', word: 'Labor' },
	{ gp: '02', type: 'M', word: 'Materials' },
	{ gp: '03', type: 'S', word: 'Subcontract' },
	{ gp: '04', type: 'E', word: 'Equipment' },
];

/** No account tells the cost type. */
export const NO_KIND: Kind[] = [{ gp: '', type: 'O', word: '' }];
