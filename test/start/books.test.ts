import { compareBooks, type EventNote, type GpBookDocument } from '../../sandbox/start/books';
import { toCents, toUnits } from '../../sandbox/start/cents';

const document = (voucher: string, change: Partial<GpBookDocument> = {}): GpBookDocument => ({
	documentType: 1,
	voucher,
	state: 'open',
	voided: false,
	distributions: [
		{ type: 6, debit: '100.00000', credit: '0.00000' },
		{ type: 9, debit: '10.00500', credit: '0.00000' },
		{ type: 7, debit: '0.00000', credit: '5.00000' },
		{ type: 2, debit: '0.00000', credit: '105.00500' },
	],
	...change,
});
const cost = (voucher: string, grand_total: string, status = 'approved', project = '9001') => ({
	origin_id: `GP:TWO:PM:1:${voucher}:P:${project}`,
	status,
	grand_total,
});
const event = (
	id: number,
	gp_key: string,
	outcome: string,
	gp_amount: string,
	run_id = 'run-1',
): EventNote => ({
	id,
	run_id,
	entity: 'payable',
	gp_key,
	outcome,
	gp_amount,
	dry_run: false,
});
const compare = (change: Partial<Parameters<typeof compareBooks>[0]>) =>
	compareBooks({
		company: 'TWO',
		documents: [],
		directCosts: [],
		parked: [],
		events: [],
		...change,
	});

describe('comparing the books', () => {
	it('adds purchases, freight, tax and charges, takes off the trade discount and rounds to cents', () => {
		const report = compare({ documents: [document('1')], directCosts: [cost('1', '105.01')] });
		expect(report).toMatchObject({
			gpTotal: '105.01',
			procoreTotal: '105.01',
			difference: '0.00',
			unexplained: '0.00',
		});
	});

	it('adds the parts of a document that stands on two projects', () => {
		const directCosts = [cost('1', '100.0'), cost('1', '5.01', 'approved', '9002')];
		expect(compare({ documents: [document('1')], directCosts }).unexplained).toBe('0.00');
	});

	it('leaves out payments, finance charges, unposted and voided documents', () => {
		const documents = [
			document('1', { documentType: 6 }),
			document('2', { documentType: 2 }),
			document('3', { state: 'work' }),
			document('4', { voided: true }),
		];
		expect(compare({ documents }).gpTotal).toBe('0.00');
	});

	it('does not explain a missing document by itself', () => {
		expect(compare({ documents: [document('1')] })).toMatchObject({
			unexplained: '105.01',
			suspects: ['1;1'],
		});
	});

	it('explains a document that waits in the parked table', () => {
		const parked = [{ entity: 'payable', gp_key: '1;1' }];
		expect(compare({ documents: [document('1')], parked })).toMatchObject({
			difference: '105.01',
			explained: '105.01',
			unexplained: '0.00',
		});
	});

	it('explains only the amount that was left out for a reason', () => {
		const events = [event(1, '1;1', 'created', '65.01'), event(2, '1;1', 'skipped', '40.00')];
		const given = { documents: [document('1')], events };
		expect(compare({ ...given, directCosts: [cost('1', '65.01')] }).unexplained).toBe('0.00');
		expect(compare({ ...given, directCosts: [cost('1', '60.01')] }).unexplained).toBe('5.00');
	});

	it('takes the word of the latest run that handled the document', () => {
		const skipped = event(1, '1;1', 'skipped', '40.00');
		const again = [skipped, event(2, '1;1', 'skipped', '105.01', 'run-2')];
		expect(compare({ documents: [document('1')], events: again }).unexplained).toBe('0.00');
		const sentLater = [skipped, event(2, '1;1', 'created', '105.01', 'run-2')];
		const sent = { documents: [document('1')], directCosts: [cost('1', '105.01')] };
		expect(compare({ ...sent, events: sentLater }).unexplained).toBe('0.00');
	});

	it('does not let one fault cancel another', () => {
		const directCosts = [cost('1', '115.01'), cost('2', '95.01')];
		const report = compare({ documents: [document('1'), document('2')], directCosts });
		expect(report).toMatchObject({
			difference: '0.00',
			unexplained: '20.00',
			suspects: ['1;1', '1;2'],
		});
	});

	it('suspects a cost that GP does not have, and a voided one that still counts', () => {
		const directCosts = [cost('7', '10.0')];
		expect(compare({ directCosts }).unexplained).toBe('10.00');
		expect(compare({ directCosts, documents: [document('7', { voided: true })] }).unexplained).toBe(
			'10.00',
		);
	});

	it('ignores drafts and what people entered in Procore themselves', () => {
		const directCosts = [
			cost('1', '10.0', 'draft'),
			{ origin_id: null, status: 'approved', grand_total: 99 },
		];
		expect(compare({ directCosts })).toMatchObject({ procoreTotal: '0.00', unexplained: '0.00' });
	});
});

describe('exact amounts', () => {
	it.each([
		['1.005', '1.01'],
		['-1.005', '-1.01'],
		['0.00499', '0.00'],
		['-0.001', '0.00'],
		['1234567890123.45', '1234567890123.45'],
		['.5', '0.50'],
	])('%s is %s', (text, cents) => {
		expect(toCents(toUnits(text))).toBe(cents);
	});

	it('refuses what is no amount', () => {
		expect(() => toUnits('1e3')).toThrow('no amount');
		expect(() => toUnits('')).toThrow('no amount');
	});
});
