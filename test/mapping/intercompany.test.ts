import { documentCosts } from '../../lib/mapping/direct-cost';
import { DELIVERED_UNTIL_0_3 } from '../../lib/mapping/types';
import type { GpPayable } from '../../lib/model/gp-records';
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

describe('charges of this company', () => {
	const of = (entries: Parameters<typeof payable>[0], foreignAccounts: string[]) => {
		const document = payable(entries);
		return {
			...document,
			distributions: document.distributions.map((line) =>
				foreignAccounts.includes(line.account) ? { ...line, company: 'THREE' } : line,
			),
		};
	};
	const entries: Parameters<typeof payable>[0] = [
		['purchase', '300-5110-02', '30.00'],
		['purchase', '301-5120-02', '10.00'],
		['purchase', '300-5130-02', '60.00'],
		['freight', '300-5400-04', '10.00'],
		['taxes', '300-5500-04', '8.00'],
	];
	const amounts = (result: ReturnType<typeof map>) =>
		directCosts(result).map(({ projectId, lines }) => [
			projectId,
			...lines.map(({ costCode, amount }) => `${costCode} ${amount}`),
		]);

	test('are shared over its own lines only', () => {
		const result = map([of(entries, ['300-5130-02'])], {
			settings: { balanceSheetTax: 'asTax' },
		});
		// 18.00 of freight and tax over 30.00 and 10.00: 13.50 and 4.50.
		expect(amounts(result)).toEqual([
			['9001', '5110 43.50'],
			['9002', '5120 14.50'],
		]);
		expect(result.notSent.map(({ source }) => source.amount)).toEqual(['60.00']);
	});

	test('on a company account become a line in its own projects only', () => {
		const freight = entries.map(([type, account, amount]): (typeof entries)[number] =>
			type === 'freight' ? [type, '000-6400-00', amount] : [type, account, amount],
		);
		const settings = {
			balanceSheetTax: 'asTax' as const,
			freight: 'ownLine' as const,
			ownLines: { freight: { costCode: '01-560' } },
		};
		const result = map([of(freight, ['300-5130-02'])], { settings });
		// Tax 8.00 is spread 6.00 and 2.00; freight 10.00 follows 36.00 and 12.00.
		expect(amounts(result)).toEqual([
			['9001', '5110 36.00', '01-560 7.50'],
			['9002', '5120 12.00', '01-560 2.50'],
		]);
		expect(result.notSent.map(({ source }) => source.amount)).toEqual(['60.00']);
	});

	test('are the cost itself where every purchase is another company’s', () => {
		const result = map([
			of(
				[
					['purchase', '300-5130-02', '60.00'],
					['freight', '300-5110-02', '10.00'],
				],
				['300-5130-02'],
			),
		]);
		expect(amounts(result)).toEqual([['9001', '5110 10.00']]);
		expect(result.notSent.map(({ source }) => source.amount)).toEqual(['60.00']);
	});
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
		settings: { ...DELIVERED_UNTIL_0_3, company: 'TWO' },
	})(intercompany());
	expect(cost).toBe('100.00');
});
