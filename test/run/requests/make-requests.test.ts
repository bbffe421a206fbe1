import {
	isMeant,
	knownRecords,
	type KnownRecord,
	matchTerm,
	searchTerms,
} from '../../../lib/run/requests/make-requests';
import { parkedRow } from '../../audit/samples';
import { event } from './samples';

const known = (key: string, given: Partial<KnownRecord> = {}): KnownRecord => ({
	company: 'TWO',
	entity: 'payable',
	key,
	label: `Invoice INV-${key.slice(-3)} of ACME0001, voucher ${key.slice(2)}`,
	event: null,
	parked: null,
	...given,
});
const vendor = (key: string, label = key) => known(key, { entity: 'vendor', label });
const found = (term: string, records: KnownRecord[]) =>
	matchTerm(term, records).map(({ key }) => key);

describe('the records a typed name stands for', () => {
	const records = [
		known('1;00000000000000417'),
		known('1;00000000000004170'),
		vendor('ACME0001', 'ACME0001 CONCRETE'),
		vendor('0417'),
	];

	test('are those of that very name, in whatever case', () => {
		expect(found('1;00000000000000417', records)).toEqual(['1;00000000000000417']);
		expect(found('00000000000000417', records)).toEqual(['1;00000000000000417']);
		expect(found('inv-170', records)).toEqual(['1;00000000000004170']);
		expect(found(' acme0001 ', records)).toEqual(['ACME0001']);
		expect(found('0417', records)).toEqual(['0417']);
	});

	test('else those of that number, zeros in front put aside on both sides', () => {
		expect(found('417', records)).toEqual(['1;00000000000000417', '0417']);
		expect(found('00417', records)).toEqual(['1;00000000000000417', '0417']);
		expect(found('0', [vendor('000'), vendor('10')])).toEqual(['000']);
		expect(found('107', [vendor('1007')])).toEqual([]);
	});

	test('else those whose key or label holds it', () => {
		expect(found('concr', records)).toEqual(['ACME0001']);
		expect(found('4170', [records[0], records[1]])).toEqual(['1;00000000000004170']);
		expect(found('000041', records)).toEqual(['1;00000000000000417', '1;00000000000004170']);
		expect(found('nothing like it', records)).toEqual([]);
	});

	test('a vendor has no document number, though its label may look like one', () => {
		const odd = vendor('X1', 'Invoice INV-009 of ACME0001, voucher 9');
		expect(found('INV-009', [odd, known('1;009')])).toEqual(['1;009']);
	});

	test('a label without a number names nothing more', () => {
		expect(found('Invoice', [known('1;7', { label: 'Invoice' })])).toEqual(['1;7']);
		expect(found('undefined', [known('1;7', { label: 'Invoice' })])).toEqual([]);
	});
});

test('names are typed one per line or with commas, each counts once', () => {
	expect(searchTerms(' 417, ACME 1\r\n\n417 ,,1;000417')).toEqual(['417', 'ACME 1', '1;000417']);
	expect(searchTerms(' \n,')).toEqual([]);
});

test('a kind and a company leave out the others; blank leaves out none', () => {
	const one = known('1;7');
	expect(isMeant(one, { entity: '', company: '' })).toBe(true);
	expect(isMeant(one, { entity: 'payable', company: 'two ' })).toBe(true);
	expect(isMeant(one, { entity: 'vendor', company: '' })).toBe(false);
	expect(isMeant(one, { entity: '', company: 'THREE' })).toBe(false);
});

describe('what the tables know of a record', () => {
	const at = (hour: number) => `2026-03-01T0${hour}:00:00.000Z`;

	test('is its newest event and its newest waiting row, in whatever order they stand', () => {
		const events = [event('1;7', 'updated', at(9)), event('1;7', 'created', at(8))];
		const parked = [
			parkedRow('1;7', { id: 2, last_tried_at: at(7) }),
			parkedRow('1;7', { id: 3, last_tried_at: at(6) }),
		];
		for (const rows of [
			{ events, parked },
			{ events: [...events].reverse(), parked: [...parked].reverse() },
		])
			expect(knownRecords(rows)).toMatchObject([
				{ key: '1;7', event: { outcome: 'updated' }, parked: { id: 2 } },
			]);
	});

	test('of two at the same moment the later row counts', () => {
		const events = [event('1;7', 'created', at(8)), event('1;7', 'updated', at(8))];
		const parked = [parkedRow('1;7', { id: 2 }), parkedRow('1;7', { id: 3 })];
		expect(knownRecords({ events, parked })).toMatchObject([
			{ event: { outcome: 'updated' }, parked: { id: 3 } },
		]);
	});

	test('is nothing of dry runs, nor of rows without a key', () => {
		const events = [{ ...event('1;7'), dry_run: true }, event('', 'failed')];
		expect(knownRecords({ events, parked: [parkedRow('')] })).toEqual([]);
	});

	test('names it by its label, or by its key where it has none', () => {
		const parked = [parkedRow('1;7', { gp_label: '' }), parkedRow('1;8')];
		expect(knownRecords({ events: [], parked }).map(({ label }) => label)).toEqual([
			'1;7',
			'Invoice',
		]);
	});
});
