import { DELIVERED_UNTIL_0_3, type MappingSettings } from '../../lib/mapping/types';
import { checkSettings, mappingVersion } from '../../lib/mapping/settings-check';
import { directCosts, map, payable, PROJECTS, type Entry } from './samples';

type Policies = Partial<MappingSettings>;
const one = (
	entries: Entry[],
	settings: Policies = {},
	given: Parameters<typeof payable>[1] = {},
) => {
	const result = map([payable(entries, given)], { settings });
	return { result, cost: directCosts(result)[0] };
};
const amounts = (cost: ReturnType<typeof one>['cost']) =>
	cost.lines.map(({ costCode, costType, amount }) => [costCode, costType, amount]);

describe('a line of its own for a charge', () => {
	const entries: Entry[] = [
		['purchase', '300-5110-02', '100'],
		['freight', '300-5400-04', '5'],
	];

	test('goes where its account says, unless the policy names a cost code and type', () => {
		const settings = { freight: 'ownLine' as const, costAccountPattern: '^3' };
		expect(amounts(one(entries, settings).cost)).toEqual([
			['5110', 'M', '100.00'],
			['5400', 'E', '5.00'],
		]);
		const ownLines = { freight: { costCode: '01-560', costType: 'O' } };
		const { cost } = one(entries, { ...settings, ownLines });
		expect(amounts(cost)).toEqual([
			['5110', 'M', '100.00'],
			['01-560', 'O', '5.00'],
		]);
		expect(cost.source.rule).toContain('policy for freight');
	});

	test('on a company account is made in each project of the document, on the code of the policy', () => {
		const { result } = one(
			[
				['purchase', '300-5110-02', '75'],
				['purchase', '301-5110-02', '25'],
				['freight', '000-6400-00', '10'],
			],
			{ freight: 'ownLine', ownLines: { freight: { costCode: '01-560' } } },
		);
		expect(directCosts(result).map((cost) => amounts(cost)[1])).toEqual([
			['01-560', 'O', '7.50'],
			['01-560', 'O', '2.50'],
		]);
	});

	test('gives way to a row of the accounts crosswalk', () => {
		const row = { gp_company: 'TWO', gp_account: '300-5400-04', cost_code: '5999', cost_type: 'S' };
		const result = map([payable(entries)], {
			settings: { freight: 'ownLine', ownLines: { freight: { costCode: '01-560' } } },
			crosswalk: { projects: [], vendors: [], accounts: [row] },
		});
		expect(amounts(directCosts(result)[0])[1]).toEqual(['5999', 'S', '5.00']);
	});
});

describe('tax by tax code', () => {
	const entries: Entry[] = [
		['purchase', '300-5110-02', '100'],
		['taxes', '000-2300-00', '8.25'],
	];
	const taxes = [{ taxDetailId: 'ILSTATE', account: null, amount: '8.25' }];
	const settings: Policies = { tax: 'taxCode', taxCodes: { ILSTATE: '1201' } };

	test('puts the code on the lines and leaves the amount to Procore, saying how much it is', () => {
		const { result, cost } = one(entries, settings, { taxes });
		expect(cost.lines).toMatchObject([{ amount: '100.00', taxCodeId: '1201' }]);
		expect(result.notSent).toMatchObject([
			{ outcome: 'skipped', source: { amount: '8.25' }, reason: { code: 'tax-by-code' } },
		]);
	});

	test.each([
		['no code is set for a detail', [{ ...taxes[0], taxDetailId: 'CHICAGO' }], settings],
		[
			'two details have different codes',
			[...taxes, { ...taxes[0], taxDetailId: 'CHICAGO' }],
			{ ...settings, taxCodes: { ILSTATE: '1201', CHICAGO: '1202' } },
		],
		['the site hands over no details', [], settings],
	])('lets the document wait when %s', (_, given, policies) => {
		const { result } = one(entries, policies, { taxes: given });
		expect(result.notSent).toMatchObject([
			{ outcome: 'parked', reason: { code: 'tax-code-missing' } },
		]);
	});

	test('takes the code for all others where no detail is known', () => {
		const { cost } = one(entries, { tax: 'taxCode', taxCodes: { '': '1200' } });
		expect(cost.lines).toMatchObject([{ taxCodeId: '1200' }]);
	});
});

describe('retainage', () => {
	const entries: Entry[] = [
		['purchase', '300-5130-03', '600'],
		['purchase', '300-5130-03', '400'],
		['other', '000-2110-00', '-100', 'Retainage'],
	];

	test('is part of the cost by default', () => {
		expect(one(entries).cost.total).toBe('1000.00');
	});

	test('can stand beside the lines it is held back from, on a code of its own', () => {
		const ownLines = { retainage: { costCode: '01-900', costType: 'S' } };
		const { cost } = one(entries, { retainage: 'ownLine', ownLines });
		expect(amounts(cost)).toEqual([
			['5130', 'S', '540.00'],
			['5130', 'S', '360.00'],
			['01-900', 'S', '100.00'],
		]);
		expect(cost.total).toBe('1000.00');
		expect(cost.lines[2]).toMatchObject({ description: 'Retainage' });
		expect(new Set(cost.lines.map(({ originId }) => originId)).size).toBe(3);
	});

	test('can be left out, with its amount and the reason', () => {
		const { result, cost } = one(entries, { retainage: 'leaveOut' });
		expect(cost.total).toBe('900.00');
		expect(result.notSent).toMatchObject([
			{ outcome: 'skipped', source: { amount: '100.00' }, reason: { code: 'retainage' } },
		]);
	});

	test('is read off the document where no distribution holds it back', () => {
		const amountsOf = payable([]).amounts;
		const given = { amounts: { ...amountsOf, document: '1000', retainage: '50' } };
		const { cost } = one([['purchase', '300-5130-03', '1000']], { retainage: 'leaveOut' }, given);
		expect(cost.total).toBe('950.00');
	});

	test('that the way into GP does not tell waits when it is to be kept apart, and only then', () => {
		const lines: Entry[] = [['purchase', '300-5130-03', '1000']];
		const unknown = { retainageUnknown: true as const };
		expect(one(lines, {}, unknown).cost.total).toBe('1000.00');
		const result = map([payable(lines, unknown)], { settings: { retainage: 'leaveOut' } });
		expect(directCosts(result)).toEqual([]);
		expect(result.notSent).toMatchObject([
			{ outcome: 'parked', reason: { code: 'retainage-unknown' } },
		]);
		// A line that holds it back tells all there is to know.
		expect(one(entries, { retainage: 'leaveOut' }, unknown).cost.total).toBe('900.00');
	});

	test('of a credit memo is held back the other way', () => {
		const { cost } = one(
			[
				['purchase', '300-5130-03', '-1000'],
				['other', '000-2110-00', '100'],
			],
			{ retainage: 'leaveOut' },
			{ documentType: 'creditMemo' },
		);
		expect(cost.total).toBe('-900.00');
	});
});

describe('a payment', () => {
	const manual: Entry[] = [['purchase', '300-5110-02', '40']];

	test('is no cost, unless the policy sends checks charged straight to a job', () => {
		const given = { documentType: 'payment' as const };
		expect(one(manual, {}, given).result.desired).toEqual([]);
		const { cost } = one(manual, { payments: 'expense' }, given);
		expect(cost).toMatchObject({ total: '40.00', header: { direct_cost_type: 'expense' } });
		expect(cost.header.invoice_number).toBeUndefined();
	});

	test('that only settles is left out whatever the policy', () => {
		const { result } = one(
			[['cash', '000-1100-00', '-40']],
			{ payments: 'expense' },
			{
				documentType: 'payment',
			},
		);
		expect(result.notSent).toMatchObject([{ outcome: 'skipped', reason: { code: 'payment' } }]);
	});
});

describe('a document in a foreign currency', () => {
	const entries: Entry[] = [['purchase', '300-5110-02', '40']];

	test('is sent by its functional amounts, or waits where only originating ones are known', () => {
		const given = { currencyId: 'Z-EUR' };
		const own = { functionalCurrency: 'z-us$' };
		expect(one(entries, own, given).cost.total).toBe('40.00');
		const { result } = one(entries, { ...own, foreignCurrency: 'park' }, given);
		expect(result.notSent).toMatchObject([
			{ outcome: 'parked', reason: { code: 'foreign-currency' } },
		]);
	});

	test('waits whatever the policy where its amounts turn out to be in its own currency', () => {
		const given = { currencyId: 'CAD', amountsAreForeign: true as const };
		const { result } = one(entries, {}, given);
		expect(result.notSent).toMatchObject([
			{ outcome: 'parked', reason: { code: 'foreign-currency', causeKey: 'CURRENCY:CAD' } },
		]);
		expect(result.desired).toEqual([]);
	});

	test.each(['Z-US$', null])('is none when its currency is %p', (currencyId) => {
		const policies: Policies = { functionalCurrency: 'Z-US$', foreignCurrency: 'park' };
		expect(one(entries, policies, { currencyId }).cost.total).toBe('40.00');
	});
});

describe('the header', () => {
	const entries: Entry[] = [['purchase', '300-5110-02', '40']];
	const header = (settings: Policies, given = {}) => one(entries, settings, given).cost.header;

	test('takes the dates the policies name', () => {
		expect(header({ costDate: 'posting', receivedDate: 'document' })).toMatchObject({
			direct_cost_date: '2026-02-28',
			received_date: '2026-02-27',
		});
		expect(header({})).not.toHaveProperty('received_date');
	});

	test('never calls a due date the day of payment, whatever an older workflow has set', () => {
		const old = { paymentDate: 'due' } as Policies;
		expect(header(old)).not.toHaveProperty('payment_date');
		expect(header({})).not.toHaveProperty('payment_date');
		const settings = { ...DELIVERED_UNTIL_0_3, ...old };
		expect(checkSettings(settings).problems).toEqual([
			expect.stringContaining('"Due Date Becomes" is no more'),
		]);
		expect(mappingVersion(settings)).toBe(mappingVersion(DELIVERED_UNTIL_0_3));
		const none = { ...DELIVERED_UNTIL_0_3, paymentDate: 'none' };
		expect(checkSettings(none).problems).toEqual([]);
	});

	test('has no suffix where a repeated number is to be refused', () => {
		expect(header({})).toHaveProperty('invoiceNumberSuffix');
		expect(header({ duplicateNumbers: 'refuse' })).not.toHaveProperty('invoiceNumberSuffix');
	});

	test('puts its description together from the parts named, in their order', () => {
		const given = { purchaseOrderNumber: 'PO-7' };
		expect(
			header({ descriptionParts: ['voucher', 'vendorName', 'description', 'dueDate'] }, given)
				.description,
		).toBe('ACME CONCRETE, Rebar (voucher 00000000000000417, due 2026-03-29)');
		expect(header({ descriptionParts: [] }, given)).not.toHaveProperty('description');
	});
});

describe('an invoice with a PO number', () => {
	const entries: Entry[] = [['purchase', '300-5110-02', '40']];
	const given = { purchaseOrderNumber: '300-PO17' };

	test('is handed on with its commitment when the policy asks for it', () => {
		expect(one(entries, {}, given).cost).not.toHaveProperty('commitment');
		expect(one(entries, { commitments: 'requisition' }, given).cost.commitment).toEqual({
			number: '300-PO17',
			then: 'requisition',
		});
		expect(one(entries, { commitments: 'skip' }).cost).not.toHaveProperty('commitment');
	});

	test('finds the number of the commitment inside by pattern', () => {
		const policies: Policies = { commitments: 'skip', commitmentPattern: '^\\d+-(PO\\d+)$' };
		expect(one(entries, policies, given).cost.commitment).toEqual({ number: 'PO17', then: 'skip' });
		const other = one(entries, policies, { purchaseOrderNumber: 'verbal' });
		expect(other.cost).not.toHaveProperty('commitment');
	});
});

describe('a document that was sent to other projects before', () => {
	const key = '1;00000000000000417';
	const earlierProjects = { [key]: ['9001', '9002', '9001'] };
	const sent = (entries: Entry[], given = {}, more: Parameters<typeof map>[1] = {}) =>
		map([payable(entries, given)], { earlierProjects, ...more });

	test('is withdrawn where no line names the project any more, under the same origin id', () => {
		const result = sent([['purchase', '301-5110-02', '40']]);
		expect(
			directCosts(result).map(({ originId, voided, total }) => [originId, voided, total]),
		).toEqual([
			['GP:TWO:PM:1:00000000000000417:P:9002', false, '40.00'],
			['GP:TWO:PM:1:00000000000000417:P:9001', true, '0.00'],
		]);
		expect(directCosts(result)[1]).toMatchObject({
			withdrawn: true,
			lines: [],
			source: { amount: '0.00', rule: expect.stringContaining('withdrawn') },
		});
	});

	test('is withdrawn everywhere when nothing of it is sent any more', () => {
		const row = { gp_company: 'TWO', gp_vendor_id: 'ACME0001', action: 'skip' };
		const result = sent(
			[['purchase', '300-5110-02', '40']],
			{},
			{
				crosswalk: { projects: [], accounts: [], vendors: [row] },
			},
		);
		expect(directCosts(result).map(({ projectId, voided }) => [projectId, voided])).toEqual([
			['9001', true],
			['9002', true],
		]);
		expect(result.notSent).toHaveLength(1);
	});

	test('stays where a line names it while another line waits, and goes where none does', () => {
		const result = sent([
			['purchase', '300-5110-02', '40'],
			['purchase', '777-5110-02', '2'],
		]);
		expect(directCosts(result).map(({ projectId, voided }) => [projectId, voided])).toEqual([
			['9002', true],
		]);
		expect(result.notSent).toMatchObject([{ outcome: 'parked', source: { amount: '42.00' } }]);
	});

	test.each<[string, string, { twin?: true; action?: string; procore_project_id?: string }]>([
		['two projects have the number', 'job-ambiguous', { twin: true }],
		['a word in the row is not known', 'crosswalk-action-unknown', { action: 'sned' }],
		[
			'the row names a project that is not shown',
			'project-unknown',
			{ procore_project_id: '9999' },
		],
	])('stays where nothing shows that it left: %s', (_why, code, { twin, ...cells }) => {
		const row = { gp_company: 'TWO', gp_job: '301', gp_job_name: '', ...cells };
		const projects = twin
			? [...PROJECTS, { id: '9010', name: 'Another 301', projectNumber: '301' }]
			: PROJECTS;
		const crosswalk = { projects: twin ? [] : [row], accounts: [], vendors: [] };
		const result = sent([['purchase', '301-5110-02', '40']], {}, {
			projects,
			crosswalk,
		} as never);
		expect(result.notSent).toMatchObject([{ outcome: 'parked', reason: { code } }]);
		expect(result.desired).toEqual([]);
	});

	test('stays as it is when its lines could not be looked at', () => {
		const record = payable([['purchase', '301-5110-02', '40']]);
		record.distributions = record.distributions.filter(({ type }) => type !== 'payable');
		const result = map([record], { earlierProjects });
		expect(result.desired).toEqual([]);
		expect(result.notSent).toMatchObject([{ reason: { code: 'out-of-balance' } }]);
	});

	test('is voided in all of them when GP voids it', () => {
		const result = sent([['purchase', '300-5110-02', '40']], { voided: true });
		expect(directCosts(result).map(({ projectId, voided }) => [projectId, voided])).toEqual([
			['9001', true],
			['9002', true],
		]);
		const off = sent([['purchase', '000-6150-00', '40']], { voided: true });
		expect(directCosts(off).map(({ projectId }) => projectId)).toEqual(['9001', '9002']);
		expect(off.notSent).toEqual([]);
	});
});

describe('what GP no longer has', () => {
	const deleted = (entity: 'vendor' | 'account' | 'payable', key: string) => ({
		company: 'TWO',
		entity,
		key,
	});

	test('is taken out of the budget wherever it was sent', () => {
		const result = map([], {
			deleted: [deleted('payable', '3;MC7')],
			earlierProjects: { '3;MC7': ['9003'] },
		});
		expect(directCosts(result)).toMatchObject([
			{
				originId: 'GP:TWO:PM:3:MC7:P:9003',
				voided: true,
				header: { direct_cost_type: 'expense' },
				source: { key: '3;MC7', amount: '0.00', touches: '|VOUCHER:MC7|' },
			},
		]);
	});

	test.each([
		['payable', '1;8', 'deleted-never-sent'],
		['vendor', 'ACME0001', 'deleted-in-gp'],
		['account', '300-5110-02', 'deleted-in-gp'],
	] as const)(
		'and nothing is to be done about is skipped with a reason: %s',
		(entity, key, code) => {
			const result = map([], { deleted: [deleted(entity, key)] });
			expect(result.desired).toEqual([]);
			expect(result.notSent).toMatchObject([{ outcome: 'skipped', reason: { code } }]);
			// Only a document has an amount.
			expect(result.notSent[0].source.amount).toBe(entity === 'payable' ? '0.00' : undefined);
		},
	);
});

test('two companies with the same voucher have origin ids, jobs and crosswalk rows of their own', () => {
	const entries: Entry[] = [['purchase', '300-5110-02', '40']];
	const result = map([payable(entries), payable(entries, { company: 'THREE' })], {
		settings: { company: '' },
		crosswalk: {
			projects: [{ gp_company: 'THREE', gp_job: '300', procore_project_id: '9003' }],
			accounts: [],
			vendors: [],
		},
		projects: PROJECTS,
	});
	expect(directCosts(result).map(({ originId }) => originId)).toEqual([
		'GP:TWO:PM:1:00000000000000417:P:9001',
		'GP:THREE:PM:1:00000000000000417:P:9003',
	]);
	expect(result.newJobs.map(({ gp_company, gp_job }) => [gp_company, gp_job])).toEqual([
		['TWO', '300'],
	]);
});

test.each(['777-5110-02', '301-5110-02', '000-6100-00'])(
	'freight on account %s is shared out over the cost, whatever job it names itself',
	(account) => {
		const document = payable([
			['purchase', '300-5110-02', '100'],
			['freight', account, '40'],
		]);
		const result = map([document], { settings: { freight: 'spread' } });
		expect(directCosts(result).map(({ projectId, total }) => [projectId, total])).toEqual([
			['9001', '140.00'],
		]);
		expect(result.notSent).toEqual([]);
	},
);
