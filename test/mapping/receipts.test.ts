import type { GpPayable, GpReceiptLine } from '../../lib/model/gp-records';
import type { MappingSettings } from '../../lib/mapping/types';
import { directCosts, map, payable, type Entry } from './samples';

/* The cost behind an accrual (three-way match), and jobs as a job product keeps them. */
const ACCRUAL = '000-2105-00';
const SETTINGS: Partial<MappingSettings> = { accrualAccounts: [ACCRUAL] };

const received = (given: Partial<GpReceiptLine>): GpReceiptLine => ({
	receipt: 'RCT0000001',
	line: 16384,
	account: '300-5110-02',
	description: 'Forms',
	cost: '100',
	variance: '0',
	varianceAccount: null,
	job: null,
	costCode: null,
	costType: null,
	...given,
});

const matched = (
	accrued: string,
	receiptLines: GpReceiptLine[],
	more: Entry[] = [],
	given: Partial<GpPayable> = {},
): GpPayable => ({
	...payable([['purchase', ACCRUAL, accrued], ...more]),
	receiptLines,
	...given,
});

/** Per project: lines as [cost code, cost type, amount]; and what waits or was left out. */
function outcomeOf(document: GpPayable, settings: Partial<MappingSettings> = SETTINGS) {
	const result = map([document], { settings });
	return {
		sent: Object.fromEntries(
			directCosts(result).map(({ projectId, lines }) => [
				projectId,
				lines.map(({ costCode, costType, amount }) => [costCode, costType, amount]),
			]),
		),
		left: result.notSent.map((one) => [one.outcome, one.reason!.code, one.source.amount]),
		reasons: result.notSent.map((one) => one.reason!.message),
		result,
	};
}

describe('the cost behind an accrual', () => {
	test('goes to the jobs and codes of the receipt lines it pays', () => {
		const { sent, left } = outcomeOf(
			matched('150.00', [
				received({ cost: '100' }),
				received({ line: 32768, account: '301-5130-03', cost: '50' }),
			]),
		);
		expect(sent).toEqual({ 9001: [['5110', 'M', '100.00']], 9002: [['5130', 'S', '50.00']] });
		expect(left).toEqual([]);
	});

	test('keeps the freight of the invoice, shared out over what was received', () => {
		const { sent } = outcomeOf(
			matched('100.00', [received({})], [['freight', '000-5900-00', '7.00']]),
		);
		const amounts = sent[9001]!.map(([, , amount]) => Number(amount));
		expect(amounts.reduce((sum, one) => sum + one, 0)).toBe(107);
	});

	test('debited as invoiced: the price variance goes with its line, or to its own account', () => {
		expect(outcomeOf(matched('104.00', [received({ cost: '102', variance: '2' })])).sent).toEqual({
			9001: [
				['5110', 'M', '102.00'],
				['5110', 'M', '2.00'],
			],
		});
		const own = outcomeOf(
			matched('104.00', [received({ cost: '102', variance: '2', varianceAccount: '000-5990-00' })]),
		);
		expect(own.sent).toEqual({ 9001: [['5110', 'M', '102.00']] });
		expect(own.left).toEqual([['skipped', 'not-job-cost', '2.00']]);
	});

	test('debited as received: the variance has a distribution of its own already', () => {
		const { sent } = outcomeOf(
			matched(
				'102.00',
				[received({ cost: '102', variance: '2' })],
				[['purchase', '300-5110-02', '2.00']],
			),
		);
		expect(sent).toEqual({
			9001: [
				['5110', 'M', '102.00'],
				['5110', 'M', '2.00'],
			],
		});
	});

	test('fractions of a cent add up to what was debited', () => {
		const third = received({ cost: '33.33333' });
		const { sent } = outcomeOf(
			matched('100.00', [third, { ...third, line: 2 }, { ...third, line: 3, cost: '33.33334' }]),
		);
		const amounts = sent[9001]!.map(([, , amount]) => amount).sort();
		expect(amounts).toEqual(['33.33', '33.33', '33.34']);
	});

	test('a job of the receipt line stands above its account', () => {
		const { sent } = outcomeOf(
			matched('100.00', [
				received({ account: '000-1300-00', job: '302', costCode: '03-100', costType: 'S' }),
			]),
		);
		expect(sent).toEqual({ 9003: [['03-100', 'S', '100.00']] });
	});

	test.each<[string, GpPayable, RegExp]>([
		['nobody looked', payable([['purchase', ACCRUAL, '5']]), /which is not read/],
		['no purchase invoice made it', matched('5', []), /no purchase invoice in GP made this/],
		[
			'the receipts could not be read',
			{ ...payable([['purchase', ACCRUAL, '5']]), receiptsUnread: 'no role' },
			/not known: no role/,
		],
		[
			'they do not add up, by a cent',
			matched('100.01', [received({})]),
			/add up to 100\.00 as received and 100\.00 as invoiced, and the accrual is debited with 100\.01/,
		],
		[
			'a receipt line has no account',
			matched('100', [received({ account: null })]),
			/line 16384 of receipt RCT0000001 has no account/,
		],
	])('waits with that reason where %s', (_name, document, why) => {
		const { sent, left, reasons } = outcomeOf(document);
		expect(sent).toEqual({});
		expect(left).toMatchObject([['parked', 'cost-on-receipt', expect.any(String)]]);
		expect(reasons[0]).toMatch(why);
	});

	test('what waits is stored as GP gave it', () => {
		const document = matched('100.00', [received({ account: '999-5110-02' })]);
		const { result } = outcomeOf(document);
		expect(result.notSent[0]).toMatchObject({
			outcome: 'parked',
			reason: { code: 'job-without-project' },
		});
		expect((result.notSent[0]!.record as GpPayable).distributions).toEqual(document.distributions);
	});

	test('receipts of a document without an accrual change nothing', () => {
		const lines: Entry[] = [['purchase', '300-5110-02', '40.00']];
		const plain = outcomeOf(payable(lines)).sent;
		expect(outcomeOf({ ...payable(lines), receiptLines: [received({})] }).sent).toEqual(plain);
	});
});

describe('the job of a job product', () => {
	const onLine = (given: object, account = '300-5110-02') => {
		const document = payable([['purchase', account, '40.00']]);
		document.distributions[0] = { ...document.distributions[0]!, ...given };
		return document;
	};

	test('is looked at before every other place', () => {
		expect(outcomeOf(onLine({ job: '301' })).sent).toEqual({ 9002: [['5110', 'M', '40.00']] });
	});

	test('brings cost code and type along, which the cost types of the mapping translate', () => {
		const { sent } = outcomeOf(onLine({ job: '301', costCode: '310-000', costType: '02' }));
		expect(sent).toEqual({ 9002: [['310-000', 'M', '40.00']] });
		expect(outcomeOf(onLine({ job: '301', costCode: '310-000', costType: 'X9' })).sent).toEqual({
			9002: [['310-000', 'X9', '40.00']],
		});
	});

	test('makes a line job cost whatever its account', () => {
		const line = onLine({ job: '301', costCode: '310-000', costType: 'O' }, '000-6000-00');
		expect(outcomeOf(line).sent).toEqual({ 9002: [['310-000', 'O', '40.00']] });
	});

	test('an unknown job waits, it is not looked for elsewhere', () => {
		expect(outcomeOf(onLine({ job: '999' })).left).toMatchObject([
			['parked', 'job-without-project', '40.00'],
		]);
	});
});
