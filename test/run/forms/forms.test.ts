import { EXPORT_FORM, readExportForm } from '../../../lib/audit/export';
import { planNight } from '../../../lib/audit/retention';
import {
	monthsBefore,
	readReconcileForm,
	readReplayForm,
	readSetupForm,
	searchFor,
	SETUP_FORM,
} from '../../../lib/run/forms';
import { parkedRow } from '../../audit/samples';

const NOW = '2026-03-31T10:00:00.000Z';

test('months are counted back from the first of a month, so that none is skipped', () => {
	expect(monthsBefore(NOW, 1)).toBe('2026-02');
	expect(monthsBefore(NOW, 3)).toBe('2025-12');
	expect(monthsBefore('2026-01-15T00:00:00Z', 12)).toBe('2025-01');
});

describe('reconcile', () => {
	test.each([
		['by hand: everything', {}, { by_form: false, from_month: '', to_month: '' }],
		['every week: three months', { timestamp: NOW }, { by_form: false, from_month: '2025-12' }],
		[
			'by form',
			{
				formMode: 'production',
				From: '2026-01-15',
				To: '2026-02-28',
				'What was edited in Procore': "Put GP's values back",
				'What differs': 'Have it mended by the next run',
			},
			{ by_form: true, from_month: '2026-01', to_month: '2026-02', drift: 'overwrite', mend: true },
		],
		[
			'by form, to look only',
			{ submittedAt: NOW, 'What differs': 'Only report it' },
			{ by_form: true, mend: false },
		],
		[
			'by form, with its months turned around',
			{ formMode: 'production', From: '2026-06-01', To: '2026-01-15' },
			{
				...{ from_month: '2026-01', to_month: '2026-06' },
				promise: 'to compare both books (months: 2026-01 to 2026-06).',
			},
		],
		['with an answer nobody offers', { 'What differs': 'constructor' }, { mend: false }],
	])('%s', (_how, given, options) => expect(readReconcileForm(given, NOW)).toMatchObject(options));
});

describe('setup', () => {
	test.each([
		[{}, { by_form: false, threshold: 97, payables_from: '2025-03' }],
		...Object.entries(SETUP_FORM.linkChoices).map(([label, threshold]): [object, object] => [
			{ formMode: 'test', 'Link by itself': label, 'Look through payables from': '2026-02-10' },
			{ by_form: true, threshold, payables_from: '2026-02' },
		]),
		[{ 'Link by itself': 'something else' }, { threshold: 101 }],
	])('%j', (given, options) =>
		expect(readSetupForm(given as Record<string, unknown>, NOW)).toMatchObject(options),
	);
});

describe('replay', () => {
	test('a form is read by its questions', () => {
		expect(
			readReplayForm({
				formMode: 'production',
				What: 'All handled between two days',
				Records: '',
				'First day': '2026-01-01',
				'Last day': '2026-01-31',
				Kind: 'GL accounts',
				'GP company': 'TWO',
				Data: 'The record as it was stored',
				'Asked by': '',
			}),
		).toEqual({
			by_form: true,
			choice: 'handled',
			search: '',
			from: '2026-01-01',
			to: '2026-01-31',
			entity: 'account',
			company: 'TWO',
			use: 'stored',
			by: 'replay form',
		});
	});

	test('another workflow gives the values themselves', () => {
		const given = { choice: 'records', search: '417', entity: 'payable', use: 'gp', by: 'errors' };
		expect(readReplayForm(given)).toMatchObject({ ...given, by_form: false });
	});

	const ask = (more: object) => readReplayForm({ choice: 'records', use: 'gp', ...more });

	test('days that are turned around are put in order where records lie between them', () => {
		const days = { from: '2026-02-28', to: '2026-02-01' };
		const handled = ask({ choice: 'handled', ...days });
		expect(handled).toMatchObject({ from: '2026-02-01', to: '2026-02-28' });
		expect(searchFor(handled, [])).toMatchObject({ since: '2026-02-01', until: '2026-02-28T99' });
		expect(ask({ choice: 'handled', from: days.from })).toMatchObject({ from: days.from, to: '' });
		expect(ask({ choice: 'changed', ...days })).toMatchObject(days);
	});

	test('records are looked up by name, with and without zeros in front', () => {
		expect(searchFor(ask({ search: ' 000417,ACME \n\n0' }), [])).toMatchObject({
			where: 'name',
			names: ['417', 'ACME', '0'],
		});
		expect(searchFor(ask({ search: ' 0, 00' }), []).where).toBe('nowhere');
		expect(searchFor(ask({ choice: 'changed', search: '417' }), []).where).toBe('nowhere');
		expect(searchFor(ask({ choice: 'handled', search: '417' }), []).where).toBe('day');
	});

	test('days reach to the end of the last one; without a first day nothing is found', () => {
		const days = { choice: 'handled', from: '2026-01-01', to: '2026-01-31' };
		expect(searchFor(ask(days), [])).toMatchObject({
			where: 'day',
			since: '2026-01-01',
			until: '2026-01-31T99',
		});
		expect(searchFor(ask({ choice: 'handled' }), [])).toMatchObject({
			since: '9999',
			until: '9999',
		});
	});

	test('stored records are compared with what happened since the first of them was tried', () => {
		const parked = ['2026-02-02', '', '2026-01-05'].map((last_tried_at) => ({
			...parkedRow('1;417'),
			last_tried_at,
		}));
		expect(searchFor(ask({ choice: 'waiting', use: 'stored' }), parked)).toMatchObject({
			where: 'day',
			since: '2026-01-05',
			until: '9999',
		});
		expect(searchFor(ask({ choice: 'waiting' }), parked).where).toBe('nowhere');
	});
});

describe('export', () => {
	test('a table, a kind of file, and days that are in its name', () => {
		expect(
			readExportForm({
				What: 'Runs',
				File: 'Excel',
				'First day': '2026-01-01T00:00:00.000Z',
				'Last day': '2026-01-31',
			}),
		).toEqual({
			by_form: false,
			table: 'runs',
			excel: true,
			from: '2026-01-01',
			to: '2026-01-31',
			until: '2026-01-31T99',
			file: 'gp-to-procore-runs-2026-01-01-2026-01-31',
		});
	});

	test('no days means all', () => {
		const [label] = Object.keys(EXPORT_FORM.whatChoices);
		expect(readExportForm({ What: label, File: 'CSV' })).toMatchObject({
			excel: false,
			from: '',
			until: '9999',
			file: 'gp-to-procore-events',
		});
	});

	test('days turned around are put in order', () => {
		const turned = { What: 'Runs', 'First day': '2026-01-31', 'Last day': '2026-01-01' };
		expect(readExportForm(turned)).toMatchObject({
			...{ from: '2026-01-01', to: '2026-01-31', until: '2026-01-31T99' },
			file: 'gp-to-procore-runs-2026-01-01-2026-01-31',
		});
		expect(readExportForm({ 'First day': '2026-01-31' })).toMatchObject({ from: '2026-01-31' });
	});

	test('what is not offered is no table', () => {
		expect(readExportForm({ formMode: 'test', What: 'toString' })).toMatchObject({
			by_form: true,
			table: '',
		});
	});
});

test('the night looks at the last days, at the run of a standing alert, and far back', () => {
	const plan = { daysToCheck: 2, monthsToKeep: 24, now: NOW };
	const alerts = [{ condition: 'stale' }, { condition: 'chain-broken', run_id: 'r7' }];
	expect(planNight({ ...plan, alerts })).toEqual({
		check_since: '2026-03-29T10:00:00.000Z',
		alerted_run: 'r7',
		remove_before: '2024-03-31T10:00:00.000Z',
	});
	expect(planNight({ ...plan, alerts: [] }).alerted_run).toBe('none');
	// Of several companies that was noted longest ago, so that each has its turn.
	const broken = (run_id: string, last_at: string) => ({
		...{ condition: 'chain-broken', run_id, last_at },
	});
	const two = [broken('r8', '2026-03-31T02:20:00.000Z'), broken('r9', '2026-03-30T02:20:00.000Z')];
	expect(planNight({ ...plan, alerts: two }).alerted_run).toBe('r9');
});
