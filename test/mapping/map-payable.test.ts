import {
	DOCUMENT_TYPE_NUMBERS,
	DOCUMENT_TYPES,
	type DocumentType,
	type GpPayable,
} from '../../lib/model/gp-records';
import { directCosts, type Entry, map, payable } from './samples';

const crosswalk = (given: object) => ({ projects: [], accounts: [], vendors: [], ...given });

describe('a payables invoice', () => {
	test('becomes a direct cost of the project its account segment names', () => {
		const record = payable([['purchase', '300-5110-02', '1250.5', 'Rebar level 2']], {
			purchaseOrderNumber: '300-PO17',
		});
		const result = map([record]);
		expect(result.notSent).toEqual([]);
		expect(directCosts(result)).toEqual([
			{
				kind: 'directCost',
				originId: 'GP:TWO:PM:1:00000000000000417:P:9001',
				source: {
					company: 'TWO',
					entity: 'payable',
					key: '1;00000000000000417',
					label: 'Invoice INV-88 of ACME0001, voucher 00000000000000417',
					state: 'open',
					content: expect.stringMatching(/^[0-9a-f]{12}$/),
					modified: '2026-03-01T10:00:00.000Z',
					hash: record.hash,
					amount: '1250.50',
					vendorName: 'ACME CONCRETE',
					touches: '|V:ACME0001|VOUCHER:00000000000000417|DOC:INV-88|J:300|A:300-5110-02|',
					mappingVersion: expect.stringMatching(/^[0-9a-f]{12}$/),
					rule: 'account segment 1; job 300 = project number; account segment 2',
				},
				record,
				projectId: '9001',
				vendorOriginId: 'GP:TWO:V:ACME0001',
				codeAccounts: [{ costCode: '5110', account: '300-5110-02' }],
				voided: false,
				header: {
					direct_cost_type: 'invoice',
					invoice_number: 'INV-88',
					invoiceNumberSuffix: ' (00000000000000417)',
					status: 'approved',
					direct_cost_date: '2026-02-27',
					terms: 'Net 30',
					description: 'Rebar (PO 300-PO17, batch AP0228)',
				},
				lines: [
					{
						originId: 'GP:TWO:PM:1:00000000000000417:P:9001:L:16384',
						costCode: '5110',
						costType: 'M',
						amount: '1250.50',
						description: 'Rebar level 2 (300-5110-02)',
					},
				],
				total: '1250.50',
			},
		]);
	});

	test('of two jobs becomes two direct costs, which share freight by cost', () => {
		const result = map([
			payable([
				['purchase', '300-5110-02', '200'],
				['purchase', '301-5120-01', '100'],
				['freight', '000-5400-00', '10'],
			]),
		]);
		expect(directCosts(result).map((one) => [one.projectId, one.total])).toEqual([
			['9001', '206.67'],
			['9002', '103.33'],
		]);
		expect(directCosts(result).map((one) => one.source.amount)).toEqual(['206.67', '103.33']);
	});

	test('takes the job of a company account from the reference, then from the PO number', () => {
		const byReference = map([payable([['purchase', '000-5110-02', '10', 'JOB 301 slab']])]);
		const byOrder = map([
			payable([['purchase', '000-5110-02', '10', 'job site clean-up']], {
				purchaseOrderNumber: '302-PO9',
			}),
		]);
		expect(directCosts(byReference)[0].projectId).toBe('9002');
		expect(directCosts(byOrder)[0].projectId).toBe('9003');
		expect(directCosts(byOrder)[0].lines[0].costCode).toBe('5110');
	});

	test('never sends what settles or moves money', () => {
		const result = map([
			payable([
				['purchase', '300-5110-02', '100'],
				['discountAvailable', '000-2105-00', '2'],
				['discountTaken', '000-4500-00', '-2'],
				['cash', '000-1100-00', '-5'],
				['dueTo', '000-2900-00', '-7'],
				['dueFrom', '000-1900-00', '7'],
			]),
		]);
		expect(directCosts(result)[0].lines.map((line) => line.amount)).toEqual(['100.00']);
	});

	test('keeps the whole cost when retainage is held back in another liability', () => {
		const result = map([
			payable([
				['purchase', '300-5130-03', '1000'],
				['other', '000-2110-00', '-100', 'Retainage'],
			]),
		]);
		expect(directCosts(result)[0].total).toBe('1000.00');
		expect(result.notSent).toEqual([]);
	});

	test('has a negative line for a credit among its purchases', () => {
		const result = map([
			payable([
				['purchase', '300-5110-02', '100'],
				['purchase', '300-5120-02', '-30.25'],
			]),
		]);
		expect(directCosts(result)[0].lines.map((line) => line.amount)).toEqual(['100.00', '-30.25']);
		expect(directCosts(result)[0].total).toBe('69.75');
	});

	test('leaves out overhead lines and says how much they are', () => {
		const result = map([
			payable([
				['purchase', '300-5110-02', '100'],
				['purchase', '000-6150-00', '300'],
				['taxes', '000-2300-00', '40'],
			]),
		]);
		expect(directCosts(result)[0].total).toBe('110.00');
		expect(result.notSent).toMatchObject([
			{
				outcome: 'skipped',
				source: { key: '1;00000000000000417', amount: '330.00' },
				reason: { code: 'not-job-cost', message: expect.stringContaining('000-6150-00') },
			},
		]);
	});

	test('is skipped when no line is job cost', () => {
		const result = map([payable([['purchase', '000-6150-00', '300']])]);
		expect(result.desired).toEqual([]);
		expect(result.notSent).toMatchObject([{ outcome: 'skipped', source: { amount: '300.00' } }]);
	});

	test('waits as a whole when one line has no project, and names the line', () => {
		const record = payable([
			['purchase', '300-5110-02', '100'],
			['purchase', '777-5110-02', '1'],
		]);
		const result = map([record]);
		expect(result.desired).toEqual([]);
		expect(result.notSent).toEqual([
			expect.objectContaining({
				outcome: 'parked',
				record,
				source: expect.objectContaining({ amount: '101.00' }),
				reason: {
					code: 'job-without-project',
					causeKey: 'J:777',
					message: 'line 32768 (777-5110-02): No Procore project is linked to GP job 777',
					remedy: expect.stringContaining('job 777'),
				},
			}),
		]);
		expect(result.newJobs.map((row) => [row.gp_job, row.procore_project_id])).toEqual([
			['300', '9001'],
			['777', ''],
		]);
	});

	test('waits when a company account gives no hint of a job', () => {
		const result = map([payable([['purchase', '000-5110-02', '5', 'nails']])]);
		expect(result.notSent[0]).toMatchObject({ outcome: 'parked', reason: { code: 'no-job' } });
	});

	test('waits when its distributions do not balance', () => {
		const record = payable([['purchase', '300-5110-02', '100']]);
		record.distributions = record.distributions.filter((one) => one.type !== 'payable');
		expect(map([record]).notSent[0]).toMatchObject({
			outcome: 'parked',
			reason: { code: 'out-of-balance', message: expect.stringContaining('100.00') },
		});
	});

	test('waits when it came without distributions', () => {
		const record = payable([['purchase', '300-5110-02', '100']]);
		record.distributions = [];
		expect(map([record]).notSent[0]).toMatchObject({
			outcome: 'parked',
			reason: { code: 'no-distributions' },
		});
	});

	test('waits when none of its distributions has an amount: that is no document without cost', () => {
		const record = payable([['purchase', '300-5110-02', '100']]);
		for (const one of record.distributions) Object.assign(one, { debit: '0', credit: '0' });
		expect(map([record]).notSent[0]).toMatchObject({
			outcome: 'parked',
			reason: { code: 'no-distributions', message: expect.stringContaining('100.00') },
		});
		record.amounts.document = '0';
		expect(map([record]).notSent[0]).toMatchObject({ reason: { code: 'no-cost' } });
	});

	describe('whose distributions balance among themselves', () => {
		const cut = (
			amount: string,
			more: Parameters<typeof payable>[1] = {},
			entries: Entry[] = [],
		) => {
			const record = payable([['purchase', '300-5110-02', '60'], ...entries], more);
			record.amounts = { ...record.amounts, document: amount };
			return record;
		};
		const reasonOf = (record: GpPayable, settings = {}) =>
			map([record], { settings }).notSent.map(({ reason }) => reason!.code);

		test('waits when it amounts to more than they do: some were cut off', () => {
			const [outcome] = map([cut('100')]).notSent;
			expect(outcome).toMatchObject({ outcome: 'parked', reason: { code: 'out-of-balance' } });
			expect(outcome.reason!.message).toContain('amounts to 100.00 and its distributions to 60.00');
		});

		test('names retainage where the service does not tell it', () => {
			const remedyOf = (more: object) => map([cut('100', more)]).notSent[0].reason!.remedy;
			expect(remedyOf({ retainageUnknown: true })).toContain('Where the difference is retainage');
			expect(remedyOf({})).not.toContain('retainage');
		});

		test('waits when a credit memo came with the sides of an invoice', () => {
			expect(reasonOf(cut('60', { documentType: 'creditMemo' }))).toEqual(['out-of-balance']);
		});

		test.each<[string, GpPayable, object?]>([
			['the same', cut('60')],
			['less than a cent apart', cut('60.004')],
			['half a cent apart, as its amount was rounded', cut('60.005')],
			[
				'with tax and freight',
				cut('68', {}, [
					['taxes', '000-5110-02', '5'],
					['freight', '300-5330-02', '3'],
				]),
			],
			['with trade discount', cut('58', {}, [['tradeDiscount', '300-5110-02', '-2']])],
			[
				'with something else booked on it',
				cut('55', {}, [
					['other', '300-5110-02', '-5'],
					['withholding', '000-2150-00', '-1'],
				]),
			],
			['with a line of another company', cut('100', {}, [['dueFrom', '000-1300-00', '40']])],
			[
				'in another currency than the company',
				cut('44', { currencyId: 'Z-EUR' }),
				{ functionalCurrency: 'Z-US$' },
			],
		])('goes when it is %s', (_what, record, settings = {}) => {
			expect(reasonOf(record, settings)).not.toContain('out-of-balance');
		});
	});

	test('waits when an amount is not a number', () => {
		const record = payable([['purchase', '300-5110-02', '100']]);
		record.distributions[0].debit = '1.234,00';
		expect(map([record]).notSent[0]).toMatchObject({
			outcome: 'parked',
			reason: { code: 'record-unreadable' },
		});
	});

	test('without a document number goes by its voucher', () => {
		const result = map([payable([['purchase', '300-5110-02', '1']], { documentNumber: ' ' })]);
		expect(directCosts(result)[0].header.invoice_number).toBe('00000000000000417');
	});

	test('keeps lines apart when a site repeats a sequence', () => {
		const record = payable([
			['purchase', '300-5110-02', '1'],
			['purchase', '300-5110-01', '2'],
		]);
		record.distributions[1].sequence = record.distributions[0].sequence;
		const ids = directCosts(map([record]))[0].lines.map((line) => line.originId);
		expect(new Set(ids).size).toBe(2);
	});

	test('keeps long origin ids short and apart', () => {
		const company = 'C'.repeat(90);
		const ids = ['A', 'B'].flatMap((end) =>
			directCosts(
				map([payable([['purchase', '300-5110-02', '1']], { company, voucher: `0000${end}` })], {
					settings: { company },
				}),
			).flatMap((one) => [one.originId, ...one.lines.map((line) => line.originId)]),
		);
		expect(new Set(ids).size).toBe(4);
		expect(Math.max(...ids.map((id) => id.length))).toBeLessThan(100);
	});
});

describe('other document types', () => {
	test.each(['return', 'creditMemo'] as const)('a %s is an invoice with negative lines', (type) => {
		const result = map([
			payable(
				[
					['purchase', '300-5110-02', '-80'],
					['taxes', '000-2300-00', '-6.4'],
				],
				{ documentType: type },
			),
		]);
		expect(directCosts(result)[0]).toMatchObject({
			header: { direct_cost_type: 'invoice' },
			lines: [{ amount: '-86.40' }],
			total: '-86.40',
		});
	});

	test('a miscellaneous charge is an expense whose charge is the cost', () => {
		const result = map([
			payable([['miscellaneous', '300-5130-04', '55']], { documentType: 'miscellaneousCharge' }),
		]);
		const [cost] = directCosts(result);
		expect(cost.header.direct_cost_type).toBe('expense');
		expect(cost.header.invoice_number).toBeUndefined();
		expect(cost.lines).toMatchObject([{ costCode: '5130', costType: 'E', amount: '55.00' }]);
	});

	test('a finance charge is skipped or an expense, by setting', () => {
		const record = payable([['financeCharge', '300-5130-04', '9']], {
			documentType: 'financeCharge',
		});
		expect(map([record]).notSent[0].reason!.code).toBe('finance-charge');
		const sent = map([record], { settings: { financeCharges: 'expense' } });
		expect(directCosts(sent)[0].header.direct_cost_type).toBe('expense');
	});

	test('a payment is never a cost', () => {
		const result = map([payable([['cash', '000-1100-00', '-9']], { documentType: 'payment' })]);
		expect(result.desired).toEqual([]);
		expect(result.notSent[0]).toMatchObject({ outcome: 'skipped', source: { amount: '0' } });
	});
});

describe('state in GP', () => {
	test('an unposted document is left, or sent as draft, by setting', () => {
		const record = payable([['purchase', '300-5110-02', '1']], { state: 'unposted' });
		expect(map([record]).notSent[0].reason!.code).toBe('not-posted');
		const sent = map([record], { settings: { unposted: 'sendAsDraft' } });
		expect(directCosts(sent)[0].header.status).toBe('draft');
	});

	test('posting changes nothing but the status: same origin ids, same lines', () => {
		const settings = { unposted: 'sendAsDraft' as const };
		const draft = payable([['purchase', '300-5110-02', '1']], { state: 'unposted' });
		const posted = payable([['purchase', '300-5110-02', '1']], { state: 'history' });
		const [before] = directCosts(map([draft], { settings }));
		const [after] = directCosts(map([posted], { settings }));
		expect(after.originId).toBe(before.originId);
		expect(after.lines).toEqual(before.lines);
		expect(after.header.status).toBe('approved');
	});

	test('a void takes the cost out of every project its lines name', () => {
		const result = map([
			payable(
				[
					['purchase', '300-5110-02', '10'],
					['purchase', '301-5110-02', '20'],
					['purchase', '777-5110-02', '30'],
				],
				{ voided: true, state: 'history' },
			),
		]);
		expect(directCosts(result)).toMatchObject([
			{ projectId: '9001', voided: true, lines: [], total: '0.00', source: { amount: '0.00' } },
			{ projectId: '9002', voided: true, lines: [], total: '0.00' },
		]);
		expect(result.notSent).toEqual([]);
	});

	test('a void of nothing that ever went is skipped', () => {
		const result = map([payable([['purchase', '000-6150-00', '10']], { voided: true })]);
		expect(result.notSent[0].reason!.code).toBe('voided-never-sent');
	});
});

describe('charges on a line of their own', () => {
	const settings = { freight: 'ownLine' as const };

	test('stay on the job their account names', () => {
		const result = map(
			[
				payable([
					['purchase', '300-5110-02', '100'],
					['freight', '301-5140-04', '9'],
				]),
			],
			{ settings },
		);
		expect(directCosts(result).map((one) => [one.projectId, one.total])).toEqual([
			['9001', '100.00'],
			['9002', '9.00'],
		]);
	});

	test('are split over the projects when they stand on a company account', () => {
		const result = map(
			[
				payable([
					['purchase', '300-5110-02', '100'],
					['purchase', '301-5110-02', '200'],
					['freight', '000-5400-00', '10'],
				]),
			],
			{ settings },
		);
		expect(
			directCosts(result).map((one) => one.lines.map((line) => [line.costCode, line.amount])),
		).toEqual([
			[
				['5110', '100.00'],
				['5400', '3.33'],
			],
			[
				['5110', '200.00'],
				['5400', '6.67'],
			],
		]);
	});
});

describe('the crosswalk', () => {
	test('stands above the project number', () => {
		const result = map([payable([['purchase', '300-5110-02', '1']])], {
			crosswalk: crosswalk({
				projects: [{ id: 12, gp_company: 'TWO', gp_job: '300', procore_project_id: '9003' }],
			}),
		});
		expect(directCosts(result)[0].projectId).toBe('9003');
		expect(directCosts(result)[0].source.rule).toContain('projects crosswalk row 12');
		expect(result.newJobs).toEqual([]);
	});

	test('moves an account to another cost code and type', () => {
		const result = map([payable([['purchase', '300-5110-02', '1']])], {
			crosswalk: crosswalk({
				accounts: [
					{
						id: 3,
						gp_company: 'TWO',
						gp_account: '300-5110-02',
						cost_code: '03-300',
						cost_type: 'S',
					},
				],
			}),
		});
		expect(directCosts(result)[0].lines[0]).toMatchObject({ costCode: '03-300', costType: 'S' });
	});

	test('makes an account job cost that the pattern does not', () => {
		const result = map([payable([['purchase', '300-6150-00', '1']])], {
			crosswalk: crosswalk({
				accounts: [{ gp_company: 'TWO', gp_account: '300-6150-00', cost_code: '6150' }],
			}),
		});
		expect(directCosts(result)[0].lines[0]).toMatchObject({ costCode: '6150', costType: 'O' });
	});

	test('links documents to the Procore vendor it names', () => {
		const result = map([payable([['purchase', '300-5110-02', '1']])], {
			crosswalk: crosswalk({
				vendors: [{ gp_company: 'TWO', gp_vendor_id: 'ACME0001', procore_vendor_id: '77' }],
			}),
		});
		expect(directCosts(result)[0].vendorId).toBe('77');
	});

	test.each([
		['projects', { gp_job: '300' }, 'skipped-by-crosswalk'],
		['accounts', { gp_account: '300-5110-02' }, 'skipped-by-crosswalk'],
		['vendors', { gp_vendor_id: 'ACME0001' }, 'vendor-skipped'],
	])('skips by a row of %s', (table, row, code) => {
		const result = map([payable([['purchase', '300-5110-02', '1']])], {
			crosswalk: crosswalk({ [table]: [{ id: 5, gp_company: 'TWO', action: 'Skip', ...row }] }),
		});
		expect(result.desired).toEqual([]);
		expect(result.notSent[0]).toMatchObject({
			outcome: 'skipped',
			reason: { code, message: expect.stringContaining('row 5') },
		});
	});

	test('waits when two rows of a key decide differently', () => {
		const row = { gp_company: 'TWO', gp_job: '300' };
		const result = map([payable([['purchase', '300-5110-02', '1']])], {
			crosswalk: crosswalk({
				projects: [
					{ ...row, id: 1, procore_project_id: '9001' },
					{ ...row, id: 2, procore_project_id: '9002' },
				],
			}),
		});
		expect(result.notSent[0].reason!.code).toBe('crosswalk-ambiguous');
	});

	test('of another company does not count', () => {
		const result = map([payable([['purchase', '300-5110-02', '1']])], {
			crosswalk: crosswalk({
				projects: [{ gp_company: 'THREE', gp_job: '300', procore_project_id: '9003' }],
			}),
		});
		expect(directCosts(result)[0].projectId).toBe('9001');
	});

	test('an undecided row leaves the project number to decide', () => {
		const result = map([payable([['purchase', '300-5110-02', '1']])], {
			crosswalk: crosswalk({ projects: [{ gp_company: 'TWO', gp_job: '300' }] }),
		});
		expect(directCosts(result)[0].projectId).toBe('9001');
		expect(result.newJobs).toEqual([]);
	});
});

test('two projects with one number are never guessed between', () => {
	const result = map([payable([['purchase', '300-5110-02', '1']])], {
		projects: [
			{ id: '1', name: 'A', projectNumber: '300' },
			{ id: '2', name: 'B', projectNumber: '300' },
		],
	});
	expect(result.notSent[0].reason!.code).toBe('job-ambiguous');
	expect(result.newJobs[0].procore_project_id).toBe('');
});

test('a record of another company waits', () => {
	const result = map([payable([['purchase', '300-5110-02', '1']], { company: 'THREE' })]);
	expect(result.notSent[0].reason!.code).toBe('wrong-company');
});

test('a pattern that is none stops the mapping and names the setting', () => {
	expect(() => map([], { settings: { costAccountPattern: '(' } })).toThrow(/costAccountPattern/);
	expect(() => map([], { settings: { costCodeSegment: 0 } })).toThrow(/costCodeSegment/);
});

test('the raw copy of a record does not travel on', () => {
	const result = map([payable([['purchase', '777-5110-02', '1']], { raw: { big: true } })]);
	expect(result.notSent[0].record).not.toHaveProperty('raw');
});

test('a job without project is told which projects look like it', () => {
	const result = map([payable([['purchase', '300-5110-02', '1']])], {
		projects: [{ id: '5', name: 'Lincoln School', projectNumber: '2024-300' }],
	});
	expect(result.notSent[0].reason!.message).toContain('Perhaps Lincoln School (5)?');
	expect(result.newJobs[0]).toMatchObject({
		procore_project_id: '',
		note: 'Perhaps Lincoln School (5)',
	});
});

test.each(Object.entries(DOCUMENT_TYPE_NUMBERS))('%s has the number %i of GP', (type, number) => {
	expect(DOCUMENT_TYPES[type as DocumentType].number).toBe(number);
});
