import type { SentAs } from '../../lib/model/desired';
import type { GpPayable } from '../../lib/model/gp-records';
import { directCosts, map, payable, type Entry } from './samples';

/* What was sent of a document before decides what is taken back, and how it is looked for. */
const KEY = '1;00000000000000417';
const AT = '2026-03-01T00:00:00.000Z';
const ON = (job: string): Entry => ['purchase', `${job}-5110-02`, '40'];
const sentAs = (id: string, type?: 'requisition') =>
	({ id, at: AT, ...(type ? { type } : {}) }) as SentAs;
type Given = NonNullable<Parameters<typeof map>[1]>;
const mapped = (document: GpPayable, given: Given = {}) => map([document], given);

/** As `map`, with how the document was sent before. */
function withSent(
	document: GpPayable,
	sentBefore: Record<string, SentAs>,
	settings: NonNullable<Given['settings']> = {},
) {
	const waiting = { ...document, sentBefore } as GpPayable;
	return mapped(waiting, { settings });
}

describe('how a document was sent before', () => {
	test('is told where it is taken out, and where it may stand as one of two kinds', () => {
		const before = { 9001: sentAs('1', 'requisition'), 9002: sentAs('2'), 9003: sentAs('3') };
		const costs = directCosts(withSent(payable([ON('300'), ON('301')]), before));
		expect(costs.map((one) => [one.projectId, one.voided, one.sentAs])).toEqual([
			// Sent as a requisition, it may stand as either.
			['9001', false, before[9001]],
			// A direct cost then as now: its list shows it.
			['9002', false, undefined],
			// Taken out.
			['9003', true, before[9003]],
		]);
	});

	test('is told where an order is billed, since the direct cost may become a requisition', () => {
		const document = payable([ON('300')], { purchaseOrderNumber: 'PO-7' });
		const [cost] = directCosts(
			withSent(document, { 9001: sentAs('1') }, { commitments: 'requisition' }),
		);
		expect(cost).toMatchObject({ commitment: { number: 'PO-7' }, sentAs: { id: '1' } });
	});

	test('stays with the document while it waits, and is no part of what is decided', () => {
		const before = { 9001: sentAs('1') };
		const { notSent } = withSent(payable([ON('777')]), before);
		expect(notSent[0]!.record).toMatchObject({ key: KEY, sentBefore: before });
		const plain = map([payable([ON('777')])]);
		expect(plain.notSent[0]!.record).not.toHaveProperty('sentBefore');
		expect(plain.notSent[0]!.source.content).toBe(notSent[0]!.source.content);
	});

	test('is put together with the projects known from events, each once', () => {
		const document = { ...payable([ON('300')]), sentBefore: { 9002: sentAs('2') } } as GpPayable;
		const result = mapped(document, { earlierProjects: { [KEY]: ['9003', '9002'] } });
		expect(directCosts(result).map(({ projectId, voided }) => [projectId, voided])).toEqual([
			['9001', false],
			['9002', true],
			['9003', true],
		]);
	});

	test('is that of the events where both tell, for a key in any spelling', () => {
		const document = { ...payable([ON('300')]), sentBefore: { 9002: sentAs('2') } } as GpPayable;
		const sentBefore = {
			[KEY]: { 9002: sentAs('22') },
			[` ${KEY}`]: { 9003: sentAs('33') },
			'1;other': { 9002: sentAs('no') },
		};
		const costs = directCosts(
			mapped(document, { sentBefore, earlierProjects: { [KEY]: ['9003'] } }),
		);
		expect(costs.flatMap((one) => one.sentAs?.id ?? [])).toEqual(['22', '33']);
		expect(costs).toHaveLength(3);
	});
});

describe('where nothing of a document is sent any more', () => {
	const earlierProjects = { [KEY]: ['9001'] };
	const taken = (document: GpPayable, given: Given = {}) => {
		const result = mapped(document, { earlierProjects, ...given });
		return [
			directCosts(result).map(
				({ projectId, voided, source }) => `${projectId} ${voided} ${source.rule}`,
			),
			result.notSent.map(({ reason }) => reason!.code),
		];
	};
	const WITHDRAWN = ['9001 true withdrawn: no line names this project now'];

	test.each<[string, GpPayable, Given, string]>([
		[
			'no line is cost of a project',
			payable([['purchase', '000-6150-00', '9']]),
			{},
			'not-job-cost',
		],
		['its job has no project', payable([ON('777')]), {}, 'job-without-project'],
		['no line names a job', payable([ON('000')]), {}, 'no-job'],
		[
			'its lines were taken off',
			payable([['purchase', '300-5110-02', '0']], { amounts: { ...payable([]).amounts } }),
			{},
			'no-cost',
		],
	])('it is taken out where it was: %s', (_why, document, given, code) => {
		expect(taken(document, given)).toEqual([WITHDRAWN, [code]]);
	});

	test('it stays in a project that is not active any more: its job may lead there still', () => {
		const closed: Given = { earlierProjects: { [KEY]: ['9001', '8000'] } };
		expect(taken(payable([ON('777')]), closed)[0]).toEqual(WITHDRAWN);
		expect(taken(payable([['purchase', '000-6150-00', '9']]), closed)[0]).toEqual(WITHDRAWN);
		// Sent elsewhere, it is shown to have left.
		expect(taken(payable([ON('301')]), closed)[0]).toEqual([
			expect.stringMatching(/^9002 false/),
			...WITHDRAWN,
			'8000 true withdrawn: no line names this project now',
		]);
		// Where no project was read nothing is known to be closed.
		const none = taken(payable([['purchase', '000-6150-00', '9']]), { ...closed, projects: [] });
		expect(none[0]).toHaveLength(2);
	});

	describe('where the job it was sent by has no project any more', () => {
		const sent = (jobs?: string) => ({ ...sentAs('1'), ...(jobs ? { jobs } : {}) });
		const by = (jobs: string | undefined, job = '777'): [string[], string[]] =>
			taken(payable([ON(job)]), { sentBefore: { [KEY]: { 9001: sent(jobs) } } }) as never;

		test('it stays: the job lost its project, nothing shows that the document left', () => {
			expect(by('|J:777|')).toEqual([[], ['job-without-project']]);
			expect(by('|J:300|J:777|')[0]).toEqual([]);
			// It named another job then, or a job of which this is a piece.
			expect(by('|J:300|')[0]).toEqual(WITHDRAWN);
			expect(by('|J:7771|')[0]).toEqual(WITHDRAWN);
			expect(by(undefined)[0]).toEqual(WITHDRAWN);
			// It names none now.
			expect(by('|J:777|', '000')[0]).toEqual(WITHDRAWN);
		});

		test('it stays as long as it waits, also once its events are not read any more', () => {
			const waiting = { ...payable([ON('777')]), sentBefore: { 9001: sent('|J:777|') } };
			const result = mapped(waiting as GpPayable);
			expect(result.desired).toEqual([]);
			expect(result.notSent[0]!.record).toMatchObject({ sentBefore: waiting.sentBefore });
		});

		test('it leaves with a void, to another project, and with a job that is left out', () => {
			const sentBefore = { [KEY]: { 9001: sent('|J:777|') } };
			const voided = payable([ON('777')], { voided: true });
			expect(taken(voided, { sentBefore })[0]).toEqual(['9001 true sent there before']);
			const row = { gp_company: 'TWO', gp_job: '777' };
			const linked = (more: object) => ({
				crosswalk: { projects: [{ ...row, ...more }], accounts: [], vendors: [] },
			});
			const moved = taken(payable([ON('777')]), {
				sentBefore,
				...linked({ procore_project_id: '9002' }),
			});
			expect(moved[0]).toEqual([expect.stringMatching(/^9002 false/), ...WITHDRAWN]);
			const skipped = taken(payable([ON('777')]), { sentBefore, ...linked({ action: 'skip' }) });
			expect(skipped[0]).toEqual(WITHDRAWN);
		});
	});

	test('it stays where one line waits for something that may lead there', () => {
		const crosswalk = {
			projects: [{ gp_company: 'TWO', gp_job: '301', action: 'sned' }],
			accounts: [],
			vendors: [],
		};
		expect(taken(payable([ON('777'), ON('301')]), { crosswalk })).toEqual([
			[],
			['job-without-project'],
		]);
	});

	test('a void says that GP took it out', () => {
		expect(taken(payable([['purchase', '000-6150-00', '9']], { voided: true }))[0]).toEqual([
			'9001 true sent there before',
		]);
	});
});

describe('a document of several companies whose lines are not told apart', () => {
	const unknown = (given: Partial<GpPayable> = {}) =>
		payable([ON('300')], { intercompany: 'linesUnknown', ...given });
	const codes = (document: GpPayable, ids: string[]) =>
		mapped(document, { earlierProjects: { [KEY]: ids } }).notSent.map(
			({ outcome, reason, source }) => `${outcome} ${reason!.code} ${source.amount}`,
		);

	test('stays as it was sent once it is in history, and waits before', () => {
		expect(codes(unknown({ state: 'history' }), ['9001'])).toEqual(['skipped as-sent 0']);
		expect(codes(unknown({ state: 'history' }), [])).toEqual(['parked intercompany-unknown 40.00']);
		expect(codes(unknown(), ['9001'])).toEqual(['parked intercompany-unknown 40.00']);
	});

	test('is left out where it has no cost at all', () => {
		const none = payable([], {
			...{ intercompany: 'linesUnknown' as const },
			amounts: { ...payable([]).amounts, document: '0' },
		});
		expect(codes(none, [])).toEqual(['skipped no-cost 0.00']);
	});
});

test('documents before the first day that is sent are left out, unless they were sent already', () => {
	const settings = { documentsFrom: '2026-02-28' };
	const early = payable([ON('300')]);
	expect(map([early], { settings }).notSent).toMatchObject([
		{ outcome: 'skipped', reason: { code: 'before-start' }, source: { amount: '40.00' } },
	]);
	const sent = map([early], { settings, earlierProjects: { [KEY]: ['9001'] } });
	expect(directCosts(sent)).toMatchObject([{ projectId: '9001', voided: false }]);
	for (const documentDate of ['2026-02-28', null])
		expect(directCosts(map([payable([ON('300')], { documentDate })], { settings }))).toHaveLength(
			1,
		);
});

test('a void is told to each project that any of its lines or charges names', () => {
	const document = payable([ON('300'), ['freight', '301-5140-04', '9']], { voided: true });
	expect(directCosts(map([document])).map(({ projectId, voided }) => [projectId, voided])).toEqual([
		['9001', true],
		['9002', true],
	]);
});

test('a document without a vendor, or with an unreadable amount, waits', () => {
	const codes = (document: GpPayable) => map([document]).notSent.map(({ reason }) => reason!.code);
	expect(codes(payable([ON('300')], { vendorId: ' ' }))).toEqual(['vendor-missing']);
	const unreadable = payable([ON('300')]);
	unreadable.distributions[0]!.credit = 'n/a';
	const [left] = map([unreadable]).notSent;
	expect(left!.reason).toMatchObject({
		code: 'record-unreadable',
		message: 'A distribution has a debit or credit that is not a number',
	});
});
