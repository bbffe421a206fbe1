import type { MappingSettings } from '../../lib/mapping/types';
import type { GpPayable } from '../../lib/model/gp-records';
import { directCosts, map, payable, type Entry } from './samples';

type Settings = Partial<MappingSettings>;
const LINE: Entry = ['purchase', '300-5110-02', '100'];
const OTHER: Entry = ['purchase', '301-5110-02', '100'];

/** `project code type amount` of each line sent, and `outcome code amount` of what is not. */
function outcome(document: GpPayable, settings: Settings) {
	const result = map([document], { settings });
	return [
		...directCosts(result).flatMap(({ projectId, lines }) =>
			lines.map((line) => `${projectId} ${line.costCode} ${line.costType} ${line.amount}`),
		),
		...result.notSent.map((one) => `${one.outcome} ${one.reason!.code} ${one.source.amount}`),
	];
}

describe('what is held back from the vendor', () => {
	const held = (entries: Entry[], retainage = '30') => {
		const document = payable(entries);
		return { ...document, amounts: { ...document.amounts, retainage } };
	};
	const own: Settings = { retainage: 'ownLine' };

	test('is taken from each line by its cost, and stands beside it once for each code', () => {
		const entries: Entry[] = [LINE, ['purchase', '300-5110-02', '100'], OTHER];
		expect(outcome(held(entries), own)).toEqual([
			...['9001 5110 M 90.00', '9001 5110 M 90.00', '9001 5110 M 20.00'],
			...['9002 5110 M 90.00', '9002 5110 M 10.00'],
		]);
		const [cost] = directCosts(map([held(entries)], { settings: own }));
		expect(cost!.lines.map(({ originId }) => originId.split(':L:')[1])).toEqual([
			'16384',
			'32768',
			'R16384',
		]);
	});

	test('goes with what is left out where its line is', () => {
		const entries: Entry[] = [LINE, ['purchase', '000-6150-00', '200']];
		expect(outcome(held(entries), own)).toEqual([
			...['9001 5110 M 90.00', '9001 5110 M 10.00', 'skipped not-job-cost 200.00'],
		]);
		expect(outcome(held(entries), { retainage: 'leaveOut' })).toEqual([
			...['9001 5110 M 90.00', 'skipped not-job-cost 210.00'],
		]);
	});

	test('has the code of the policy, or keeps that of its line', () => {
		const ownLines = (retainage: object) =>
			outcome(held([LINE]), { ...own, ownLines: { retainage } });
		expect(ownLines({ costCode: ' X1 ', costType: ' X ' })[1]).toBe('9001 X1 X 30.00');
		expect(ownLines({ costCode: ' ', costType: 'X' })[1]).toBe('9001 5110 X 30.00');
		expect(ownLines({})[1]).toBe('9001 5110 M 30.00');
	});

	test('is nothing where nothing is held back, and gives a line of a cent no part', () => {
		expect(outcome(held([LINE], '0'), own)).toEqual(['9001 5110 M 100.00']);
		expect(outcome(held([LINE, ['purchase', '301-5110-02', '0.01']], '1'), own)).toEqual([
			...['9001 5110 M 99.00', '9001 5110 M 1.00', '9002 5110 M 0.01'],
		]);
	});
});
