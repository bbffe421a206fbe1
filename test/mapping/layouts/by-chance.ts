import { EXPENSE, jobs, KINDS, layout, NATURALS, SHEET, trades, type Layout } from './layout';

const chart = (before: string, after: string): Parameters<typeof layout>[0]['chart'] => [
	[`${before}1100${after}`, 'Cash', SHEET],
	[`${before}1200${after}`, 'Receivables', SHEET],
	[`${before}2100${after}`, 'Accounts payable', SHEET],
	[`${before}6100${after}`, 'Rent', EXPENSE],
	[`${before}6200${after}`, 'Telephone', EXPENSE],
];

/** Values that equal project numbers by chance, no job anywhere, or one no pattern can read: nothing may be claimed. */
export const NOTHING_THERE: Layout[] = [
	layout({
		name: 'natural accounts that equal some project numbers',
		jobs: jobs(['5110', '5120', '5130', '8001', '8002', '8003', '8004']),
		trades: trades(NATURALS, (code) => `C${code}`),
		kinds: KINDS,
		write: ({ trade, kind }) => ({ account: `${trade.gp}-${kind.gp}` }),
		chart: chart('', '-00'),
		overhead: ['6100-00', '6200-00'],
	}),
	layout({
		name: 'strengths of concrete that equal project numbers',
		jobs: jobs(['300', '400', '500', '600', '712', '713']),
		trades: trades(NATURALS),
		kinds: KINDS,
		write: ({ trade, kind, random }) => ({
			account: `${trade.gp}-${kind.gp}`,
			reference: `${random.integer(1, 99) * 10} psi mix`,
		}),
		chart: chart('', '-00'),
		overhead: ['6100-00', '6200-00'],
	}),
	layout({
		name: 'numbers of purchase orders that equal project numbers now and then',
		jobs: jobs(['10010', '10020', '10030', '10040', '10050']),
		trades: trades(NATURALS),
		kinds: KINDS,
		documents: 400,
		write: ({ trade, kind, n }) => ({
			account: `${trade.gp}-${kind.gp}`,
			purchaseOrder: `PO${10000 + n}`,
		}),
		chart: chart('', '-00'),
		overhead: ['6100-00', '6200-00'],
	}),
	layout({
		name: 'cost types that equal project numbers',
		jobs: jobs(['01', '02', '03', '04']),
		trades: trades(NATURALS),
		kinds: KINDS,
		write: ({ trade, kind }) => ({ account: `${trade.gp}-${kind.gp}` }),
		chart: chart('', '-00'),
		overhead: ['6100-00', '6200-00'],
	}),
	layout({
		name: 'departments that are all project numbers, while the reference says otherwise',
		jobs: jobs(['100', '200', '300', '400', '500', '600']),
		trades: trades(NATURALS),
		kinds: KINDS,
		write: ({ job, trade, kind, random }) => ({
			account: `${random.integer(1, 6)}00-${trade.gp}-${kind.gp}`,
			reference: `JOB ${job.number}`,
		}),
		chart: chart('000-', '-00'),
		overhead: ['000-6100-00', '000-6200-00'],
	}),
	layout({
		name: 'a job over two segments of which the first is now longer, now shorter',
		jobs: jobs(['9-001', '9-002', '10-001', '10-002', '11-003', '11-004']),
		trades: trades(NATURALS),
		kinds: KINDS,
		write: ({ job, trade, kind }) => ({ account: `${job.number}-${trade.gp}-${kind.gp}` }),
		chart: chart('0-000-', '-00'),
		overhead: ['0-000-6100-00', '0-000-6200-00'],
	}),
];

/** A place that equals a few numbers by chance beside the right one: the right one is found. */
export const SOMETHING_BESIDE: Layout[] = [
	layout({
		name: 'branches that equal two project numbers, the job in the reference',
		jobs: jobs(['100', '200', '312', '345', '377', '401', '415', '460', '478', '490']),
		trades: trades(NATURALS),
		kinds: KINDS,
		documents: 240,
		write: ({ job, trade, kind, random }) => ({
			account: `${random.pick(['100', '200'])}-${trade.gp}-${kind.gp}`,
			reference: `JOB ${job.number}`,
		}),
		chart: chart('100-', '-00'),
		overhead: ['100-6100-00', '100-6200-00'],
	}),
	layout({
		name: 'phases that equal some cost codes',
		jobs: jobs(['3010', '3011', '3012', '3013', '3014']),
		trades: trades(['110', '120', '130', '140', '150', '160', '170', '180']),
		kinds: KINDS,
		write: ({ job, trade, kind, random }) => ({
			account: `${job.number}-${random.pick(['110', '120', '130', '900', '910', '920', '930', '940'])}-${trade.gp}-${kind.gp}-5000`,
		}),
		chart: [
			['0000-000-000-00-1000', 'Cash', SHEET],
			['0000-000-000-00-1100', 'Receivables', SHEET],
			['0000-000-000-00-2000', 'Payables', SHEET],
			['0000-000-000-00-6000', 'Rent', EXPENSE],
		],
		overhead: ['0000-000-000-00-6000'],
	}),
];
