import { documentVerdicts } from '../../lib/mapping/map-records';
import { previewer, previewInWords } from '../../lib/mapping/preview';
import { type Crosswalk, DELIVERED_UNTIL_0_3, type MappingSettings } from '../../lib/mapping/types';
import type { GpPayable } from '../../lib/model/gp-records';
import { payable, PROJECTS, type Entry } from './samples';

const LINE: Entry = ['purchase', '300-5110-02', '10', 'Rebar'];
const previewOf = (
	document: GpPayable,
	given: { crosswalk?: Partial<Crosswalk>; settings?: Partial<MappingSettings> } = {},
) =>
	previewer({
		crosswalk: { projects: [], accounts: [], vendors: [], ...given.crosswalk },
		projects: PROJECTS,
		settings: { ...DELIVERED_UNTIL_0_3, ...given.settings },
	})(document);
const passedOver = (...given: Parameters<typeof previewOf>) =>
	previewOf(...given).map((line) => line.passedOver);

describe('each cost line of a document, as a preview shows it', () => {
	test('says which document and line it is, and what the mapping makes of it', () => {
		expect(previewOf(payable([LINE]))).toEqual([
			{
				document: 'Invoice INV-88 of ACME0001, voucher 00000000000000417',
				key: '1;00000000000000417',
				sequence: 16384,
				account: '300-5110-02',
				reference: 'Rebar',
				amount: '10',
				charge: null,
				decision: 'send',
				projectId: '9001',
				costCode: '5110',
				costType: 'M',
				decidedBy: 'account segment 1; job 300 = project number; account segment 2',
				passedOver:
					'accounts crosswalk: has no row for 300-5110-02; projects crosswalk: has no row for job 300',
				reasonCode: '',
				message: '',
				remedy: '',
			},
		]);
	});

	test('of what is not sent says why and what to do, and names no place', () => {
		const [line] = previewOf(payable([['purchase', '777-5110-02', '5']]));
		expect(line).toMatchObject({
			...{ decision: 'park', projectId: '', costCode: '', costType: '', decidedBy: '' },
			...{ reasonCode: 'job-without-project', message: expect.stringMatching(/job 777/) },
			remedy: expect.stringMatching(/job 777/),
		});
	});

	test('lists charges behind the lines; tax that is recovered is left out here as well', () => {
		const document = payable([
			LINE,
			['taxes', '000-1180-00', '2'],
			['freight', '000-5110-02', '3'],
		]);
		const facts = { postingType: 'balanceSheet', active: true, description: null } as const;
		const taxed = {
			...document,
			distributions: document.distributions.map((one) =>
				one.type === 'taxes' ? { ...one, accountFacts: facts } : one,
			),
		};
		const lines = previewOf(taxed);
		expect(lines.map(({ charge, decision, reasonCode }) => [charge, decision, reasonCode])).toEqual(
			[
				[null, 'send', ''],
				['tax', 'leave', 'recoverable-tax'],
				// By the policy it is shared out: what its account would give does not count.
				['freight', 'share', ''],
			],
		);
		// What was looked up of an account is not shown.
		expect(lines[1]).not.toHaveProperty('accountFacts');
		expect(
			previewOf({ ...taxed, distributions: [{ ...taxed.distributions[0]!, debit: 'x' }] }),
		).toEqual([]);
	});

	test('goes by the rows of its own company, whatever was previewed before', () => {
		const row = { gp_company: 'THREE', gp_job: '300', procore_project_id: '9003' };
		const preview = previewer({
			crosswalk: { projects: [row], accounts: [], vendors: [] },
			projects: PROJECTS,
			settings: { ...DELIVERED_UNTIL_0_3, company: '' },
		});
		const of = (company: string) => preview(payable([LINE], { company }))[0]!.projectId;
		expect([of('TWO'), of('THREE'), of('TWO'), of('three')]).toEqual([
			'9001',
			'9003',
			'9001',
			'9003',
		]);
	});
});

describe('what stood above and did not decide', () => {
	const account = (given: object) => ({
		accounts: [{ id: 7, gp_company: 'TWO', gp_account: '300-5110-02', ...given }],
	});
	const project = (given: object) => ({
		projects: [{ id: 8, gp_company: 'TWO', gp_job: '300', ...given }],
	});
	const TWICE = [
		{ id: 1, gp_company: 'TWO', gp_job: '300', procore_project_id: '9001' },
		{ id: 2, gp_company: 'TWO', gp_job: '300', procore_project_id: '9002' },
	];

	test.each<[string, Partial<Crosswalk>, string]>([
		['a row that names no cost code', account({}), 'accounts crosswalk row 7: names no cost code'],
		[
			'a row that says what holds anyway',
			account({ cost_type: 'M' }),
			'projects crosswalk: has no row for job 300',
		],
		['a row of the job without a project', project({}), 'row 8: names no Procore project'],
		['rows of an account with an unknown word', account({ action: 'x' }), 'row 7: The action "x"'],
		['rows of a job that contradict', { projects: TWICE }, 'row 1: Job 300 stands in 2 rows'],
	])('%s', (_what, crosswalk, expected) => {
		expect(passedOver(payable([LINE]), { crosswalk })[0]).toContain(expected);
	});

	test('a row that decides is not among it', () => {
		const code = passedOver(payable([LINE]), { crosswalk: account({ cost_code: '1' }) });
		expect(code[0]).not.toContain('accounts crosswalk');
		const chosen = passedOver(payable([LINE]), {
			crosswalk: project({ procore_project_id: '9002' }),
		});
		expect(chosen[0]).not.toContain('projects crosswalk');
		const skip = passedOver(payable([LINE]), { crosswalk: account({ action: 'skip' }) });
		expect(skip[0]).toBe('projects crosswalk: has no row for job 300');
	});

	test('a row set to skip or accrual that a line of its own went past', () => {
		const document = payable([LINE]);
		document.distributions[0]!.company = 'THREE';
		const rows = (crosswalk: Partial<Crosswalk>) => passedOver(document, { crosswalk })[0];
		expect(rows(account({ action: 'Skip' }))).toContain('row 7: is set to skip');
		expect(rows(account({ action: 'accrual' }))).toContain('row 7: is set to accrual');
		expect(rows(account({ cost_code: '1' }))).toContain('row 7: says what would hold without it');
		expect(rows(account({ cost_type: '1' }))).toContain('row 7: says what would hold without it');
		expect(rows(project({ action: 'skip' }))).toContain('row 8: is set to skip');
		expect(rows(project({ procore_project_id: '9001' }))).toContain(
			'row 8: says what would hold without it',
		);
	});

	test('of a line without a job no row of a job is looked for', () => {
		expect(passedOver(payable([['purchase', '000-6150-00', '2']]))).toEqual([
			'accounts crosswalk: has no row for 000-6150-00; projects crosswalk: the line shows no job number',
		]);
	});
});

const verdicts = (records: GpPayable[], given: Parameters<typeof previewOf>[1] = {}) =>
	documentVerdicts({
		crosswalk: { projects: [], accounts: [], vendors: [], ...given.crosswalk },
		projects: PROJECTS,
		settings: { ...DELIVERED_UNTIL_0_3, ...given.settings },
		records,
	});

describe('charges, as a run shares them', () => {
	const document = payable([
		['purchase', '300-5110-02', '30'],
		['purchase', '301-5110-02', '10'],
		['freight', '000-5900-00', '4'],
	]);
	const charges = (settings: Partial<MappingSettings>) =>
		previewOf(document, { settings })
			.filter(({ charge }) => charge !== null)
			.map(({ decision, projectId, amount }) => [decision, projectId, amount]);

	test('spread: no line of their own, and not left out although their account is no job cost', () => {
		expect(charges({ freight: 'spread' })).toEqual([['share', '', '4']]);
		const { places, decision } = verdicts([document])(document);
		expect([decision, places]).toEqual([
			'send',
			[
				{ projectId: '9001', amount: '33.00' },
				{ projectId: '9002', amount: '11.00' },
			],
		]);
	});

	test('a line of their own: a part in each project', () => {
		const ownLines = { freight: { costCode: '5900', costType: 'O' } };
		expect(charges({ freight: 'ownLine', ownLines })).toEqual([
			['send', '9001', '3.00'],
			['send', '9002', '1.00'],
		]);
	});
});

/** GP says what it amounts to, and hands over no distributions. */
const bare = () => {
	const document = payable([]);
	return { ...document, amounts: { ...document.amounts, document: '5' } };
};

describe('what becomes of a whole document', () => {
	const decided = (document: GpPayable, given?: Parameters<typeof previewOf>[1]) => {
		const { decision, message } = verdicts([document], given)(document);
		return [decision, message];
	};
	const skipped = { gp_company: 'TWO', gp_vendor_id: 'ACME0001', action: 'skip' };

	test.each<[string, GpPayable, Parameters<typeof previewOf>[1], string, RegExp]>([
		['goes', payable([LINE]), {}, 'send', /^$/],
		['one line waits', payable([LINE, ['purchase', '777-5110-02', '5']]), {}, 'park', /job 777/],
		['not posted', payable([LINE], { state: 'unposted' }), {}, 'leave', /not posted/i],
		['void', payable([LINE], { voided: true }), {}, 'void', /^$/],
		[
			'its vendor is left out',
			payable([LINE]),
			{ crosswalk: { vendors: [skipped] } },
			'leave',
			/skip/,
		],
		[
			'too early',
			payable([LINE]),
			{ settings: { documentsFrom: '2026-03-01' } },
			'leave',
			/before/,
		],
		['no distributions', bare(), {}, 'park', /distribution/],
		['no cost', payable([]), {}, 'leave', /no distribution that is a cost/],
	])('%s', (_what, document, given, decision, message) => {
		expect(decided(document, given)).toEqual([decision, expect.stringMatching(message)]);
	});
});

describe('a preview in words', () => {
	const words = (
		documents: GpPayable[],
		given: Parameters<typeof previewOf>[1] = {},
		projects: ReadonlyArray<{ id: string; name: string; projectNumber: string | null }> = PROJECTS,
	) =>
		previewInWords(
			documents.map((one) => ({
				...{ payable: one, lines: previewOf(one, given) },
				verdict: verdicts(documents, given)(one),
			})),
			projects,
		);

	test('says for each document and line where it goes, what decided and what waits', () => {
		const entries: Entry[] = [
			LINE,
			['purchase', '000-6150-00', '2'],
			['purchase', '777-5110-02', '5'],
			['freight', '301-5110-01', '3'],
		];
		const { title, text } = words([payable(entries)]);
		expect(title).toBe('1 document with 4 cost lines');
		const [total, document] = text.split('\n\n');
		expect(total).toMatch(
			/^0 documents \(0\.00\) would go to Procore, 1 would wait, 0 would be left out .* Of the lines 1 \(10\.00\) have a project, 1 \(2\.00\) are left out, 1 \(5\.00\) wait, 1 \(3\.00\) of freight, .*Nothing was written\.$/,
		);
		const [head, whole, sent, left, waiting, freight] = document!.split('\n');
		expect(whole).toBe('Would wait whole, for what is said below');
		expect(head).toBe('invoice INV-88, voucher 00000000000000417, ACME CONCRETE, 2026-02-27');
		expect(sent).toBe(
			'– 10.00 on 300-5110-02 → Harbor Tower (300), code 5110, type M. Decided by account segment 1; job 300 = project number; account segment 2',
		);
		expect(left).toBe(
			'– 2.00 on 000-6150-00 is left out: Account 000-6150-00 is not a job cost account',
		);
		expect(waiting).toMatch(/^– 5\.00 on 777-5110-02 waits: No Procore project .*\. Fill in /);
		expect(freight).toBe('– 3.00 on 301-5110-01 (freight) is shared out over the other lines');
	});

	test('names a project by its id where nothing else is known of it', () => {
		const bare = [{ id: '9001', name: 'Harbor Tower', projectNumber: null }];
		expect(words([payable([LINE])], {}, bare).text).toContain('→ Harbor Tower, code');
		expect(words([payable([LINE])], {}, []).text).toContain('→ project 9001, code');
	});

	test('says where a document goes as a whole, or why it does not', () => {
		const whole = (document: GpPayable, given?: Parameters<typeof previewOf>[1]) =>
			words([document], given).text.split('\n\n')[1]!.split('\n')[1];
		expect(whole(payable([LINE, ['freight', '000-5900-00', '2.50']]))).toBe(
			'Would go: 12.50 to Harbor Tower (300)',
		);
		expect(whole(payable([LINE], { voided: true }))).toMatch(
			/^Void in GP: would be taken out of Harbor Tower \(300\), where/,
		);
		expect(whole(payable([LINE], { state: 'unposted' }))).toMatch(/^Would be left out: .*posted/);
		const twice = { gp_company: 'TWO', gp_vendor_id: 'ACME0001' };
		const vendors = [
			{ ...twice, procore_vendor_id: '1' },
			{ ...twice, procore_vendor_id: '2' },
		];
		expect(whole(payable([['purchase', '777-5110-02', '5']]), { crosswalk: { vendors } })).toMatch(
			/^Would wait: .*ACME0001/,
		);
	});

	test('says of a document what state it is in', () => {
		const head = (given: Partial<GpPayable>) =>
			words([payable([LINE], given)]).text.split('\n\n')[1];
		expect(head({ voided: true })).toContain(', 2026-02-27, voided\n');
		expect(head({ state: 'unposted' })).toContain(', 2026-02-27, not posted\n');
		expect(head({ state: 'history', documentDate: null })).toContain(', no date\n');
		expect(head({ vendorName: null })).toContain(', ACME0001, ');
		expect(words([bare()]).text).toMatch(/2026-02-27\nWould wait: .*distributions/);
	});

	test('says so where nothing was found', () => {
		const { title, text } = words([]);
		expect(title).toBe('No such document was found in GP');
		expect(text).toMatch(/^0 documents \(0\.00\) would go to Procore, 0 would wait, 0 would be/);
	});
});
