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

const NUMBERS = ['300', '301', '302', '303', '304', '305', '306', '307'];
const CSI = ['01100', '02300', '03100', '03300', '04200', '05120', '07500', '09250'];
const CSI_KINDS = KINDS.map((kind, index) => ({ ...kind, gp: String(index + 1) }));
const csi = (code: string) => `${code.slice(0, 2)}-${code.slice(2)}`;

export const IN_SEGMENTS: Layout[] = [
	layout({
		name: 'job in segment 1 of 3, some in the reference or the PO number',
		jobs: jobs(NUMBERS, (number) => (number === '307' ? null : number)),
		trades: trades(NATURALS),
		kinds: KINDS,
		codesInProcore: 'few',
		write: ({ job, trade, kind, n }) =>
			n % 8 === 3
				? {
						account: `000-${trade.gp}-${kind.gp}`,
						reference: `JOB ${job.number} change order 2`,
					}
				: n % 8 === 5
					? {
							account: `000-${trade.gp}-${kind.gp}`,
							purchaseOrder: `${job.number}-PO-0${10 + (n % 80)}`,
						}
					: { account: `${job.number}-${trade.gp}-${kind.gp}`, reference: 'level 2 rough-in' },
		chart: [
			['000-1100-00', 'Cash', SHEET],
			['000-1200-00', 'Receivables', SHEET],
			['000-2100-00', 'Accounts payable', SHEET],
			['000-5900-00', 'Freight-in', { category: 'Cost of Goods Sold' }],
			['000-6100-00', 'Office rent', EXPENSE],
			['000-6200-00', 'Office supplies', EXPENSE],
		],
		overhead: ['000-6100-00', '000-6200-00'],
	}),
	layout({
		name: 'job in segment 2 of 5 with dots, codes of another writing, VAT, inactive accounts',
		jobs: jobs(
			['24015', '24016', '24017', '24018', '24101', '24102', '24103', '24104'],
			(number, index) => (index >= 6 ? null : `${number.slice(0, 2)}-${number.slice(2)}`),
		),
		trades: trades(CSI, csi),
		kinds: CSI_KINDS,
		write: ({ job, trade, kind }) => ({
			account: `01.${job.number}.71000.${trade.gp}.${kind.gp}`,
		}),
		chart: [
			['01.00000.10100.00000.0', 'Bank', SHEET],
			['01.00000.14500.00000.0', 'Input VAT', SHEET],
			['01.00000.14510.00000.0', 'Input VAT, services', SHEET],
			['01.00000.20000.00000.0', 'Trade creditors', SHEET],
			['01.00000.62000.00000.0', 'Rent of offices', EXPENSE],
			['01.00000.63000.00000.0', 'Telephone', EXPENSE],
			['01.00000.64000.00000.0', 'Motor vehicles', EXPENSE],
		],
		overhead: ['01.00000.62000.00000.0', '01.00000.63000.00000.0', '01.00000.64000.00000.0'],
		tax: ['01.00000.14500.00000.0', '01.00000.14510.00000.0'],
		isInactive: (number) => number.includes('.04200.'),
	}),
	layout({
		name: 'job in segment 3 of 4, alphanumeric; the natural account tells the type',
		jobs: jobs(['A204', 'A205', 'B118', 'B119', 'C001', 'C002']),
		trades: trades(
			['0110', '0230', '0310', '0330', '0420'],
			(code) => `${code.slice(0, 2)}-${code.slice(2)}`,
		),
		kinds: KINDS.map((kind, index) => ({ ...kind, gp: `50${index + 1}0` })),
		write: ({ job, trade, kind }) => ({ account: `10-${kind.gp}-${job.number}-${trade.gp}` }),
		chart: [
			['10-1010-0000-0000', 'Cash', SHEET],
			['10-1200-0000-0000', 'Accounts receivable', SHEET],
			['10-2010-0000-0000', 'Accounts payable', SHEET],
			['10-6110-0000-0000', 'Rent', EXPENSE],
			['10-6120-0000-0000', 'Telephone', EXPENSE],
		],
		overhead: ['10-6110-0000-0000', '10-6120-0000-0000'],
	}),
	layout({
		name: 'job in segment 4 of 4 with leading zeros',
		jobs: jobs(['000301', '000302', '000415', '001022', '001023'], (number) =>
			number.replace(/^0+/, ''),
		),
		trades: trades(NATURALS),
		kinds: KINDS,
		write: ({ job, trade, kind }) => ({ account: `${trade.gp}-${kind.gp}-10-${job.number}` }),
		chart: [
			['1100-00-10-000000', 'Cash', SHEET],
			['2100-00-10-000000', 'Accounts payable', SHEET],
			['2200-00-10-000000', 'Retainage payable', SHEET],
			['6100-00-10-000000', 'Rent', EXPENSE],
			['6300-00-20-000000', 'Legal', EXPENSE],
		],
		overhead: ['6100-00-10-000000', '6300-00-20-000000'],
	}),
	layout({
		name: 'job in segment 5 of 5, Procore puts P- before it',
		jobs: jobs(['1201', '1202', '1203', '1304', '1305', '1306'], (number) => `P-${number}`),
		trades: trades(CSI, csi),
		kinds: CSI_KINDS,
		write: ({ job, trade, kind }) => ({
			account: `1-5000-${trade.gp}-${kind.gp}-${job.number}`,
		}),
		chart: [
			['1-1000-00000-0-0000', 'Cash', SHEET],
			['1-1300-00000-0-0000', 'Inventory', SHEET],
			['1-2000-00000-0-0000', 'Accounts payable', SHEET],
			['1-2050-00000-0-0000', 'Accrued purchases', SHEET],
			['1-6000-00000-0-0000', 'Overhead', EXPENSE],
			['1-6100-00000-0-0000', 'Insurance', EXPENSE],
		],
		overhead: ['1-6000-00000-0-0000', '1-6100-00000-0-0000', '1-2050-00000-0-0000'],
		accruals: ['1-2050-00000-0-0000'],
	}),
	layout({
		name: 'the job is two segments',
		jobs: jobs(['24-015', '24-016', '24-017', '23-015', '23-088', '23-089']),
		trades: trades(NATURALS),
		kinds: KINDS,
		write: ({ job, trade, kind }) => ({ account: `${job.number}-${trade.gp}-${kind.gp}` }),
		chart: [
			['00-000-1100-00', 'Cash', SHEET],
			['00-000-1200-00', 'Receivables', SHEET],
			['00-000-2100-00', 'Accounts payable', SHEET],
			['00-000-6100-00', 'Rent', EXPENSE],
			['00-000-6200-00', 'Supplies', EXPENSE],
		],
		overhead: ['00-000-6100-00', '00-000-6200-00'],
	}),
	layout({
		name: 'sub-jobs beside the job, and the type as letter after the code',
		jobs: jobs(['1001', '1002', '1003', '1004', '1005']),
		trades: trades(CSI, csi),
		kinds: ['L', 'M', 'S'].map((type) => ({ gp: type, type, word: '' })),
		write: ({ job, trade, kind, random }) => ({
			account: `${job.number}/0${random.integer(0, 3)}/${trade.gp}${kind.gp}/5000`,
		}),
		chart: [
			['0000/00/000000/1000', 'Cash', SHEET],
			['0000/00/000000/1100', 'Receivables', SHEET],
			['0000/00/000000/2000', 'Payables', SHEET],
			['0000/00/000000/6000', 'Rent', EXPENSE],
			['0000/00/000000/6100', 'Power', EXPENSE],
		],
		overhead: ['0000/00/000000/6000', '0000/00/000000/6100'],
	}),
	layout({
		name: 'job and natural account in one segment',
		jobs: jobs(['301', '302', '303', '404', '405']),
		trades: trades(NATURALS),
		kinds: KINDS,
		write: ({ job, trade, kind }) => ({ account: `${job.number}${trade.gp}-${kind.gp}` }),
		chart: [
			['0001100-00', 'Cash', SHEET],
			['0002100-00', 'Payables', SHEET],
			['0006100-00', 'Rent', EXPENSE],
			['0006200-00', 'Power', EXPENSE],
		],
		overhead: ['0006100-00', '0006200-00'],
	}),
	layout({
		name: 'the year before the number differs in Procore, no type anywhere',
		jobs: jobs(
			['0301', '0302', '0303', '0304', '0288'],
			(number, index) => `202${index % 3}-${number}`,
		),
		trades: trades(NATURALS),
		kinds: NO_KIND,
		write: ({ job, trade }) => ({ account: `${trade.gp}-${job.number}` }),
		chart: [
			['1100-0000', 'Cash', SHEET],
			['1200-0000', 'Receivables', SHEET],
			['2100-0000', 'Payables', SHEET],
			['6100-0000', 'Rent', EXPENSE],
			['6110-0000', 'Power', EXPENSE],
		],
		overhead: ['6100-0000', '6110-0000'],
	}),
	layout({
		name: 'Procore has no codes yet, and no-job is GEN',
		jobs: jobs(['T10', 'T11', 'T12', 'T20', 'T21']),
		trades: trades(NATURALS),
		kinds: KINDS,
		codesInProcore: 'none',
		write: ({ job, trade, kind }) => ({ account: `${trade.gp}-${job.number}-${kind.gp}` }),
		chart: [
			['1100-GEN-00', 'Cash', SHEET],
			['1200-GEN-00', 'Receivables', SHEET],
			['2100-GEN-00', 'Payables', SHEET],
			['6100-GEN-00', 'Rent', EXPENSE],
			['6200-GEN-00', 'Power', EXPENSE],
		],
		overhead: ['6100-GEN-00', '6200-GEN-00'],
	}),
	layout({
		name: 'shop and yard beside the jobs, two jobs without a project',
		jobs: [
			...jobs(['501', '502', '503', '504', '505', '506', '507'], (number, index) =>
				index >= 5 ? null : number,
			),
			{ number: '900', project: null, name: 'Shop', isShop: true },
			{ number: '950', project: null, name: 'Equipment yard', isShop: true },
		],
		trades: trades(NATURALS),
		kinds: KINDS,
		documents: 220,
		write: ({ job, trade, kind }) => ({ account: `${job.number}-${trade.gp}-${kind.gp}` }),
		chart: [
			['000-1100-00', 'Cash', SHEET],
			['000-1200-00', 'Receivables', SHEET],
			['000-2100-00', 'Payables', SHEET],
			['000-4000-00', 'Contract revenue', { category: 'Sales' }],
			['501-4000-00', 'Contract revenue', { category: 'Sales' }],
			['502-4000-00', 'Contract revenue', { category: 'Sales' }],
			['503-4000-00', 'Contract revenue', { category: 'Sales' }],
			['000-6100-00', 'Rent', EXPENSE],
		],
		overhead: ['000-6100-00'],
	}),
	layout({
		name: 'letters beyond A to Z in the department before the job',
		jobs: jobs(
			['12001', '12002', '12003', '12004', '12005', '12006'],
			(number) => `${number.slice(0, 2)}-${number.slice(2)}`,
		),
		trades: trades(NATURALS),
		kinds: KINDS,
		write: ({ job, trade, kind, random }) => ({
			account: `${random.pick(['ÉQU', 'МСК'])}-${job.number}-${trade.gp}-${kind.gp}`,
		}),
		chart: [
			['ÉQU-00000-1100-00', 'Cash', SHEET],
			['ÉQU-00000-1200-00', 'Receivables', SHEET],
			['МСК-00000-2100-00', 'Accounts payable', SHEET],
			['ÉQU-00000-6100-00', 'Office rent', EXPENSE],
			['МСК-00000-6200-00', 'Telephone', EXPENSE],
		],
		overhead: ['ÉQU-00000-6100-00', 'МСК-00000-6200-00'],
	}),
	layout({
		name: 'jobs of letters in another script',
		jobs: jobs(['ПР1', 'ПР2', 'ПР3', 'ПР4', 'ПР5', 'ПР6'], (number) =>
			number === 'ПР6' ? null : number,
		),
		trades: trades(NATURALS),
		kinds: KINDS,
		write: ({ job, trade, kind }) => ({ account: `${job.number}-${trade.gp}-${kind.gp}` }),
		chart: [
			['000-1100-00', 'Cash', SHEET],
			['000-1200-00', 'Receivables', SHEET],
			['000-2100-00', 'Accounts payable', SHEET],
			['000-6100-00', 'Office rent', EXPENSE],
			['000-6200-00', 'Telephone', EXPENSE],
		],
		overhead: ['000-6100-00', '000-6200-00'],
	}),
];
