import type { Comparison } from '../../lib/reconcile/account-books';
import { documentKey, type CompanyDocument } from '../../sandbox/gp/company/types';
import { Firm } from './support/firm';

jest.setTimeout(120_000);

const VAT = '000-1180-00';
const ACCRUAL = '000-2105-00';

/** A firm whose chart has what other firms have: recoverable VAT, a purchase accrual, a closed phase. */
async function firmWith(settings: Parameters<typeof Firm.open>[0]['settings'] = {}): Promise<Firm> {
	const firm = await Firm.open({ vendors: 8, documents: 20, settings });
	const { edits } = firm.gp;
	edits.addAccount({ account: VAT, description: 'Input VAT', postingType: 0 });
	edits.addAccount({ account: ACCRUAL, description: 'Accrued purchases', postingType: 0 });
	return firm;
}

function invoice(firm: Firm, lines: Record<string, string>, charges?: object): CompanyDocument {
	return firm.gp.edits.addInvoice({
		state: 'open',
		lines: Object.entries(lines).map(([account, amount]) => ({ account, amount })),
		...(charges ? { charges } : {}),
	});
}

function withTaxOn(document: CompanyDocument, account: string): CompanyDocument {
	document.distributions.find(({ type }) => type === 10)!.account = account;
	return document;
}

const differencesOf = ({ differences }: Comparison, document: CompanyDocument) =>
	differences
		.filter(({ key }) => key === documentKey(document))
		.map(({ cause, amount, message }) => ({ cause, amount: Number(amount), message }));

async function expectExplained(firm: Firm): Promise<Comparison> {
	const comparison = await firm.compare();
	expect(Number(comparison.total.unexplained)).toBe(0);
	return comparison;
}

function standingTotal(firm: Firm, document: CompanyDocument): number {
	return firm.procore
		.snapshot()
		.projects.flatMap(({ directCosts }) => directCosts)
		.filter(({ origin_id }) => String(origin_id).includes(`:${document.voucher}:P:`))
		.reduce((sum, { grand_total }) => sum + Number(grand_total), 0);
}

describe('accounting that fits', () => {
	let firm: Firm;
	afterEach(() => firm.close());

	test('recoverable VAT stays out of the cost, tax that is cost is in it', async () => {
		firm = await firmWith();
		const charges = { tax: '20.00' };
		const recovered = withTaxOn(invoice(firm, { '300-5130-02': '100.00' }, charges), VAT);
		const cost = invoice(firm, { '300-5130-02': '100.00' }, charges);
		await firm.run();
		expect([standingTotal(firm, recovered), standingTotal(firm, cost)]).toEqual([100, 120]);
		const books = await expectExplained(firm);
		expect(differencesOf(books, recovered)).toMatchObject([{ cause: 'skipped', amount: 20 }]);
		expect(differencesOf(books, recovered)[0].message).toContain('balance sheet');
		expect(differencesOf(books, cost)).toEqual([]);
	});

	test('with all tax as cost, VAT is in it, too', async () => {
		firm = await firmWith({ balanceSheetTax: 'asTax' });
		const document = withTaxOn(invoice(firm, { '300-5130-02': '100.00' }, { tax: '20.00' }), VAT);
		await firm.run();
		expect(standingTotal(firm, document)).toBe(120);
	});

	test('freight on an account set to skip stays out', async () => {
		firm = await firmWith();
		firm.crosswalk.accounts.push({ gp_company: 'TWO', gp_account: '000-5900-00', action: 'skip' });
		const document = invoice(firm, { '300-5130-02': '100.00' }, { freight: '9.00' });
		await firm.run();
		expect(standingTotal(firm, document)).toBe(100);
		expect(differencesOf(await expectExplained(firm), document)).toMatchObject([
			{ cause: 'skipped', amount: 9 },
		]);
	});

	test('the invoice of a three-way match waits, and says where its cost stands', async () => {
		firm = await firmWith({ accrualAccounts: [ACCRUAL] });
		const document = invoice(firm, { [ACCRUAL]: '75.00', '300-5130-02': '25.00' });
		await firm.run();
		expect(standingTotal(firm, document)).toBe(0);
		const [difference, ...others] = differencesOf(await expectExplained(firm), document);
		expect(others).toEqual([]);
		expect(difference).toMatchObject({ cause: 'parked', amount: 100 });
		expect(difference.message).toContain('cost stands on the purchase receipt');
	});

	test('the code of an inactive account is made when a cost needs it', async () => {
		firm = await firmWith();
		firm.gp.edits.addAccount({
			account: '300-5777-02',
			description: 'Job 300 - Tile',
			active: false,
		});
		const document = invoice(firm, { '300-5777-02': '60.00' });
		// No segment rule knows the account; the row makes it job cost.
		firm.crosswalk.accounts.push({
			gp_company: 'TWO',
			gp_account: '300-5777-02',
			cost_code: '5777',
		});
		await firm.run();
		expect(standingTotal(firm, document)).toBe(60);
		expect(differencesOf(await expectExplained(firm), document)).toEqual([]);
	});

	test('or the document waits, and the reason names the account', async () => {
		firm = await firmWith({ inactiveCostCodes: 'wait', inactiveAccounts: 'leaveOut' });
		firm.gp.edits.addAccount({ account: '300-5777-02', description: 'Tile', active: false });
		const document = invoice(firm, { '300-5777-02': '60.00' });
		firm.crosswalk.accounts.push({
			gp_company: 'TWO',
			gp_account: '300-5777-02',
			cost_code: '5777',
		});
		await firm.run();
		expect(standingTotal(firm, document)).toBe(0);
		const [difference] = differencesOf(await expectExplained(firm), document);
		expect(difference).toMatchObject({ cause: 'parked', amount: 60 });
		expect(difference.message).toContain('account 300-5777-02 is inactive in GP');
	});

	test('of an intercompany document only the own lines are cost, with all of its own charges', async () => {
		firm = await firmWith({ balanceSheetTax: 'asTax' });
		const document = invoice(
			firm,
			{ '300-5130-02': '60.00', '300-5120-03': '40.00' },
			{ freight: '6.00', tax: '3.00' },
		);
		document.distributions.find(({ account }) => account === '300-5120-03')!.company = 'THREE';
		await firm.run();
		expect(standingTotal(firm, document)).toBe(69);
		const told = differencesOf(await expectExplained(firm), document);
		expect(told).toMatchObject([{ cause: 'skipped', amount: 40 }]);
		expect(told[0].message).toContain('belongs to GP company THREE');
		// In history GP no longer says whose line it is: what was sent stays.
		firm.gp.edits.payVoucher(documentKey(document));
		await firm.run();
		expect(standingTotal(firm, document)).toBe(69);
	});

	test('an intercompany document whose lines nobody tells apart waits', async () => {
		firm = await firmWith();
		const document = invoice(firm, { '300-5130-02': '60.00', '300-5120-03': '40.00' });
		document.distributions[1].company = 'THREE';
		firm.gp.edits.payVoucher(documentKey(document));
		await firm.run();
		expect(standingTotal(firm, document)).toBe(0);
		expect(differencesOf(await expectExplained(firm), document)).toMatchObject([
			{ cause: 'parked', amount: 100 },
		]);
	});

	test('ids in mixed case are one vendor and one document', async () => {
		firm = await firmWith();
		const document = invoice(firm, { '300-5130-02': '100.00' });
		await firm.run();
		document.vendorId = document.vendorId.toLowerCase();
		firm.gp.edits.changeInvoiceAmount(documentKey(document), '110.00', { posted: true });
		await firm.run();
		expect(standingTotal(firm, document)).toBe(110);
		expect(differencesOf(await expectExplained(firm), document)).toEqual([]);
	});
});

describe('what changed since it was sent', () => {
	let firm: Firm;
	let document: CompanyDocument;
	beforeEach(async () => {
		firm = await firmWith();
		document = invoice(firm, { '300-5130-02': '100.00', '300-5120-03': '50.00' });
		await firm.run();
		expect(differencesOf(await expectExplained(firm), document)).toEqual([]);
	});
	afterEach(() => firm.close());

	const causes = async () => [
		...new Set(differencesOf(await expectExplained(firm), document).map(({ cause }) => cause)),
	];
	/** Drift is kept: what is mended all the same puts no edit of Procore back. */
	const mendedByDefault = async () => {
		const asked = firm.fixes(await firm.compare(), 'keep');
		await firm.run(asked);
		return asked.map(({ key }) => key);
	};
	const inProcore = (change: object) => {
		const { state } = firm.procore;
		const cost = state.directCosts
			.all()
			.find(({ origin_id }) => origin_id?.includes(document.voucher))!;
		const [line] = state.directCostLines.by('directCost', cost.id);
		state.put('directCostLines', { ...line, ...change });
		const total = state.directCostLines
			.by('directCost', cost.id)
			.reduce((sum, { amount }) => sum + Number(amount), 0);
		state.put('directCosts', { ...cost, grand_total: total.toFixed(2) });
		state.commit();
	};

	test('an amount, in GP alone, is changedInGp and mended by default', async () => {
		firm.gp.edits.changeInvoiceAmount(documentKey(document), '170.00', { posted: true });
		expect(await causes()).toEqual(['changedInGp']);
		expect(await mendedByDefault()).toEqual([documentKey(document)]);
		expect(standingTotal(firm, document)).toBe(170);
		expect(await causes()).toEqual([]);
	});

	test('an account, in GP alone and without any stamp, too', async () => {
		const [line] = document.distributions;
		firm.gp.edits.changeDistribution(documentKey(document), line.sequence, {
			account: '300-5150-02',
		});
		expect(await causes()).toEqual(['changedInGp']);
		expect(await mendedByDefault()).toEqual([documentKey(document)]);
		expect(await causes()).toEqual([]);
	});

	test('the crosswalk alone is mappingChanged, mended by default', async () => {
		firm.crosswalk.accounts.find(({ gp_account }) => gp_account === '300-5130-02')!.cost_code =
			'5150';
		expect(await causes()).toEqual(['mappingChanged']);
		expect(await mendedByDefault()).toContain(documentKey(document));
		expect(await causes()).toEqual([]);
	});

	test('a payment in GP changes nothing', async () => {
		firm.gp.edits.payVoucher(documentKey(document));
		expect(await causes()).toEqual([]);
	});

	test('an amount, in Procore alone, is editedInProcore and left', async () => {
		inProcore({ amount: '1.23' });
		expect(await causes()).toEqual(['editedInProcore']);
		expect(await mendedByDefault()).toEqual([]);
	});

	test('an amount on both sides is changedOnBothSides and left', async () => {
		firm.gp.edits.changeInvoiceAmount(documentKey(document), '170.00', { posted: true });
		inProcore({ amount: '1.23' });
		expect(await causes()).toEqual(['changedOnBothSides']);
		expect(await mendedByDefault()).toEqual([]);
	});

	test('what nothing tells about differs, and is left', async () => {
		firm.gp.edits.changeInvoiceAmount(documentKey(document), '170.00', { posted: true });
		const { state } = firm.procore;
		const cost = state.directCosts
			.all()
			.find(({ origin_id }) => origin_id?.includes(document.voucher))!;
		state.put('directCosts', { ...cost, origin_data: null });
		state.commit();
		expect(await causes()).toEqual(['differs']);
		expect(await mendedByDefault()).toEqual([]);
	});
});
