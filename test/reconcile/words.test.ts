import { fixRequests } from '../../lib/reconcile/differences';
import { inWords, notProvenText, type Doubts } from '../../lib/reconcile/comparison';
import type { Difference } from '../../lib/reconcile/reconcile.types';

const total = (given: object = {}) =>
	({
		...{ gp: '1234.5', procore: '1000', difference: '234.5', unexplained: '0', explained: {} },
		...given,
	}) as Parameters<typeof inWords>[0]['total'];
const words = (given: object = {}, ...rest: [number?, string?, string[]?]) => {
	const [mendable = 0, ...more] = rest;
	return inWords(
		{ total: total(given), differences: [], documents: 3, control: undefined },
		mendable,
		...more,
	);
};

describe('the result for a person', () => {
	test('says the sums, and nothing of causes where there is none', () => {
		expect(words().text).toBe(
			'GP has 1,234.50 in 3 documents, Procore 1,000.00; the difference is 234.50. Nothing is unexplained.',
		);
		expect(words({ explained: { stale: '0.00' } }).text).not.toContain('Of that');
	});

	test('names each cause with its amount', () => {
		const explained = { stale: '-1000000.5', unsaid: '0', duplicate: '2' };
		expect(words({ explained }).text).toContain(
			'Of that, -1,000,000.50 in a project the mapping no longer names; 2.00 twice in Procore.',
		);
	});

	test.each([
		['Every difference is explained', {}, ''],
		['There are unexplained differences', { unexplained: '5' }, ''],
		['There are unexplained differences', { unexplained: '5' }, 'the list was cut'],
		['Not proven: documents may be missing from this comparison', {}, 'the list was cut'],
	])('has the title "%s" with %j and "%s"', (title, given, doubt) => {
		const told = words(given, 0, doubt);
		expect(told.title).toBe(title);
		expect(told.text.includes('Not proven complete: the list was cut.')).toBe(doubt !== '');
		expect(told.text).toContain(
			'unexplained' in given ? '5.00 is unexplained.' : 'Nothing is unexplained.',
		);
	});

	test('does not say that anything agrees where there was nothing to compare', () => {
		const none = { gp: '0', procore: '0', difference: '0' };
		const told = (documents: number, given: object, doubt = '') =>
			inWords({ total: total(given), differences: [], documents, control: undefined }, 0, doubt);
		expect(told(0, none).title).toBe('There was no document to compare');
		expect(told(1, none).title).toBe('Every difference is explained');
		expect(told(0, { ...none, procore: '5' }).title).toBe('Every difference is explained');
		expect(told(0, none, 'the list was cut').title).toMatch(/^Not proven/);
	});

	test('says what the next run can mend, and where the differences stand', () => {
		expect(words({}, 2, '', ['A word more.']).text).toMatch(
			/A word more\. Nothing is unexplained\. The next run can mend 2 of what differs\.$/,
		);
		expect(words().text).not.toMatch(/can mend|gpp_reconciliation/);
	});
});

describe('what keeps a comparison from being proven complete', () => {
	const text = (given: Partial<Doubts> = {}) =>
		notProvenText({ missing: 0, failed: null, list: '', ...given });
	const unread = (documents: number, closed: boolean) => ({
		...{ projectId: '1', project: 'Harbor Tower', documents, amount: '10', closed },
	});

	test('is nothing where both readings came to their end', () => {
		expect(text({ control: { unsaid: 0, contradicted: 0 }, records: [], unread: [] })).toBe('');
	});

	test.each<[string, Partial<Doubts>, string]>([
		['one missing', { missing: 1 }, '1 document of GP is missing from this comparison'],
		['some missing', { missing: 2 }, '2 documents of GP are missing from this comparison'],
		['the second reading', { failed: 'status 500' }, 'the second reading failed: status 500'],
		['the list', { list: 'exactly 100 rows came' }, 'exactly 100 rows came'],
		[
			'what no run said',
			{ control: { unsaid: 2, contradicted: 0 } },
			'of 2 documents no run said what became of it',
		],
		[
			'the first of them',
			{ control: { unsaid: 1, contradicted: 0 }, firstUnsaid: 'Invoice 88: no project.' },
			'of 1 document no run said what became of it (the first: Invoice 88: no project.)',
		],
		[
			'what the list tells otherwise',
			{ control: { unsaid: 0, contradicted: 1 } },
			'GP’s list tells 1 document otherwise than the document itself',
		],
		[
			'one project not read',
			{ unread: [unread(1, false)] },
			'project Harbor Tower could not be read: 1 document with 10.00 for it is not compared',
		],
		[
			'a batch never recorded',
			{ unrecorded: { batches: 1, writes: 0, since: '' } },
			'1 batch in the journal is not recorded (none of its writes was met)',
		],
		[
			'several',
			{ unrecorded: { batches: 2, writes: 3, since: '2026-03-01T08:15:00.000Z' } },
			'2 batches in the journal, begun 2026-03-01 08:15 UTC are not recorded (3 of their writes named)',
		],
		['none never recorded', { unrecorded: { batches: 0, writes: 0, since: '' } }, ''],
	])('%s', (_what, given, expected) => expect(text(given)).toBe(expected));

	test('an inactive project, with what may be done', () => {
		expect(text({ unread: [unread(2, true)] })).toMatch(
			/^project Harbor Tower could not be read: 2 documents with 10\.00 for it are not compared \(it is inactive in Procore: .+\)$/,
		);
	});

	test('all of it in one line', () => {
		expect(text({ missing: 1, list: 'it was cut' })).toBe(
			'1 document of GP is missing from this comparison; it was cut',
		);
	});
});

test('a difference that belongs to no document asks for nothing', () => {
	const difference = (key: string) =>
		({ key, cause: 'stale', document: 'Invoice 1', amount: '1' }) as unknown as Difference;
	const options = {
		company: 'TWO',
		drift: 'keep',
		now: '2026-03-01T08:00:00Z',
		requestedBy: 'x',
	} as const;
	expect(
		fixRequests([difference(''), difference('1;1')], options).map(({ gp_key }) => gp_key),
	).toEqual(['1;1']);
});
