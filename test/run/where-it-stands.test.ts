import { prepareBatch } from '../../lib/run/batch';
import { watermarkOf, watermarksOf, type WatermarkRow } from '../../lib/run/events-of-batch';
import { daysBefore } from '../../lib/run/forms';
import { cursorBehind } from '../../lib/run/look-up';
import { howToRun } from '../../lib/run/requests/plan-requests';
import { parkedRow, payablesRun, run } from '../audit/samples';

const row = (entity: string, modified_since: string, given: Partial<WatermarkRow> = {}) =>
	({ entity, gp_company: 'TWO', modified_since, seen: '{}', ...given }) as WatermarkRow;

describe('where each stream of a company stands', () => {
	test('is the later row of it, and nothing of others', () => {
		const rows = [
			row('vendor', '2026-01-01'),
			row('vendor', '2026-02-02', { seen: '{"ACME":"h"}' }),
			row('account', '2026-03-03', { gp_company: 'THREE' }),
			row('unheard of', '2026-04-04'),
		];
		expect(watermarksOf(rows, 'TWO')).toEqual({
			vendor: { since: '2026-02-02', seen: { ACME: 'h' } },
		});
		expect(watermarksOf(rows, 'TWO', false)).toEqual({ vendor: { since: '2026-02-02', seen: {} } });
	});

	test.each([
		['{"1;7":"h"}', { '1;7': 'h' }],
		['', {}],
		['{"half', {}],
		['7', {}],
		['null', {}],
	])('what was seen is read from %s', (seen, expected) => {
		expect(watermarkOf(row('vendor', '2026-01-01', { seen })).seen).toEqual(expected);
	});

	test('a cell that somebody cleared reads from the start', () => {
		expect(watermarkOf(row('vendor', '')).since).toBeNull();
	});
});

describe('a batch before it is known what was asked for', () => {
	test('is of the entity of its step, or of the first part', () => {
		expect(prepareBatch(payablesRun()).entity).toBe('payable');
		expect(prepareBatch({ ...run({ parts: ['accounts'] }), step: null }).entity).toBe('account');
	});

	test('looks at the crosswalks once a run, where it may write what they change', () => {
		const looks = (given: object) => prepareBatch({ ...run(), ...given }).looksAtCrosswalks;
		expect(looks({})).toBe(true);
		expect([
			looks({ batches: 1 }),
			looks({ dryRun: true }),
			looks({ onlyRequested: true }),
		]).toEqual([...[false, false, false]]);
	});

	test('of a dry run has a lease of its own', () => {
		expect(prepareBatch(run()).leaseCompany).toBe('TWO');
		expect(prepareBatch(run({ dryRun: true })).leaseCompany).not.toBe('TWO');
	});
});

test('a portion of waiting rows ends at its last one, unless it was the last portion', () => {
	const rows = [parkedRow('1;7', { id: 4 }), parkedRow('1;8', { id: 9 })];
	expect([cursorBehind(rows, 2), cursorBehind(rows, 3), cursorBehind([], 2)]).toEqual([
		...['9', null, null],
	]);
	expect(cursorBehind([parkedRow('1;7', { id: undefined })], 1)).toBeNull();
});

test('a replay of records runs every part for them alone, one from a day its own part', () => {
	const all = ['vendors', 'accounts', 'payables'];
	expect(howToRun({ readFrom: '' }, { entity: 'vendor' })).toEqual({
		...{ parts: all, onlyRequested: true },
	});
	expect(howToRun({ readFrom: '2026-01-31' }, { entity: 'payable' })).toEqual({
		...{ parts: ['payables'], onlyRequested: false },
	});
	expect(howToRun({ readFrom: '2026-01-31' }, { entity: '' }).parts).toEqual(all);
});

test('so many days before an instant', () => {
	expect(daysBefore('2026-03-01T10:00:00.000Z', 2)).toBe('2026-02-27T10:00:00.000Z');
});
