import {
	EXPENSE,
	jobs,
	KINDS,
	layout,
	NATURALS,
	NO_KIND,
	SHEET,
	trades,
	type Layout,
} from './layout';

const chart: Parameters<typeof layout>[0]['chart'] = [
	['1100-00', 'Cash', SHEET],
	['1200-00', 'Receivables', SHEET],
	['2100-00', 'Accounts payable', SHEET],
	['6100-00', 'Rent', EXPENSE],
	['6200-00', 'Telephone', EXPENSE],
	['6300-00', 'Fuel', EXPENSE],
];
const overhead = ['6100-00', '6200-00', '6300-00'];
const PHRASES = ['slab', 'rebar', 'punch list', 'week 12', 'crane hire', 'formwork'];

export const IN_TEXTS: Layout[] = [
	layout({
		name: 'job at the start of the reference',
		jobs: jobs(['3010', '3011', '3012', '4020', '4021', '4022']),
		trades: trades(NATURALS),
		kinds: KINDS,
		write: ({ job, trade, kind, random }) => ({
			account: `${trade.gp}-${kind.gp}`,
			reference: `${job.number} ${random.pick(PHRASES)}`,
		}),
		chart,
		overhead,
	}),
	layout({
		name: 'job after a word in the reference, in whatever case, no type',
		jobs: jobs(['G-101', 'G-102', 'G-203', 'G-204', 'H-101']),
		trades: trades(NATURALS),
		kinds: NO_KIND,
		write: ({ job, trade, random }) => ({
			account: `${trade.gp}-00`,
			reference: `${random.pick(PHRASES)} ${random.pick(['Proj', 'proj', 'PROJ'])} ${random.pick([job.number, job.number.toLowerCase()])}`,
		}),
		chart,
		overhead,
	}),
	layout({
		name: 'job inside the PO number',
		jobs: jobs(
			['24015', '24016', '24017', '24018'],
			(number) => `${number.slice(0, 2)}-${number.slice(2)}`,
		),
		trades: trades(NATURALS),
		kinds: KINDS,
		write: ({ job, trade, kind, n }) => ({
			account: `${trade.gp}-${kind.gp}`,
			purchaseOrder: `PO-${job.number}-${String((n * 7) % 90).padStart(3, '0')}`,
		}),
		chart,
		overhead,
	}),
	layout({
		name: 'job in the description, in the middle of other words',
		jobs: jobs(['A-1203', 'A-1204', 'A-1301', 'B-1100', 'B-1101']),
		trades: trades(NATURALS),
		kinds: KINDS,
		noise: ['Weekly delivery', 'As agreed 14 May', 'Invoice 2291'],
		write: ({ job, trade, kind, random }) => ({
			account: `${trade.gp}-${kind.gp}`,
			description: `Job ${job.number}: ${random.pick(PHRASES)}`,
		}),
		chart,
		overhead,
	}),
	layout({
		name: 'own segment for the code, job in the reference with letters before it',
		jobs: jobs(['2201', '2202', '2203', '2204', '2301']),
		trades: trades(
			['03100', '03300', '04200', '05120', '09250'],
			(code) => `${code.slice(0, 2)}.${code.slice(2)}`,
		),
		kinds: KINDS,
		write: ({ job, trade, kind, random }) => ({
			account: `5000-${trade.gp}-${kind.gp}`,
			reference: `J${job.number}/${random.pick(PHRASES)}`,
		}),
		chart: chart.map(([number, ...rest]) => [`${number.slice(0, 4)}-00000-00`, ...rest]),
		overhead: overhead.map((number) => `${number.slice(0, 4)}-00000-00`),
	}),
];
