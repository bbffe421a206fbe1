import { minus, sum, toUnits } from '../../../sandbox/gp/company/amounts';
import { ACCOUNT, JOBS, TRADES } from '../../../sandbox/gp/company/chart-of-accounts';
import { generateCompany } from '../../../sandbox/gp/company/company';
import { costOf, truthOf } from '../../../sandbox/gp/company/truth';
import { DISTRIBUTION } from '../../../sandbox/gp/company/types';

const company = generateCompany();
const documents = [...company.documents.values()];
const vendors = [...company.vendors.values()];
const accounts = [...company.accounts.values()];

describe('the generated company', () => {
	it('is the same for the same seed and another for another seed', () => {
		expect(JSON.stringify([...generateCompany().documents])).toBe(
			JSON.stringify([...company.documents]),
		);
		expect(JSON.stringify([...generateCompany({ seed: 'other' }).documents])).not.toBe(
			JSON.stringify([...company.documents]),
		);
	});

	it('has at least 150 vendors, 120 accounts, 8 jobs and 600 documents', () => {
		expect(vendors.length).toBeGreaterThanOrEqual(150);
		expect(accounts.length).toBeGreaterThanOrEqual(120);
		expect(company.jobs).toHaveLength(8);
		expect(documents.length).toBeGreaterThanOrEqual(600);
	});

	it('grows with its options without changing the chart of accounts', () => {
		const large = generateCompany({ vendorCount: 20_000, documentCount: 100 });
		expect(large.vendors.size).toBe(20_000);
		expect([...large.accounts.keys()]).toEqual([...company.accounts.keys()]);
	});

	it.each(['fabrikam', 'a', 'b', 'c'])('keeps every document of seed %s in balance', (seed) => {
		for (const document of generateCompany({ seed }).documents.values()) {
			const { amounts, distributions } = document;
			expect(sum(distributions.map((row) => row.debit))).toBe(
				sum(distributions.map((row) => row.credit)),
			);
			if (document.documentType === 6) continue;
			const added = sum([amounts.purchases, amounts.freight, amounts.miscellaneous, amounts.tax]);
			expect(amounts.document).toBe(minus(added, amounts.tradeDiscount));
			const cost = costOf(document);
			const sign = document.documentType === 4 || document.documentType === 5 ? '-' : '';
			expect(cost).toBe(`${sign}${amounts.document}`);
			expect(distributions.every((row) => company.accounts.has(row.account))).toBe(true);
			expect(amounts.document).toMatch(/^\d+\.\d\d000$/);
		}
	});

	it.each([1, 2, 3, 4, 5, 6])('has documents of type %i in more than one state', (type) => {
		const states = new Set(
			documents.filter((one) => one.documentType === type).map((one) => one.state),
		);
		expect(states.size).toBeGreaterThan(1);
	});

	it('has voided documents, and only in history', () => {
		const voided = documents.filter((one) => one.voided);
		expect(voided.length).toBeGreaterThan(5);
		expect(new Set(voided.map((one) => one.state))).toEqual(new Set(['history']));
	});

	it('has freight, tax, miscellaneous, trade discount and retainage, each on some document', () => {
		for (const name of ['freight', 'tax', 'miscellaneous', 'tradeDiscount', 'retainage'] as const) {
			expect(documents.filter((one) => toUnits(one.amounts[name]) > 0n).length).toBeGreaterThan(5);
		}
	});

	it('puts several jobs on one invoice', () => {
		expect(truthOf(company).documents.filter((one) => one.jobs.length > 1).length).toBeGreaterThan(
			20,
		);
	});

	it('writes the job in the account for most costs, in the reference for some, in the order number for fewer, nowhere for a handful', () => {
		const cost = documents
			.flatMap((one) => one.distributions)
			.filter((row) => row.type === DISTRIBUTION.purchase && /^\d{3}-5/.test(row.account));
		const share = (carrier: string) =>
			cost.filter((row) => row.carrier === carrier).length / cost.length;
		expect(share('segment')).toBeGreaterThan(0.8);
		expect(share('reference')).toBeGreaterThan(share('purchaseOrder'));
		expect(share('purchaseOrder')).toBeGreaterThan(0.01);
		expect(share('none')).toBeGreaterThan(0);
		expect(share('none')).toBeLessThan(0.03);
		const jobs = new Set(JOBS.map((job) => job.number));
		for (const document of documents) {
			for (const row of document.distributions) {
				const found =
					row.carrier === 'segment'
						? row.account.slice(0, 3)
						: row.carrier === 'reference'
							? /^JOB (\d{3}) /.exec(row.reference)?.[1]
							: row.carrier === 'purchaseOrder'
								? /^(\d{3})-PO-\d{4}$/.exec(document.purchaseOrderNumber)?.[1]
								: null;
				expect(row.job).toBe(found);
				if (row.job !== null) expect(jobs.has(row.job)).toBe(true);
			}
			if (document.distributions.some((row) => row.carrier === 'none')) {
				expect(document.purchaseOrderNumber).not.toMatch(/-PO-/);
			}
		}
	});

	it('books freight, tax and discounts at company level', () => {
		const charges = documents
			.flatMap((one) => one.distributions)
			.filter((row) => [7, 8, 9, 10].includes(row.type));
		const used = new Set(charges.map((row) => row.account));
		expect(used).toEqual(
			new Set([ACCOUNT.freightIn, ACCOUNT.salesTax, ACCOUNT.miscellaneous, ACCOUNT.tradeDiscounts]),
		);
	});

	it('names a trade alike in every job', () => {
		for (const trade of TRADES) {
			const names = accounts
				.filter((one) => one.account.split('-')[1] === trade.natural)
				.map((one) => one.description.split(' - ')[0]);
			expect(new Set(names)).toEqual(new Set([trade.name]));
			expect(names.length).toBeGreaterThanOrEqual(9);
		}
	});

	it('has the uncommon vendors, accounts and names', () => {
		expect(new Set(vendors.map((one) => one.status))).toEqual(new Set([1, 2, 3]));
		expect(vendors.some((one) => one.onHold)).toBe(true);
		expect(new Set(accounts.map((one) => one.type))).toEqual(new Set([1, 2, 3, 4]));
		expect(accounts.some((one) => !one.active)).toBe(true);
		const names = vendors.map((one) => one.name).join('\n');
		for (const character of ['ñ', 'ü', '&', '"', ',', '(', "'", '<'])
			expect(names).toContain(character);
		expect(new Set(vendors.map((one) => one.vendorId)).size).toBe(vendors.length);
		expect(vendors.every((one) => one.vendorId.length <= 15)).toBe(true);
		expect(vendors.some((one) => one.addresses[0].phone1 === '00000000000000')).toBe(true);
	});

	it('has a document number used twice by one vendor, and payments numbered like vouchers', () => {
		const seen = new Map<string, number>();
		for (const one of documents.filter((row) => row.documentType === 1)) {
			const name = `${one.vendorId}/${one.documentNumber}`;
			seen.set(name, (seen.get(name) ?? 0) + 1);
		}
		expect([...seen.values()].filter((times) => times === 2)).toHaveLength(1);
		const payment = documents.find((one) => one.documentType === 6)!;
		expect(documents.some((one) => one.documentType !== 6 && one.voucher === payment.voucher)).toBe(
			true,
		);
	});

	it('spreads stamps over about 14 months, none after the base date, several rows sharing one', () => {
		const stamps = documents.map((one) => one.modified).sort();
		expect(stamps[0] < '2025-07-01').toBe(true);
		expect(stamps.at(-1)! < '2026-07-01').toBe(true);
		expect(stamps.at(-1)! > '2026-06-20').toBe(true);
		expect(new Set(stamps).size).toBeLessThan(stamps.length * 0.9);
		for (const stamp of stamps)
			expect(stamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d[037]$/);
	});
});
