import type {
	AccountFacts,
	DistributionType,
	DocumentType,
	GpPayable,
} from '../../lib/model/gp-records';
import type { ChargePolicy } from '../../lib/mapping/policies.types';
import { generateCompany } from '../../sandbox/gp/company/company';
import { JOBS } from '../../sandbox/gp/company/chart-of-accounts';
import { truthOf } from '../../sandbox/gp/company/truth';
import type { CompanyDocument } from '../../sandbox/gp/company/types';
import { account, cents, costCodes, directCosts, map, payable } from './samples';

const DOCUMENT_TYPES: DocumentType[] = [
	'invoice',
	'financeCharge',
	'miscellaneousCharge',
	'return',
	'creditMemo',
	'payment',
];
const DISTRIBUTION_TYPES: Record<number, DistributionType> = {
	1: 'cash',
	2: 'payable',
	3: 'discountAvailable',
	4: 'discountTaken',
	5: 'financeCharge',
	6: 'purchase',
	7: 'tradeDiscount',
	8: 'miscellaneous',
	9: 'freight',
	10: 'taxes',
};

const company = generateCompany();
const truth = truthOf(company);
const projects = JOBS.map((job, index) => ({
	id: String(9000 + index),
	name: job.name,
	projectNumber: job.number,
}));
const records = [...company.documents.values()].map(asRecord);

function factsOf(account: string): AccountFacts {
	const { postingType, active, description } = company.accounts.get(account)!;
	return { postingType: postingType === 0 ? 'balanceSheet' : 'profitAndLoss', active, description };
}

function asRecord(document: CompanyDocument): GpPayable {
	return payable([], {
		voucher: document.voucher,
		documentType: DOCUMENT_TYPES[document.documentType - 1],
		documentNumber: document.documentNumber,
		vendorId: document.vendorId,
		state: document.state === 'work' ? 'unposted' : document.state,
		voided: document.voided,
		description: document.description,
		purchaseOrderNumber: document.purchaseOrderNumber,
		amounts: document.amounts,
		distributions: document.distributions.map(({ job: _job, carrier: _carrier, ...row }) => ({
			...row,
			type: DISTRIBUTION_TYPES[row.type],
			...(row.type === 10 ? { accountFacts: factsOf(row.account) } : {}),
		})),
	});
}

const sum = (amounts: string[]) => amounts.reduce((total, amount) => total + cents(amount), 0n);

describe('the payables of the sandbox company', () => {
	test.each(
		(['spread', 'ownLine'] as ChargePolicy[]).flatMap((policy) =>
			(['leave', 'sendAsDraft'] as const).flatMap((unposted) =>
				(['skip', 'expense'] as const).map((charges) => [policy, unposted, charges] as const),
			),
		),
	)(
		'add up to what GP holds, to the cent: charges %s, unposted %s, finance charges %s',
		(policy, unposted, financeCharges) => {
			const result = map(records, {
				projects,
				settings: {
					freight: policy,
					tax: policy,
					miscellaneous: policy,
					tradeDiscount: policy,
					unposted,
					financeCharges,
				},
			});
			const all = [...directCosts(result), ...result.notSent];
			const inGp = truth.documents
				.filter((document) => !document.voided && !document.key.startsWith('6;'))
				.map((document) => document.cost);
			expect(sum(all.map((one) => one.source.amount!))).toBe(sum(inGp));
			expect(new Set(all.map((one) => one.source.key)).size).toBe(records.length);
			expect(result.notSent.filter((one) => one.reason!.code === 'out-of-balance')).toEqual([]);
		},
	);

	test('find the job GP means for every purchase line', () => {
		const result = map(records, { projects });
		const parked = new Set(
			result.notSent.filter((one) => one.outcome === 'parked').map((one) => one.source.key),
		);
		const projectsOf = new Map<string, Set<string>>();
		for (const cost of directCosts(result)) {
			const known = projectsOf.get(cost.source.key) ?? new Set();
			projectsOf.set(cost.source.key, known.add(cost.projectId));
		}
		let compared = 0;
		for (const document of truth.documents) {
			const found = projectsOf.get(document.key);
			if (!found || document.voided) continue;
			const meant = document.jobs
				.filter((job) => job !== '')
				.map((job) => projects.find((project) => project.projectNumber === job)!.id);
			expect([...found].sort()).toEqual(meant.sort());
			compared++;
		}
		expect(compared).toBeGreaterThan(300);
		for (const key of parked) {
			const document = truth.documents.find((one) => one.key === key)!;
			expect([key, document.jobs.includes('')]).toEqual([key, true]);
		}
	});
});

test('every job cost line of the sandbox company has a cost code that its accounts bring', () => {
	const accounts = [...company.accounts.values()].map((row) =>
		account(row.account, { description: row.description, active: row.active }),
	);
	const codes = costCodes(map(accounts, { projects }));
	const standing = new Set(
		codes.map(
			(code) => `${code.projectId} ${code.parent ? `${code.parent.code}-` : ''}${code.code}`,
		),
	);
	expect(new Set(codes.map((code) => code.originId)).size).toBe(codes.length);
	const missing = directCosts(map(records, { projects })).flatMap((cost) =>
		cost.lines
			.map((line) => `${cost.projectId} ${line.costCode}`)
			.filter((code) => !standing.has(code)),
	);
	expect(missing).toEqual([]);
});
