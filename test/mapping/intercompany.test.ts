import { documentCosts } from '../../lib/mapping/document-cost';
import { DEFAULT_MAPPING_SETTINGS } from '../../lib/mapping/default-settings';
import type { GpPayable } from '../../lib/gp/records';
import { directCosts, map, payable } from './samples';

/* Line 2 belongs to company THREE, on an account number this company has as well. */
function intercompany(given: Partial<GpPayable> = {}): GpPayable {
	const document = payable([
		['purchase', '300-5110-02', '60.00'],
		['purchase', '300-5130-02', '40.00'],
	]);
	const distributions = document.distributions.map((line) =>
		line.account === '300-5130-02' ? { ...line, company: 'THREE' } : line,
	);
	return { ...document, distributions, ...given };
}

test('a line of another company is left out with its reason, never booked on the account of that number', () => {
	const result = map([intercompany()]);
	expect(directCosts(result)).toHaveLength(1);
	const [cost] = directCosts(result);
	expect(cost.total).toBe('60.00');
	expect(cost.lines.map(({ costCode }) => costCode)).toEqual(['5110']);
	expect(result.notSent).toEqual([
		expect.objectContaining({
			outcome: 'skipped',
			source: expect.objectContaining({ amount: '40.00' }),
			reason: expect.objectContaining({
				code: 'other-company',
				message: expect.stringContaining('THREE'),
			}),
		}),
	]);
	expect(result.newAccounts.map(({ gp_account }) => gp_account)).toEqual(['300-5110-02']);
	expect(cost.source.touches).not.toContain('5130');
});

test('so is a charge of another company', () => {
	const document = payable([
		['purchase', '300-5110-02', '60.00'],
		['freight', '300-5110-02', '10.00'],
	]);
	const distributions = document.distributions.map((line) =>
		line.type === 'freight' ? { ...line, company: 'THREE' } : line,
	);
	const result = map([{ ...document, distributions }]);
	expect(directCosts(result).map(({ total }) => total)).toEqual(['60.00']);
	expect(result.notSent.map(({ source }) => source.amount)).toEqual(['10.00']);
});

test('where GP does not tell which lines are whose, the document waits', () => {
	const result = map([
		{ ...payable([['purchase', '300-5110-02', '60.00']]), intercompany: 'linesUnknown' },
	]);
	expect(result.desired).toEqual([]);
	expect(result.notSent).toEqual([
		expect.objectContaining({
			outcome: 'parked',
			reason: expect.objectContaining({ code: 'intercompany-unknown' }),
		}),
	]);
});

test('what was sent while GP told stays as sent when it no longer tells', () => {
	const document = {
		...payable([['purchase', '300-5110-02', '60.00']]),
		state: 'history' as const,
		intercompany: 'linesUnknown' as const,
	};
	const { desired, notSent } = map([document], { earlierProjects: { [document.key]: ['9001'] } });
	expect(desired).toEqual([]);
	expect(notSent.map(({ outcome, reason }) => [outcome, reason?.code])).toEqual([
		['skipped', 'as-sent'],
	]);
});

test('what it gives adds up to what it is in the books', () => {
	const { cost } = documentCosts('TWO', {
		crosswalk: { projects: [], accounts: [], vendors: [] },
		projects: [],
		settings: { ...DEFAULT_MAPPING_SETTINGS, company: 'TWO' },
	})(intercompany());
	expect(cost).toBe('100.00');
});
