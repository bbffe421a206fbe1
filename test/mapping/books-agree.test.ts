import { fc, test as property } from '@fast-check/jest';
import type { DocumentType, GpDistribution, GpPayable } from '../../lib/model/gp-records';
import type { MappingRule } from '../../lib/mapping/policies.types';
import type { MappingSettings } from '../../lib/mapping/types';
import { cents, decimal, directCosts, map, payable, type Entry } from './samples';

/** All of them: an interrupted property must not pass with the few cases it got to. */
const TEN_THOUSAND = { numRuns: 10_000, markInterruptAsFailure: true };

/** Accounts of every kind: three jobs with project, one without, company cost, overhead. */
const accounts = fc.constantFrom(
	...['300', '301', '302'].flatMap((job) => [`${job}-5110-01`, `${job}-5120-02`, `${job}-5330-03`]),
	'000-5110-02',
	'000-6150-00',
	'000-1100-00',
);
const types = fc.constantFrom<GpDistribution['type']>(
	'purchase',
	'purchase',
	'purchase',
	'other',
	'financeCharge',
	'freight',
	'taxes',
	'gst',
	'miscellaneous',
	'tradeDiscount',
	'discountAvailable',
	'writeOff',
	'dueTo',
	'withholding',
);
const amounts = fc
	.bigInt({ min: -2_000_000n, max: 9_000_000n })
	.map((value) => decimal(value * 1000n));
const references = fc.constantFrom('JOB 300', 'Job #301', 'nails', '', '302');
const entries: fc.Arbitrary<Entry[]> = fc.array(fc.tuple(types, accounts, amounts, references), {
	maxLength: 8,
});
const documentTypes = fc.constantFrom<DocumentType>(
	'invoice',
	'invoice',
	'financeCharge',
	'miscellaneousCharge',
	'return',
	'creditMemo',
	'payment',
);
const policy = fc.constantFrom('spread' as const, 'ownLine' as const);
const rules: fc.Arbitrary<MappingRule[]> = fc.subarray([
	{ name: 'nails', when: { reference: 'nails' }, set: { skip: 'small' } },
	{
		name: 'rent',
		when: { account: { is: 'oneOf', accounts: ['000-6150-00'] } },
		set: { costCode: '01-500', job: '300' },
	},
	{ name: 'returns', when: { documentTypes: ['return'] }, set: { projectId: '9003' } },
	{
		name: 'concrete',
		when: { account: { is: 'segment', segment: 2, values: ['5110'] } },
		set: { costCode: '03-300', costType: 'S' },
	},
]);
const settings: fc.Arbitrary<Partial<MappingSettings>> = fc.record({
	freight: policy,
	tax: fc.constantFrom('spread' as const, 'ownLine' as const, 'taxCode' as const),
	miscellaneous: policy,
	tradeDiscount: policy,
	unposted: fc.constantFrom('leave' as const, 'sendAsDraft' as const),
	financeCharges: fc.constantFrom('skip' as const, 'expense' as const),
	payments: fc.constantFrom('skip' as const, 'expense' as const),
	retainage: fc.constantFrom('cost' as const, 'ownLine' as const, 'leaveOut' as const),
	taxCodes: fc.constantFrom<Record<string, string>>({}, { '': '1200' }),
	ownLines: fc.constantFrom(
		{},
		{ freight: { costCode: '01-560' }, retainage: { costCode: '01-900', costType: 'S' } },
	),
	foreignCurrency: fc.constantFrom('functional' as const, 'park' as const),
	functionalCurrency: fc.constantFrom('', 'Z-US$', 'Z-EUR'),
	rules,
});
const documents = fc
	.tuple(
		entries,
		documentTypes,
		fc.constantFrom('unposted' as const, 'open' as const, 'history' as const),
		fc.constantFrom('0', '12.5', '333.33'),
	)
	.map(([given, documentType, state, retainage]) => {
		const record = payable(given, { documentType, state });
		return { ...record, amounts: { ...record.amounts, retainage } };
	});

/** GP's cost by another way than the code under test: a plain sum over types, retainage apart. */
function costInGp(record: GpPayable): bigint {
	const never = [
		'payable',
		'cash',
		'discountAvailable',
		'discountTaken',
		'writeOff',
		'dueTo',
		'dueFrom',
		'withholding',
	];
	const credit = record.documentType === 'return' || record.documentType === 'creditMemo';
	return record.distributions.reduce((sum, one) => {
		const amount = cents(one.debit) - cents(one.credit);
		if (never.includes(one.type)) return sum;
		const isJobCost = /^\d{3}-5[1-3]/.test(one.account);
		const heldBack = one.type === 'other' && !isJobCost && (credit ? amount > 0n : amount < 0n);
		return heldBack ? sum : sum + amount;
	}, 0n);
}

jest.setTimeout(120_000);

describe('for any document and any policies', () => {
	property.prop([documents, settings], TEN_THOUSAND)(
		'what goes to Procore and what is left out add up to the cost in GP, or the document waits',
		(record, given) => {
			const result = map([record], { settings: given });
			const sent = directCosts(result);
			for (const one of sent) {
				const lines = one.lines.reduce((sum, line) => sum + cents(line.amount), 0n);
				expect(lines).toBe(cents(one.total));
				expect(one.source.amount).toBe(one.total);
			}
			const accounted = [...sent, ...result.notSent].reduce(
				(sum, one) => sum + cents(one.source.amount!),
				0n,
			);
			const counts = record.documentType !== 'payment' || given.payments === 'expense';
			expect(accounted).toBe(counts ? costInGp(record) : 0n);

			const parked = result.notSent.filter((one) => one.outcome === 'parked');
			if (parked.length > 0)
				expect([parked.length, sent.length, result.notSent.length]).toEqual([1, 0, 1]);
			expect(sent.length + result.notSent.length).toBeGreaterThan(0);
			// Sound records never end in the net that catches malformed ones.
			for (const one of result.notSent) {
				expect(one.reason!.code).not.toBe('record-unreadable');
				expect(one.reason!.message).not.toBe('');
				expect(one.reason!.remedy).not.toBe('');
			}
			const ids = sent.flatMap((one) => [one.originId, ...one.lines.map((line) => line.originId)]);
			expect(new Set(ids).size).toBe(ids.length);
		},
	);

	property.prop([fc.array(documents, { maxLength: 2 }), settings], TEN_THOUSAND)(
		'the same input gives the same output, and is left as it was',
		(records, given) => {
			const before = JSON.stringify(records);
			const first = JSON.stringify(map(records, { settings: given }));
			expect(JSON.stringify(map(JSON.parse(before), { settings: given }))).toBe(first);
			expect(JSON.stringify(records)).toBe(before);
		},
	);

	property.prop([fc.array(documents, { minLength: 2, maxLength: 4 }), settings], {
		numRuns: 500,
		markInterruptAsFailure: true,
	})('a document maps alike alone and among others', (records, given) => {
		const together = map(records, { settings: given });
		const alone = records.map((record) => map([record], { settings: given }));
		expect(together.desired).toEqual(alone.flatMap((one) => one.desired));
		expect(together.notSent).toEqual(alone.flatMap((one) => one.notSent));
	});
});

property.prop(
	[fc.constantFrom('vendor', 'account', 'payable'), fc.dictionary(fc.string(), fc.jsonValue())],
	{
		numRuns: 2_000,
	},
)('a malformed record waits and never stops the others', (kind, fields) => {
	const malformed = {
		company: 'TWO',
		key: 'K',
		hash: 'h',
		modified: null,
		extra: {},
		...fields,
		kind,
	};
	const sound = payable([['purchase', '300-5110-02', '5']]);
	const result = map([malformed as never, sound]);
	expect(directCosts(result).at(-1)!.total).toBe('5.00');
});
