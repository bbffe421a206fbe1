import { type AlertRow, evaluateAlerts, type Finding, notifiedRows } from '../../lib/alerts/alerts';
import { alert, finding, hoursAgo, NOW } from './samples';

const evaluate = (
	findings: Finding[],
	rows: AlertRow[] = [],
	given: Partial<Parameters<typeof evaluateAlerts>[0]> = {},
) => evaluateAlerts({ findings, rows, checked: () => true, repeatHours: 24, now: NOW, ...given });
const names = ({ raised, repeated, cleared }: ReturnType<typeof evaluate>) => ({
	raised: raised.length,
	repeated: repeated.length,
	cleared: cleared.length,
});

describe('an alert', () => {
	test('is raised once, and stands silently after that', () => {
		const first = evaluate([finding()]);
		expect(names(first)).toEqual({ raised: 1, repeated: 0, cleared: 0 });
		const [told] = notifiedRows(first, [finding()], NOW);
		expect(told).toMatchObject({ times: 1, notified_at: NOW, first_at: NOW, level: 1 });
		const second = evaluate([finding()], [told!]);
		expect(names(second)).toEqual({ raised: 0, repeated: 0, cleared: 0 });
		expect(second.standing[0]).toMatchObject({ times: 2, notified_at: NOW });
	});

	test('is told again after a day', () => {
		expect(names(evaluate([finding()], [alert({ notified_at: hoursAgo(23) })])).repeated).toBe(0);
		expect(names(evaluate([finding()], [alert({ notified_at: hoursAgo(24) })])).repeated).toBe(1);
	});

	test('is told at once when it has become twice as bad since it was last told', () => {
		const standing = alert({ notified_at: hoursAgo(1), level: 30 });
		expect(names(evaluate([finding({ level: 59 })], [standing])).repeated).toBe(0);
		const worse = evaluate([finding({ level: 60 })], [standing]);
		expect(names(worse).repeated).toBe(1);
		expect(notifiedRows(worse, [finding({ level: 60 })], NOW)[0]!.level).toBe(60);
	});

	test('that grows slowly is told when it has doubled, not compared with an hour ago', () => {
		let row = alert({ level: 10, notified_at: hoursAgo(1) });
		const told: number[] = [];
		for (const level of [12, 15, 18, 20, 25]) {
			const changes = evaluate([finding({ level })], [row]);
			row = changes.standing[0]!;
			const [again] = notifiedRows(changes, [finding({ level })], NOW);
			if (again) {
				told.push(level);
				row = again;
			}
		}
		expect(told).toEqual([20]);
	});

	test('that could not be told is raised again next time', () => {
		expect(names(evaluate([finding()], [alert({ notified_at: '' })])).raised).toBe(1);
	});

	test('is cleared when its condition is gone, but only if that was looked at', () => {
		expect(names(evaluate([], [alert()])).cleared).toBe(1);
		expect(names(evaluate([], [alert()], { checked: () => false })).cleared).toBe(0);
	});

	test('that another flow found to be over is cleared', () => {
		const over = alert({ condition: 'chain-broken', severity: 'resolved' });
		expect(names(evaluate([], [over], { checked: () => false })).cleared).toBe(1);
	});

	test('another flow raised is told, although nobody was told yet', () => {
		const new_ = alert({ condition: 'chain-broken', notified_at: '' });
		const changes = evaluate([], [new_], { checked: () => false });
		expect(names(changes)).toEqual({ raised: 1, repeated: 0, cleared: 0 });
		expect(changes.standing).toEqual([]);
		expect(notifiedRows(changes, [], NOW)[0]!.notified_at).toBe(NOW);
	});

	test('concerns one company: the same condition of two is two alerts', () => {
		const rows = [alert(), alert({ gp_company: 'THREE' })];
		expect(names(evaluate([finding()], rows))).toEqual({ raised: 0, repeated: 0, cleared: 1 });
	});

	test('found twice in one look counts once', () => {
		expect(names(evaluate([finding(), finding()])).raised).toBe(1);
	});
});
