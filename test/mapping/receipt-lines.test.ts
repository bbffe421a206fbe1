import type { AccountFacts, GpPayable, GpReceiptLine } from '../../lib/model/gp-records';
import type { MappingSettings } from '../../lib/mapping/types';
import { previewer } from '../../lib/mapping/preview';
import { DELIVERED_UNTIL_0_3 } from '../../lib/mapping/types';
import { directCosts, map, payable, PROJECTS, type Entry } from './samples';

const ACCRUAL = '000-2105-00';
const received = (given: Partial<GpReceiptLine> = {}): GpReceiptLine => ({
	...{
		receipt: 'R1',
		line: 1,
		account: '300-5110-02',
		description: 'Forms',
		cost: '100',
		variance: '0',
	},
	...{ varianceAccount: null, job: null, costCode: null, costType: null },
	...given,
});
const invoice = (
	accrued: string,
	receiptLines: GpReceiptLine[],
	more: Entry[] = [],
): GpPayable => ({
	...payable([...more, ['purchase', ACCRUAL, accrued]]),
	receiptLines,
});
function outcome(document: GpPayable, settings: Partial<MappingSettings> = {}) {
	const result = map([document], { settings: { accrualAccounts: [ACCRUAL], ...settings } });
	return [
		...directCosts(result).flatMap(({ projectId, lines }) =>
			lines.map(
				(one) =>
					`${projectId} ${one.costCode} ${one.costType} ${one.amount} ${one.originId.split(':L:')[1]}`,
			),
		),
		...result.notSent.map(({ outcome: kind, reason }) => `${kind} ${reason!.code}`),
	];
}

describe('receipt lines in place of the accrual they pay', () => {
	test('stand where it stood, numbered on from it', () => {
		const two = [received({ cost: '60' }), received({ account: '300-5120-01', cost: '40' })];
		expect(outcome(invoice('100', two, [['purchase', '300-5130-03', '5']]))).toEqual([
			'9001 5130 S 5.00 16384',
			'9001 5110 M 60.00 32769',
			'9001 5120 L 40.00 32770',
		]);
	});

	test('are credits where they lower the cost, and what rounding leaves goes to the largest', () => {
		const back = received({ account: '300-5120-01', cost: '-20' });
		expect(outcome(invoice('100', [received({ cost: '120' }), back]))).toEqual([
			'9001 5110 M 120.00 16385',
			'9001 5120 L -20.00 16386',
		]);
		const third = (cost: string, account = '300-5110-02') => received({ cost, account });
		const rounded = invoice('100', [
			third('20.004', '300-5120-01'),
			third('59.992'),
			third('20.004', '300-5130-03'),
		]);
		expect(outcome(rounded).map((one) => one.split(' ')[3])).toEqual(['20.00', '60.00', '20.00']);
		const first = invoice('100', [third('59.992'), third('20.004'), third('20.004')]);
		expect(outcome(first).map((one) => one.split(' ')[3])).toEqual(['60.00', '20.00', '20.00']);
	});

	test('bring job, code and type of their own; a variance off the job brings none', () => {
		const own = received({ job: '301', costCode: ' 03-100 ', costType: '01', account: null });
		expect(outcome(invoice('100', [own]))).toEqual(['9002 03-100 L 100.00 16385']);
		expect(outcome(invoice('100', [received({ job: '301' })]))).toEqual([
			'9002 5110 M 100.00 16385',
		]);
		const off = received({
			job: '301',
			costCode: 'X',
			costType: 'Y',
			cost: '90',
			variance: '10',
			varianceAccount: '300-5190-02',
		});
		expect(outcome(invoice('100', [off]))).toEqual([
			...['9002 X Y 90.00 16385', '9001 5190 M 10.00 16386'],
		]);
	});

	test('say of their account what GP says, of the account of a variance nothing', () => {
		const facts: AccountFacts = { postingType: 'balanceSheet', active: true, description: null };
		const line = received({
			account: '300-9999-02',
			accountFacts: facts,
			cost: '90',
			variance: '10',
			varianceAccount: '300-9998-02',
		});
		expect(outcome(invoice('100', [line]), { costAccountsFound: true })).toEqual([
			'parked cost-account-unknown',
		]);
		const same = received({ account: '300-9999-02', accountFacts: facts });
		expect(outcome(invoice('100', [same]), { costAccountsFound: true })).toEqual([
			'skipped not-job-cost',
		]);
	});

	test.each<[string, (document: GpPayable) => void]>([
		['of another company', (document) => (document.distributions[0]!.company = 'THREE')],
		['with a job of its own', (document) => (document.distributions[0]!.job = '300')],
		['that cannot be cost', (document) => (document.distributions[0]!.type = 'cash')],
		['with an amount that is none', (document) => (document.distributions[0]!.credit = 'x')],
	])('stay away from a line on the account %s', (_what, change) => {
		const document = invoice('100', [received()]);
		change(document);
		expect(outcome(document).join()).not.toContain('16385');
	});

	test('of a void or of a document without its lines change nothing', () => {
		expect(outcome({ ...invoice('100', [received()]), voided: true })).toEqual([
			'skipped voided-never-sent',
		]);
		const none = { ...invoice('100', [received()]), distributions: undefined as never };
		expect(outcome(none)).toEqual(['parked record-unreadable']);
	});

	test('name the account, job and reference they bring among what the document touches', () => {
		const lines = [
			received({ account: '301-5110-02' }),
			received({ account: null, job: '302' }),
			received({ account: '000-5110-02', description: 'JOB 777' }),
		];
		const touches = map([invoice('100', lines)], { settings: { accrualAccounts: [ACCRUAL] } })
			.notSent[0]!.source.touches;
		expect(touches).toBe(
			'|V:ACME0001|VOUCHER:00000000000000417|DOC:INV-88|J:301|J:302|J:777|A:000-2105-00|A:301-5110-02|A:000-5110-02|',
		);
	});
});

describe('why a line waits or is left out', () => {
	const of = (
		settings: Partial<MappingSettings>,
		entry: Entry = ['purchase', '000-5110-02', '1'],
		given = {},
	) => map([payable([entry])], { settings, ...given }).notSent[0]!.reason!;

	test('without a job: the places that were looked at, or what setup missed', () => {
		expect(of({}).message).toMatch(
			/No job number was found for account 000-5110-02 in account segment 1, reference, PO number$/,
		);
		expect(of({ jobRules: [] }).message).toMatch(/in any place: none is set$/);
		expect(of({ jobRules: [], unfound: { job: 'no number' } })).toMatchObject({
			...{
				code: 'place-unknown',
				message: expect.stringMatching(/where the job stands: no number$/),
			},
		});
	});

	test('in a project that is not chosen: its name and id', () => {
		const entry: Entry = ['purchase', '300-5110-02', '1'];
		expect(of({ onlyProjects: ['9002'] }, entry).message).toBe(
			'Project Harbor Tower (9001) is not among the projects chosen to be synced',
		);
		const rules = [{ name: 'A', when: { reference: 'x' }, set: { projectId: '77' } }];
		expect(
			of({ onlyProjects: ['9002'], rules }, ['purchase', '300-5110-02', '1', 'x']).message,
		).toMatch(/^Project 77 is not among/);
		// It was sent there before: it stays.
		const earlierProjects = { '1;00000000000000417': ['9001'] };
		const kept = map([payable([entry])], { settings: { onlyProjects: ['9002'] }, earlierProjects });
		expect(directCosts(kept)).toMatchObject([{ projectId: '9001', voided: false }]);
		const other = { '1;00000000000000417': ['9003'] };
		expect(of({ onlyProjects: ['9002'] }, entry, { earlierProjects: other }).code).toBe(
			'project-not-chosen',
		);
	});

	test('in another currency: the one of the books, where it is known', () => {
		const foreign = (functionalCurrency: string) =>
			map(
				[
					payable([['purchase', '300-5110-02', '1']], {
						currencyId: 'Z-EUR',
						amountsAreForeign: true,
					}),
				],
				{
					settings: { functionalCurrency },
				},
			).notSent[0]!.reason!;
		expect(foreign(' Z-US$ ')).toMatchObject({
			causeKey: 'CURRENCY:Z-EUR',
			message: expect.stringContaining('the books are in Z-US$,'),
		});
		expect(foreign(' ').message).toContain('the books are in another currency,');
		const blank = map([payable([['purchase', '300-5110-02', '1']], { untold: ['currencyId'] })], {
			settings: { foreignCurrency: 'park', functionalCurrency: ' ' },
		});
		expect(directCosts(blank)).toHaveLength(1);
	});
});

test('a preview shows the receipt lines too, and not that the accrual waits', () => {
	const preview = previewer({
		crosswalk: { projects: [], accounts: [], vendors: [] },
		projects: PROJECTS,
		settings: { ...DELIVERED_UNTIL_0_3, accrualAccounts: [ACCRUAL] },
	});
	const shown = (document: GpPayable) =>
		preview(document).map((line) => [line.decision, line.account, line.reasonCode]);
	expect(shown(invoice('100', [received()]))).toEqual([['send', '300-5110-02', '']]);
	expect(shown(invoice('100', [received({ cost: '99' })]))).toEqual([
		['park', ACCRUAL, 'cost-on-receipt'],
	]);
});
