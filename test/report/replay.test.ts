import { readQuestion } from '../../lib/report/read/question';
import { planReplay } from '../../lib/report/acts/plan-acts';
import {
	checkReplayToken,
	readReplayForm,
	type ReplayOrder,
	replayToken,
	TOKEN_LIFE,
	visitorOf,
} from '../../lib/report/acts/read-act';
import { draw, event, failure, NOW, parked, request } from './samples';

const LOGIN = `Basic ${Buffer.from('accounting:a long password').toString('base64')}`;
const now = Date.parse(NOW);

describe('the token of a page', () => {
	const token = replayToken(LOGIN, now)!;

	it('counts for the visitor it was made for, until it is twelve hours old', () => {
		expect(checkReplayToken(token, LOGIN, now)).toBe('valid');
		expect(checkReplayToken(token, LOGIN, now + TOKEN_LIFE - 1000)).toBe('valid');
		expect(checkReplayToken(token, LOGIN, now + TOKEN_LIFE + 1000)).toBe('expired');
	});

	it('counts for nobody else, and cannot be made older or younger', () => {
		expect(checkReplayToken(token, `${LOGIN}x`, now)).toBe('wrong');
		const [expires, signed] = token.split('.');
		const later = (Number.parseInt(expires!, 36) + 1).toString(36);
		expect(checkReplayToken(`${later}.${signed}`, LOGIN, now)).toBe('wrong');
		for (const made of ['', '.', token.slice(0, -1), `${token}x`, 'x.y'])
			expect(checkReplayToken(made, LOGIN, now)).toBe('wrong');
	});

	it('is not given to anybody who did not log in', () => {
		expect(replayToken('', now)).toBeNull();
		expect(checkReplayToken(token, '', now)).toBe('wrong');
	});

	it('does not show the login', () => {
		expect(token).not.toContain('accounting');
		expect(visitorOf(LOGIN)).toBe('accounting');
		expect(visitorOf('Bearer abc')).toBe('');
	});
});

describe('a pressed button', () => {
	const form = {
		...{ token: replayToken(LOGIN, now)!, entity: 'payable', company: 'TWO' },
		key: '1;00000000000000417',
	};
	const order = (given: object = {}): ReplayOrder => {
		const reading = readReplayForm({ ...form, ...given }, LOGIN, now);
		if (!reading.accepted) throw new Error(reading.message);
		return reading.order;
	};

	it('names a record and who asks', () => {
		expect(order()).toEqual({
			...{ all: false, entity: 'payable', company: 'TWO', key: form.key, by: 'page: accounting' },
			...{
				cause: null,
				look: { entity: 'payable', company: 'TWO', key: form.key, code: '%', most: 5_001 },
			},
		});
	});

	it.each([
		[{ entity: 'everything' }, 400],
		[{ key: '' }, 400],
		[{ token: ['a', 'b'] }, 403],
	])('with %j is refused', (given, status) => {
		expect(readReplayForm({ ...form, ...given }, LOGIN, now)).toMatchObject({
			...{ accepted: false, status },
		});
	});

	it('becomes one row, from the parked table or from any event', () => {
		for (const tables of [{ parked: [parked()] }, { events: [event()] }]) {
			const plan = planReplay(order(), tables, NOW)!;
			expect(plan.rows).toMatchObject([
				{ gp_key: form.key, gp_company: 'TWO', entity: 'payable', requested_at: NOW, tries: 0 },
			]);
			expect(plan.started).toMatch(/^\?page=story&.*notice=started$/);
		}
	});

	it('becomes none when it waits already, and a run is started all the same', () => {
		const plan = planReplay(order(), { parked: [parked()], requests: [request()] }, NOW)!;
		expect(plan).toMatchObject({ rows: [], start: true });
	});

	it('is for nothing when no table knows the record', () => {
		const other = failure({ gp_key: '1;00000000000004170' });
		expect(planReplay(order(), { events: [other] }, NOW)).toBeNull();
	});

	it('says that too many wait, not that none does', () => {
		const many = Array.from({ length: 5_001 }, (_, index) => parked({ gp_key: `1;${index}` }));
		const all = order({ all: 'yes' });
		const plan = planReplay(all, { parked: many }, NOW)!;
		expect(plan).toMatchObject({ rows: [], start: false });
		expect(plan.started).toContain('notice=too-many');
		expect(planReplay(all, {}, NOW)!.started).toContain('notice=nothing');
		expect(draw('page=waiting&notice=too-many', { parked: [parked()] })).toContain('5,000');
	});

	it('asks for every waiting record once when all are wanted', () => {
		const rows = [parked(), parked(), parked({ gp_key: 'ACME0001', entity: 'vendor' })];
		const plan = planReplay(order({ all: 'yes' }), { parked: rows }, NOW)!;
		expect(plan.rows.map((row) => row.entity)).toEqual(['vendor', 'payable']);
		expect(planReplay(order({ all: 'yes' }), {}, NOW)).toMatchObject({ rows: [], start: false });
	});
});

describe('the question in an address', () => {
	it('is the overview when there is none, and a search when only that was typed', () => {
		expect(readQuestion({}, NOW).page).toBe('overview');
		expect(readQuestion({ q: '417' }, NOW)).toMatchObject({ page: 'search', pattern: '%417%' });
	});

	it('is an export of the last month, or of the days given', () => {
		expect(readQuestion({ page: 'export' }, NOW)).toMatchObject({
			...{ lane: 'export', from: '2026-01-31', to: '2026-03-02', toEnd: '2026-03-02T99' },
		});
		expect(readQuestion({ page: 'export', from: "'; --", to: '2026-02-01' }, NOW)).toMatchObject({
			...{ from: '2026-01-02', to: '2026-02-01' },
		});
	});

	it('keeps every value within bounds', () => {
		const wild = readQuestion(
			{
				...{ page: 'nowhere', q: `${'x'.repeat(500)}%`, before: '-1', after: '99999999999' },
				...{ entity: 'DROP', outcome: "'; --", notice: 'a b', key: ['1;2', '3'] },
			},
			NOW,
		);
		expect(wild).toMatchObject({
			...{ entity: '', outcome: '', outcomePattern: '%', notice: '', key: '1;2', after: 0 },
			before: 2_147_483_647,
		});
		expect(wild.search).toHaveLength(80);
	});

	it('reads only a little, whatever the tables hold', () => {
		for (const page of ['overview', 'search', 'story', 'runs', 'run'])
			expect(readQuestion({ page }, NOW).limit).toBeLessThanOrEqual(501);
		// To be put together by their causes.
		expect(readQuestion({ page: 'waiting' }, NOW).limit).toBeLessThanOrEqual(2_001);
	});
});

test.each([
	['from=2026-02-20&to=2026-02-10', '2026-02-10', '2026-02-20'],
	['from=2026-99-99&to=2026-02-10', '2026-01-11', '2026-02-10'],
	['to=2026-02-10', '2026-01-11', '2026-02-10'],
	['from=yesterday&to=', '2026-01-31', '2026-03-02'],
])('days of an export that make no sense are not taken as they are: %s', (query, from, to) => {
	const asked = readQuestion(Object.fromEntries(new URLSearchParams(`page=export&${query}`)), NOW);
	expect(asked).toMatchObject({ from, to, toEnd: `${to}T99` });
});
