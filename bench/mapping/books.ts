import { contentHash } from '../../lib/model/json-text';
import { toFixed } from '../../lib/model/money';
import type { GpDistribution, GpPayable } from '../../lib/model/gp-records';
import {
	type Crosswalk,
	DELIVERED_UNTIL_0_3,
	type MappingSettings,
	type ProjectCandidate,
} from '../../lib/mapping/types';

/** A contractor's books, the same every time: 50 jobs, 8,000 job cost accounts, 25,000 documents. */
export const JOBS = Array.from({ length: 50 }, (_, index) => String(100 + index));
const CODES = Array.from({ length: 40 }, (_, index) => String(5100 + index * 5));
const TYPES = ['01', '02', '03', '04'];
const COST_LINES = 4;

export const PROJECTS: ProjectCandidate[] = JOBS.map((job, index) => ({
	id: String(9000 + index),
	name: `Project ${job}`,
	projectNumber: job,
}));

export const CROSSWALK: Crosswalk = {
	projects: JOBS.map((job, index) => ({
		id: index + 1,
		gp_company: 'TWO',
		gp_job: job,
		procore_project_id: String(9000 + index),
		action: 'send',
	})),
	accounts: JOBS.flatMap((job, jobIndex) =>
		CODES.flatMap((code, codeIndex) =>
			TYPES.map((type, typeIndex) => ({
				id: (jobIndex * CODES.length + codeIndex) * TYPES.length + typeIndex + 1,
				gp_company: 'TWO',
				gp_account: `${job}-${code}-${type}`,
				cost_code: code,
				cost_type: ['L', 'M', 'S', 'E'][typeIndex],
				action: 'send',
			})),
		),
	),
	vendors: Array.from({ length: 100 }, (_, index) => ({
		id: index + 1,
		gp_company: 'TWO',
		gp_vendor_id: `LINKED${index}`,
		procore_vendor_id: String(70_000 + index),
	})),
};

/** Ten rules, as a site grown over years has; one line in ten meets one of them. */
export const SETTINGS: MappingSettings = {
	...DELIVERED_UNTIL_0_3,
	company: 'TWO',
	rules: Array.from({ length: 10 }, (_, index) => ({
		name: `Rule ${index}`,
		when: { reference: `\\bLOT ${index}\\b`, documentTypes: ['invoice' as const] },
		set: { costType: 'S' },
	})),
};

/** Cost distributions among the documents. */
export function distributionCount(documents: number): number {
	return documents * COST_LINES;
}

export function documentAt(index: number): GpPayable {
	const job = JOBS[index % JOBS.length];
	const amounts = Array.from({ length: COST_LINES }, (_, line) =>
		toFixed(`${((index * 7919 + line * 104_729) % 9_000_000) + 1}e-2`),
	);
	const distributions: GpDistribution[] = amounts.map((amount, line) => {
		const code = CODES[(index + line * 7) % CODES.length];
		// One in eight stands on a company account and names its job in the reference.
		const hidden = index % 8 === 0;
		const account = `${hidden ? '000' : job}-${code}-${TYPES[(index + line) % 4]}`;
		return {
			sequence: (line + 1) * 16384,
			type: line === COST_LINES - 1 && index % 5 === 0 ? 'freight' : 'purchase',
			account,
			debit: amount,
			credit: '0',
			reference: hidden ? `JOB ${job}` : `LOT ${(index + line) % 100}`,
		};
	});
	const owed = amounts.reduce((sum, amount) => sum + BigInt(amount.replace('.', '')), 0n);
	const total = toFixed(`${owed}e-2`);
	distributions.push({
		sequence: 1,
		type: 'payable',
		account: '000-2100-00',
		debit: '0',
		credit: total,
		reference: null,
	});
	const voucher = String(index).padStart(17, '0');
	const record = {
		kind: 'payable' as const,
		company: 'TWO',
		key: `1;${voucher}`,
		modified: '2026-03-01T10:00:00.000Z',
		extra: {},
		voucher,
		documentType: 'invoice' as const,
		documentNumber: `INV-${index}`,
		vendorId: `VENDOR${index % 2_000}`,
		vendorName: `Vendor ${index % 2_000}`,
		state: 'open' as const,
		voided: false,
		documentDate: '2026-02-27',
		postingDate: '2026-02-28',
		dueDate: '2026-03-29',
		postedDate: '2026-02-28',
		description: 'Weekly delivery',
		purchaseOrderNumber: null,
		batch: 'AP0228',
		paymentTermsId: 'Net 30',
		currencyId: 'Z-US$',
		amounts: {
			document: total,
			purchases: total,
			tradeDiscount: '0',
			freight: '0',
			miscellaneous: '0',
			tax: '0',
			retainage: '0',
		},
		distributions,
		taxes: [],
	};
	return { ...record, hash: contentHash(voucher) };
}
