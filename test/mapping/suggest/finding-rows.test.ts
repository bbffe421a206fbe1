import {
	ALL_LINES,
	type FindingRow,
	findingRows,
	isOpen,
	ofCompany,
	withAllAccepted,
} from '../../../lib/mapping/suggest/finding-rows';
import type { Finding } from '../../../lib/mapping/suggest/propose-types';

const NOW = '2026-03-02T06:00:00.000Z';
const PATTERN = { costAccountPattern: '^5' };
const finding = (given: Partial<Finding> = {}): Finding => ({
	...{ subject: 'costAccounts', sure: true, said: 'begins with 5', covered: 9, of: 10 },
	...{ examples: ['300-5110-02', '301-5110-02'], others: ['segment 1'], settings: PATTERN },
	...given,
});
const row = (given: Partial<FindingRow> = {}): FindingRow => ({
	...{ gp_company: 'TWO', subject: 'costAccounts', status: 'proposed', found: 'begins with 5' },
	...{ coverage: '', examples: '', others: '', accepted: '', accepted_at: '', found_at: '' },
	settings: JSON.stringify(PATTERN),
	...given,
});
const coverage = { lines: 1_200, placed: 900, left: 200, waiting: 100 } as never;
const after = (findings: Finding[], standing: FindingRow[] = []) =>
	findingRows('TWO', { findings, coverage }, standing, NOW);
const found = (...given: Parameters<typeof after>) =>
	after(...given).filter(({ subject }) => subject !== ALL_LINES);

describe('the rows after setup looked', () => {
	test('begin with what becomes of all lines', () => {
		expect(after([])).toEqual([
			expect.objectContaining({
				subject: ALL_LINES,
				status: 'counted',
				found:
					'Of 1,200 cost lines 900 go to a project, 200 are no cost of one and are left out, 100 wait',
				found_at: NOW,
			}),
		]);
	});

	test('show what was found, with what was looked at', () => {
		expect(found([finding()])).toEqual([
			{
				...{
					gp_company: 'TWO',
					subject: 'costAccounts',
					status: 'proposed',
					found: 'begins with 5',
				},
				...{ examples: '300-5110-02\n301-5110-02', others: 'segment 1', found_at: NOW },
				...{ accepted: '', accepted_at: '', settings: '{"costAccountPattern":"^5"}' },
				coverage: expect.any(String),
			},
		]);
	});

	test.each<[string, Partial<Finding>, Partial<FindingRow>, string]>([
		['nothing sure', { sure: false }, {}, 'not sure'],
		['sure, with nothing to set', { settings: {} }, {}, 'told'],
		['what was accepted', {}, { accepted: JSON.stringify(PATTERN) }, 'accepted'],
		['something else than was accepted', {}, { accepted: '{}' }, 'accepted, found otherwise since'],
		['what somebody accepted by writing so', {}, { status: ' Accepted' }, 'accepted'],
	])('say how it stands: %s', (_what, given, standing, status) => {
		expect(found([finding(given)], [row(standing)])[0].status).toBe(status);
	});

	test('keep what was accepted until something else is, and nothing of other companies', () => {
		const accepted = { accepted: '{"costAccountPattern":"^4"}', accepted_at: 'before' };
		expect(found([finding()], [row(accepted)])[0]).toMatchObject(accepted);
		expect(found([finding()], [row({ ...accepted, gp_company: 'THREE' })])[0].accepted).toBe('');
	});

	test('tell what was found before and is no more', () => {
		const gone = (standing: Partial<FindingRow>) => found([], [row(standing)])[0];
		expect(gone({})).toMatchObject({
			...{ status: 'not found any more', settings: '', coverage: '', examples: '' },
		});
		expect(gone({ accepted: '{"a":1}' })).toMatchObject({
			...{ status: 'accepted, found otherwise since', accepted: '{"a":1}' },
		});
	});
});

test('what there is to accept: settings that are not in force', () => {
	const settings = JSON.stringify(PATTERN);
	const open = (given: Partial<FindingRow>) => isOpen(row(given));
	expect([open({}), open({ accepted: '{}' })]).toEqual([true, true]);
	expect([
		open({ accepted: settings }),
		open({ settings: '' }),
		open({ status: 'accepted' }),
	]).toEqual([...[false, false, false]]);
});

test('accepting all takes over what is proposed, and leaves the rest as it stands', () => {
	const settings = JSON.stringify(PATTERN);
	const rows = [
		row(),
		row({ settings: '', status: 'not sure' }),
		row({ accepted: settings, accepted_at: 'before' }),
		row({ accepted: '{}', accepted_at: 'before' }),
	];
	const accepted = { accepted: settings, accepted_at: NOW, status: 'accepted' };
	expect(withAllAccepted(rows, NOW)).toEqual([
		{ ...rows[0], ...accepted },
		rows[1],
		rows[2],
		{ ...rows[3], ...accepted },
	]);
});

test('rows of a company are those with a subject, in whatever spelling', () => {
	const rows = [row({ gp_company: 'two ' }), row({ subject: ' ' }), row({ gp_company: 'THREE' })];
	expect(ofCompany(rows, 'TWO')).toEqual([rows[0]]);
});
